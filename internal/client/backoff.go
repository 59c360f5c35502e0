package client

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/elios/elios/internal/wire"
)

// wait is a random time up to one that doubles with each try (full jitter: M.
// Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so
// that the clients of a server that comes back do not all come at once.
func wait(try int) time.Duration {
	most := wire.LastWait
	if try < 10 {
		most = min(most, wire.FirstWait<<try)
	}
	return rand.N(most)
}

// sleep waits for d; false when ctx was done first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
