package engine

import (
	"context"
	"slices"
	"sync"

	"github.com/elios/elios/internal/session"
)

// Limited is an evaluator that does so many evaluations at a time. The others
// wait in the order they came and are told their place in the queue.
func Limited(ev session.Evaluator, workers int) session.Evaluator {
	return &limited{warming: warming{ev}, free: workers}
}

type limited struct {
	warming

	mu      sync.Mutex
	free    int
	waiting []*waiter
}

// waiter is an evaluation that waits for a worker.
type waiter struct {
	turn  chan struct{} // closed when it is its turn
	place chan int      // its place in the queue; holds the latest
}

func (l *limited) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if err := l.enter(ctx, emit); err != nil {
		return session.Judgement{}, err
	}
	defer l.leave()
	return l.Evaluator.Evaluate(ctx, r, emit)
}

// enter waits for a worker.
func (l *limited) enter(ctx context.Context, emit func(session.Partial)) error {
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return nil
	}
	w := &waiter{turn: make(chan struct{}), place: make(chan int, 1)}
	l.waiting = append(l.waiting, w)
	w.place <- len(l.waiting)
	l.mu.Unlock()
	for {
		select {
		case <-w.turn:
			return nil
		case n := <-w.place:
			emit(session.Partial{Phase: "queued", Position: n})
		case <-ctx.Done():
			l.giveUp(w)
			return ctx.Err()
		}
	}
}

// giveUp leaves the queue, or the worker that came free just now.
func (l *limited) giveUp(w *waiter) {
	l.mu.Lock()
	i := slices.Index(l.waiting, w)
	if i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
		l.tellPlaces()
	}
	l.mu.Unlock()
	if i < 0 {
		l.leave()
	}
}

// leave hands the worker to the first that waits.
func (l *limited) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.free++
		return
	}
	close(l.waiting[0].turn)
	l.waiting = l.waiting[1:]
	l.tellPlaces()
}

// tellPlaces tells everyone their new place. l.mu is held.
func (l *limited) tellPlaces() {
	for i, w := range l.waiting {
		select {
		case <-w.place:
		default:
		}
		w.place <- i + 1
	}
}
