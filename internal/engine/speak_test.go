package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

type speaker func(ctx context.Context, text string) error

func (s speaker) Speak(ctx context.Context, text string) error { return s(ctx, text) }

func TestSpeechATurnHandsItsTextToTheSpeaker(t *testing.T) {
	said := make(chan string, 9)
	l := newLab(t)
	room := create(t, l.engine(func(c *engine.Config) {
		c.Speaker = speaker(func(_ context.Context, text string) error { said <- text; return nil })
	}), nil)
	room.do(session.Start{})
	if got := <-said; got != "What is a map?" {
		t.Errorf("said %q", got)
	}
	room.judged(half)
	if got := <-said; got != "What of the second side?" {
		t.Errorf("said %q", got)
	}
	room.do(session.End{})
	if len(said) != 0 {
		t.Errorf("said %q after the end", <-said)
	}
}

func TestSpeechThatFailsNeverStopsAnInterview(t *testing.T) {
	for name, speak := range map[string]speaker{
		"failing":   func(context.Context, string) error { return errors.New("no voice") },
		"panicking": func(context.Context, string) error { panic("no voice") },
		"slow":      func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			room := create(t, l.engine(func(c *engine.Config) { c.Speaker = speak }), nil)
			room.do(session.Start{})
			room.judged(half)
			room.do(session.Skip{Turn: 2})
			if snap := room.judged(full); snap.State != session.Complete {
				t.Errorf("%+v", snap)
			}
		})
	}
}

func TestSpeechIsCutOffByTheAnswer(t *testing.T) {
	cut := make(chan string, 9)
	l := newLab(t)
	e := l.engine(func(c *engine.Config) {
		c.Speaker = speaker(func(ctx context.Context, text string) error { <-ctx.Done(); cut <- text; return ctx.Err() })
	})
	room := create(t, e, nil)
	room.do(session.Start{})
	room.do(session.Answer{Turn: 1, Text: half})
	if got := <-cut; got != "What is a map?" {
		t.Errorf("cut %q", got)
	}
	room.state(session.FollowUp)
	_ = room.Close() // who leaves hears no more
	if got := <-cut; got != "What of the second side?" {
		t.Errorf("cut %q", got)
	}
}

func TestSpeechStopsWithAPauseAndTheTurnIsReadAgain(t *testing.T) {
	said, cut := make(chan string, 9), make(chan string, 9)
	l := newLab(t)
	e := l.engine(func(c *engine.Config) {
		c.Speaker = speaker(func(ctx context.Context, text string) error {
			said <- text
			<-ctx.Done()
			cut <- text
			return ctx.Err()
		})
	})
	room := create(t, e, nil)
	room.do(session.Start{})
	<-said
	room.do(session.Pause{})
	if got := <-cut; got != "What is a map?" {
		t.Errorf("cut %q", got)
	}
	room.do(session.Resume{})
	if got := <-said; got != "What is a map?" {
		t.Errorf("after the pause: %q", got)
	}
	room.judged(half)
	if got := <-said; got != "What of the second side?" {
		t.Errorf("said %q", got)
	}
	second := open(t, e, room.ID()) // who joins interrupts nobody
	_ = second.Close()
	_ = room.Close()
	<-cut
	<-cut
	again := open(t, e, room.ID())
	if got := <-said; got != "What of the second side?" {
		t.Errorf("to who comes back: %q", got)
	}
	again.do(session.Pause{})
	<-cut
	_ = again.Close()
	_ = open(t, e, room.ID()).Close()
	if len(said) != 0 {
		t.Errorf("said %q in a pause", <-said)
	}
}
