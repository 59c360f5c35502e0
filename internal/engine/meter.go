package engine

import (
	"time"

	"github.com/elios/elios/internal/session"
)

// Meter hears what the engine does, for metrics. Its methods are called from
// many goroutines and must not take time.
type Meter interface {
	// Committed tells of events that are on disk, and how long that took.
	Committed(events []session.Event, took time.Duration)
	// Evaluated tells of an evaluation: outcome is judged, failed or cancelled.
	Evaluated(by session.EvaluatorInfo, outcome string, took time.Duration)
	// TookOver tells of an evaluation that another process, or an earlier run of
	// this one, had left behind.
	TookOver()
	// Fenced tells of a result that came too late: somebody else had taken the
	// evaluation over.
	Fenced()
}

// unmetered hears nothing.
type unmetered struct{}

func (unmetered) Committed([]session.Event, time.Duration)               {}
func (unmetered) Evaluated(session.EvaluatorInfo, string, time.Duration) {}
func (unmetered) TookOver()                                              {}
func (unmetered) Fenced()                                                {}
