package tui

import (
	"context"
	"time"

	"github.com/elios/elios/internal/session"
)

// env is what every screen may reach.
type env struct {
	*look
	ctx        context.Context
	interviews session.Interviews
	newID      func() string
	now        func() time.Time
	evaluator  string
	editor     string
	defaults   session.Settings // of an interview nobody said more about
	firstBank  string
	judges     []string // the evaluators to choose from
	doctor     func(ctx context.Context) string
	// calibration says how far each evaluator of a report was held against people's judgement; nil where
	// nothing is known of that.
	calibration func(ctx context.Context, r session.Report) []string
	// writeReport writes a report into a file; nil where there is none to write.
	writeReport func(ctx context.Context, id, format string) (path string, err error)
}
