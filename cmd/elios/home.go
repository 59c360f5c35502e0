package main

import (
	"context"
	"fmt"

	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/tui"
)

// homeOptions is `elios` without a command.
type homeOptions struct {
	*app
	plain bool
}

// run opens the home screen; without a terminal it begins an interview in
// plain lines, as a practice without flags would.
func (o *homeOptions) run(ctx context.Context) error {
	e, err := o.engine(ctx)
	if err != nil {
		return err
	}
	if !o.plain && o.terminal() {
		return runTUI(ctx, o.app, tui.Options{Interviews: e})
	}
	if o.judgeErr != nil {
		return o.judgeErr
	}
	s, err := o.defaults()
	if err != nil {
		return err
	}
	f := face{plain: true}
	if s.Bank == "" {
		if s.Bank, err = f.chooseBank(ctx, o.app, e, nil); err != nil {
			return leaving(err)
		}
	}
	room, err := e.Create(ctx, s)
	if err != nil {
		return named(err)
	}
	defer room.Close()
	return f.play(ctx, o.app, e, room, nil)
}

// toGoOn says after the screens how one comes back to an interview.
func (a *app) toGoOn(command string) func(id string) {
	return func(id string) { fmt.Fprintf(a.out, "To go on: %s %s\n", command, id) }
}

// runTUI fills in what every start of the TUI needs.
func runTUI(ctx context.Context, a *app, o tui.Options) error {
	cfg, err := a.configuration()
	if err != nil {
		return err
	}
	if o.Settings, err = a.defaults(); err != nil {
		return err
	}
	o.Evaluator, o.Evaluators = a.judge.String(), []string{"auto", session.Builtin, ollama.Name}
	o.Doctor = func(ctx context.Context) string { return a.summary(a.examineEvaluator(ctx)) }
	o.Calibration = a.calibration
	o.FirstBank = firstBank
	o.Editor = cfg.Editor
	o.Export = exporter(a, o.Interviews)
	o.NewID = newCommandID
	o.Getenv = a.getenv
	o.Notices = a.notices
	o.Left = a.toGoOn("elios resume")
	return tui.Run(ctx, o)
}
