package conformance

import (
	"context"
	"net/http"
	"strconv"
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
	var wg sync.WaitGroup
	for range connecting / 4 {
		wg.Go(func() {
			for id := range todo {
				if ctx.Err() == nil && r.t.delete(ctx, id) {
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

// delete removes an interview; false when the server does not.
func (t Target) delete(ctx context.Context, id string) bool {
	for {
		status, later := t.deleteOnce(ctx, id)
		if status != http.StatusTooManyRequests {
			return status >= 200 && status < 300
		}
		select {
		case <-time.After(later):
		case <-ctx.Done():
			return false
		}
	}
}

// deleteOnce gives the HTTP status, 0 for none, and when the server wants to be asked again.
func (t Target) deleteOnce(ctx context.Context, id string) (status int, later time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, t.URL.String()+"/v1/interviews/"+id, nil)
	if err != nil {
		return 0, 0
	}
	req.Header.Set("Authorization", "Bearer "+t.Token.Reveal())
	res, err := t.HTTP.Do(req)
	if err != nil {
		return 0, 0
	}
	_ = res.Body.Close() // it says nothing that matters here
	seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
	return res.StatusCode, time.Duration(max(seconds, 1)) * time.Second
}
