package engine_test

import (
	"context"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

// queued is an evaluation under way.
type queued struct {
	places chan int
	done   chan error
	cancel context.CancelFunc
}

func TestLimitedTellsThePlaceInTheQueue(t *testing.T) {
	working, g := make(chan bool, 4), make(gate)
	ev := engine.Limited(&evaluator{name: session.Builtin, fn: func(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
		working <- true
		return g.wait(ctx, r, emit)
	}}, 1)
	begin := func() queued {
		ctx, cancel := context.WithCancel(t.Context())
		q := queued{make(chan int, 8), make(chan error, 1), cancel}
		go func() {
			_, err := ev.Evaluate(ctx, session.Request{}, func(p session.Partial) { q.places <- p.Position })
			q.done <- err
		}()
		return q
	}
	first := begin()
	<-working
	second := begin()
	if n := <-second.places; n != 1 {
		t.Errorf("the second stands at %d", n)
	}
	third := begin()
	if n := <-third.places; n != 2 {
		t.Errorf("the third stands at %d", n)
	}
	second.cancel() // who gives up lets the next one up
	if err := <-second.done; err == nil {
		t.Error("no error for who gave up")
	}
	if n := <-third.places; n != 1 {
		t.Errorf("the third stands at %d after the second has left", n)
	}
	for _, q := range []queued{first, third} {
		g <- struct{}{}
		if err := <-q.done; err != nil {
			t.Error(err)
		}
	}
	last := begin()
	g <- struct{}{}
	if err := <-last.done; err != nil || len(last.places) > 0 {
		t.Error("a free worker was waited for", err)
	}
}
