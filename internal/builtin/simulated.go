package builtin

import (
	"context"
	"time"

	"github.com/elios/elios/internal/session"
)

// SimulatedName is what a simulated evaluator is called, so that none of its
// scores passes for a real one.
const SimulatedName = "simulated"

// Simulated judges like the built-in evaluator but takes its time about it, a
// verdict after the other, as a model would: for load tests and for trying what
// happens in the middle of an evaluation.
type Simulated struct {
	*Evaluator
	takes time.Duration
}

// NewSimulated makes an evaluator that takes so long for each answer.
func NewSimulated(takes time.Duration) *Simulated { return &Simulated{New(), takes} }

// Info names the evaluator, and how long it takes.
func (s *Simulated) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: SimulatedName, Version: s.takes.String()}
}

// Evaluate judges a request. The only error is that of a context that is done.
func (s *Simulated) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	j, err := s.Evaluator.Evaluate(ctx, r, nil)
	if err != nil {
		return j, err
	}
	n := len(j.Verdicts)
	for i, v := range j.Verdicts {
		if err := pause(ctx, s.takes/time.Duration(n+1)); err != nil {
			return session.Judgement{}, err
		}
		if emit != nil {
			emit(session.Partial{Verdict: v, Done: i + 1, Of: n})
		}
	}
	return j, pause(ctx, s.takes/time.Duration(n+1))
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
