package conformance

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// remove deletes the interviews of a load and tells how many are left: all of them when
// ctx is done.
func (r *loading) remove(ctx context.Context, tell func(Progress)) int {
	todo := make(chan string, len(r.made))
	for _, id := range r.made {
		todo <- id
	}
	close(todo)
	var left atomic.Int64
	left.Store(int64(len(r.made)))
	p := &probe{t: r.t}
	var wg sync.WaitGroup
	for range connecting / 4 {
		wg.Go(func() {
			for id := range todo {
				if ctx.Err() == nil && p.removed(ctx, id) {
					left.Add(-1)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-done:
			return int(left.Load())
		case <-t.C:
			tell(Progress{Answers: int(r.answers.Load()), Failures: int(r.failures.Load()), Removing: int(left.Load())})
		}
	}
}

// removed deletes an interview, as soon as the server takes that; false when it does not.
func (p *probe) removed(ctx context.Context, id string) bool {
	for {
		within, cancel := context.WithTimeout(ctx, soon)
		r := p.deleted(within, madeInterview{id, p.t.Token})
		cancel()
		if r == nil || r.status != http.StatusTooManyRequests {
			return r != nil && r.status >= 200 && r.status < 300
		}
		select {
		case <-time.After(max(r.retryAfter(), time.Second)):
		case <-ctx.Done():
			return false
		}
	}
}
