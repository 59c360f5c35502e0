package ollama

import (
	"context"
	"sync/atomic"
)

// queue lets so many requests at a time to the server, whose own queue has no end. It is fair as
// far as channels are.
type queue struct {
	slots   chan struct{}
	waiting atomic.Int64
	most    int64 // that may wait
}

func newQueue(atOnce, most int) *queue {
	return &queue{slots: make(chan struct{}, atOnce), most: int64(most)}
}

// enter waits for a slot; waits is called when there is none at once. ErrQueue when too many wait.
func (q *queue) enter(ctx context.Context, waits func()) (leave func(), err error) {
	select {
	case q.slots <- struct{}{}:
		return q.leave, nil
	default:
	}
	if q.waiting.Add(1) > q.most {
		q.waiting.Add(-1)
		return nil, ErrQueue
	}
	defer q.waiting.Add(-1)
	waits()
	select {
	case q.slots <- struct{}{}:
		return q.leave, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// enterIdle takes a slot only when nobody else wants one.
func (q *queue) enterIdle() (leave func(), ok bool) {
	if q.waiting.Load() > 0 {
		return nil, false
	}
	select {
	case q.slots <- struct{}{}:
		return q.leave, true
	default:
		return nil, false
	}
}

func (q *queue) leave() { <-q.slots }
