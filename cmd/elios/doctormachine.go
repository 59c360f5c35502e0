package main

import (
	"context"
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"

	"github.com/elios/elios/internal/session"
)

// Least and best size of a terminal, in columns and rows.
const (
	leastColumns, leastRows = 60, 20
	bestColumns, bestRows   = 80, 24
)

// examineMachine looks at everything but the evaluator.
func (o *doctorOptions) examineMachine(ctx context.Context) []finding {
	return []finding{o.examineTerminal(), o.examineDatabase(ctx), o.examineBanks(ctx)}
}

func (o *doctorOptions) examineTerminal() finding {
	f := finding{What: "terminal", OK: true}
	out, ok := o.out.(*os.File)
	if !ok || !o.terminal() {
		f.Says = "none here; elios prints one line per change"
		return f
	}
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		f.Says = "its size is not known"
		return f
	}
	f.Says = fmt.Sprintf("%d columns, %d rows", w, h)
	if w < leastColumns || h < leastRows {
		f.OK, f.Mend = false, fmt.Sprintf("make it %d×%d or larger, %d×%d is best; or use --plain", leastColumns, leastRows, bestColumns, bestRows)
	}
	return f
}

func (o *doctorOptions) examineDatabase(ctx context.Context) finding {
	f := finding{What: "database", Says: o.cfg.DB}
	s, err := o.store(ctx)
	if err != nil {
		f.Says, f.Mend = err.Error(), "use another database with --db, or the latest copy beside it (.bak)"
		return f
	}
	list, err := s.List(ctx, session.Filter{})
	if err != nil {
		f.Says, f.Mend = err.Error(), "elios db check says more"
		return f
	}
	f.OK, f.Says = true, fmt.Sprintf("%s, %d interviews", s.Path(), len(list))
	return f
}

func (o *doctorOptions) examineBanks(ctx context.Context) finding {
	f := finding{What: "banks"}
	lib, err := o.library()
	if err != nil {
		f.Says = err.Error()
		return f
	}
	list, err := lib.Banks(ctx)
	if err != nil {
		f.Says = err.Error()
		return f
	}
	questions := 0
	for _, b := range list {
		questions += b.Questions
	}
	f.OK, f.Says = true, fmt.Sprintf("%d with %d questions", len(list), questions)
	if broken := lib.Broken(ctx); len(broken) > 0 {
		f.OK, f.Says, f.Mend = false, broken[0].Error(), "elios bank lint names every fault of a bank"
	}
	return f
}
