package engine

import (
	"context"

	"github.com/elios/elios/internal/session"
)

// warming hands Warm through to the evaluator inside a decorator, where it has it.
type warming struct{ session.Evaluator }

func (w warming) Warm(ctx context.Context, r session.Request, emit func(session.Partial)) error {
	if inner, ok := w.Evaluator.(session.Warmer); ok {
		return inner.Warm(ctx, r, emit)
	}
	return nil
}

// warm lets the evaluator prepare for the turn that waits for an answer, while the candidate thinks.
// It is worth a try and nothing more: what goes wrong shows when the answer is judged. r.mu is held.
func (r *room) warm() {
	t := r.iv.Current()
	ev, ok := r.e.evaluator(r.iv.Evaluator.Name)
	if !ok || t == nil || !r.iv.State.Answering() || r.warmed == t.N {
		return
	}
	w, ok := ev.(session.Warmer)
	if !ok {
		return
	}
	r.warmed = t.N
	req := session.NewRequest(r.iv, t.N)
	ctx, cancel := context.WithCancel(r.e.ctx)
	r.e.wg.Go(func() {
		select {
		case <-r.closed:
			cancel()
		case <-ctx.Done():
		}
	})
	r.e.wg.Go(func() {
		defer cancel()
		tell := func(phase string) { r.tell(session.Live{Turn: t.N, Phase: phase}) }
		err := w.Warm(ctx, req, func(p session.Partial) { tell(p.Phase) })
		if err != nil && ctx.Err() == nil {
			r.e.cfg.Log.Warn("evaluator not warmed", "interview", r.id, "err", err)
		}
		tell("ready")
	})
}
