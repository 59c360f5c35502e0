package engine

import (
	"context"

	"github.com/elios/elios/internal/session"
)

var errClosed = session.Errorf(session.Internal, "the engine is closed")

// speak hands the text of a new turn to the Speaker and never waits for it. A
// turn that comes while the last one is still read aloud cuts it off.
func (r *room) speak(events []session.Event) {
	if r.e.cfg.Speaker == nil {
		return
	}
	for _, ev := range events {
		switch data := ev.Data.(type) {
		case session.QuestionAsked:
			r.say(data.Ask)
		case session.AnswerAccepted, session.TurnSkipped, session.Completed:
			r.quiet()
		}
	}
}

func (r *room) quiet() {
	if r.hush != nil {
		r.hush()
		r.hush = nil
	}
}

func (r *room) say(text string) {
	r.quiet()
	ctx, cancel := context.WithCancel(r.e.ctx)
	r.hush = cancel
	r.e.wg.Go(func() {
		defer cancel()
		defer func() {
			if p := recover(); p != nil {
				r.e.cfg.Log.Warn("speaker panicked", "panic", p)
			}
		}()
		if err := r.e.cfg.Speaker.Speak(ctx, text); err != nil && ctx.Err() == nil {
			r.e.cfg.Log.Warn("speaker", "err", err)
		}
	})
}
