package engine

import (
	"context"

	"github.com/elios/elios/internal/session"
)

var errClosed = session.Errorf(session.Internal, "the engine is closed")

// speak hands the text of a new turn to the Speaker and never waits for it. A
// turn that comes while the last one is still read aloud cuts it off. Who comes
// back from a pause hears the turn again.
func (r *room) speak(events []session.Event) {
	if r.e.cfg.Speaker == nil {
		return
	}
	for _, ev := range events {
		switch data := ev.Data.(type) {
		case session.QuestionAsked:
			r.say(data.Ask)
		case session.Resumed:
			r.sayTurn()
		case session.AnswerAccepted, session.TurnSkipped, session.PausedEvent, session.Completed:
			r.quiet()
		}
	}
}

// sayTurn reads the turn that waits for an answer, if there is one. r.mu is held.
func (r *room) sayTurn() {
	if t := r.iv.Current(); r.e.cfg.Speaker != nil && t != nil && r.iv.State.Answering() && !r.iv.Paused {
		r.say(t.Ask)
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
