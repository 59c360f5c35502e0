package ollama

import (
	"context"
	"sync"
)

// loader brings the model into memory once, however many wait for it, and goes on when one of them
// leaves: a load that is called off begins at nothing the next time.
type loader struct {
	load func(context.Context) error
	ctx  context.Context // ends with the evaluator

	mu      sync.Mutex
	running *loading
}

type loading struct {
	done chan struct{}
	err  error
}

// start begins to load, or joins the load that is under way.
func (l *loader) start() *loading {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running != nil {
		return l.running
	}
	run := &loading{done: make(chan struct{})}
	l.running = run
	go func() {
		run.err = l.load(l.ctx)
		l.mu.Lock()
		l.running = nil
		l.mu.Unlock()
		close(run.done)
	}()
	return run
}

// wait waits for the load's end.
func (r *loading) wait(ctx context.Context) error {
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		return ctx.Err()
	}
}
