package engine

import (
	"context"

	"github.com/elios/elios/internal/session"
)

// Regrading is an answer that was judged again.
type Regrading struct {
	Question int // 1, 2, 3…
	Turn     int
	Before   *session.Evaluation // nil for an answer that was never judged
	After    session.Evaluation
}

// Regrade judges the answers of a COMPLETE interview again, in their order, by the evaluator of that
// name. With apply each judgement is kept beside the first; else nothing changes. on is told how far it
// is. InvalidState for an interview that is not over, NotFound, Unavailable.
func (e *Engine) Regrade(ctx context.Context, ref, evaluator string, apply bool, on func(done, of int)) ([]Regrading, error) {
	ev, ok := e.evaluator(evaluator)
	if !ok {
		return nil, session.Errorf(session.Unavailable, "there is no evaluator %q here; there is %s", evaluator, e.evaluators())
	}
	iv, err := e.find(ctx, ref)
	if err != nil {
		return nil, err
	}
	if iv.State != session.Complete {
		return nil, session.Errorf(session.InvalidState, "interview %s is not over; answers are judged again once it is", iv.ID)
	}
	turns := answered(iv)
	var out []Regrading
	for i, n := range turns {
		on(i, len(turns))
		judgement, err := ev.Evaluate(ctx, session.NewRequest(iv, n), func(session.Partial) {})
		if err != nil {
			return out, err
		}
		cmd := session.Regrade{Turn: n, By: ev.Info(), Judgement: judgement}
		if iv, err = e.regraded(ctx, iv, cmd, apply); err != nil {
			return out, err
		}
		t := iv.TurnN(n)
		out = append(out, Regrading{Question: t.Question, Turn: n, Before: t.Evaluation, After: t.Regrades[len(t.Regrades)-1]})
	}
	on(len(turns), len(turns))
	return out, nil
}

// regraded is the interview with a later judgement: on disk, or only here.
func (e *Engine) regraded(ctx context.Context, iv *session.Interview, cmd session.Regrade, apply bool) (*session.Interview, error) {
	if apply {
		if err := e.commitRegrade(ctx, iv.ID, cmd); err != nil {
			return nil, err
		}
		return e.cfg.Store.Load(ctx, iv.ID)
	}
	events, err := session.Decide(iv, cmd, e.now())
	if err != nil {
		return nil, err
	}
	for _, ev := range events {
		iv = session.Apply(iv, ev)
	}
	return iv, nil
}

func (e *Engine) commitRegrade(ctx context.Context, id string, cmd session.Regrade) error {
	entered, err := e.enter(ctx, id)
	if err != nil {
		return err
	}
	defer entered.Close()
	r := entered.(*guest).room
	r.mu.Lock()
	defer r.mu.Unlock()
	_, err = r.do(context.WithoutCancel(ctx), cmd, nil, 0)
	return err
}

// answered lists the turns with an answer to judge.
func answered(iv *session.Interview) []int {
	var out []int
	for _, t := range iv.Turns {
		if t.Answered() && !t.Skipped {
			out = append(out, t.N)
		}
	}
	return out
}
