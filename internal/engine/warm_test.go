package engine_test

import (
	"context"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

// warmer notes what it is told to prepare for.
type warmer struct {
	evaluator
	told chan session.Request
}

func (w *warmer) Warm(_ context.Context, r session.Request, emit func(session.Partial)) error {
	emit(session.Partial{Phase: "loading"})
	w.told <- r
	return nil
}

// Each turn that waits for an answer is prepared for once, with what was said before.
func TestEvaluatorIsWarmed(t *testing.T) {
	w := &warmer{evaluator{name: session.Builtin}, make(chan session.Request, 9)}
	l := newLab(t)
	room := create(t, l.engine(func(c *engine.Config) { c.Evaluators = []session.Evaluator{w} }), nil)
	live := room.Live(context.Background())
	room.do(session.Start{})
	if r := <-w.told; r.Turn != 1 || len(r.Answers) != 0 || len(r.Asked) != 1 {
		t.Errorf("%+v", r)
	}
	if a, b := <-live, <-live; a.Phase != "loading" || b.Phase != "ready" || a.Turn != 1 {
		t.Errorf("%+v, then %+v", a, b)
	}
	room.do(session.Pause{})
	room.do(session.Resume{})
	room.judged(half)
	if r := <-w.told; r.Turn != 2 {
		t.Errorf("%+v", r)
	}
	select {
	case r := <-w.told:
		t.Errorf("told again: %+v", r)
	default:
	}
}
