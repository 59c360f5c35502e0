package ollama

import (
	"context"
	"time"
)

// Patience is how long elios waits for signs of life. There is no limit to a whole reply: a large
// model on a small machine takes what it takes.
type Patience struct {
	Load  time.Duration // until a model is in memory
	First time.Duration // until the first word of a reply, with the prompt to be read before
	Idle  time.Duration // between two words
}

// DefaultPatience suits a model of a few billion parameters on a processor without help.
var DefaultPatience = Patience{Load: 15 * time.Minute, First: 5 * time.Minute, Idle: 30 * time.Second}

// watchdog ends a context with ErrSilent when nobody has touched it for too long.
type watchdog struct {
	timer *time.Timer
	idle  time.Duration
}

// watched is ctx for a request whose first sign of life may take first, and each further one idle.
func watched(ctx context.Context, first, idle time.Duration) (context.Context, *watchdog, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &watchdog{idle: idle, timer: time.AfterFunc(first, func() { cancel(ErrSilent) })}
	return ctx, w, func() { w.timer.Stop(); cancel(nil) }
}

// touch is a sign of life.
func (w *watchdog) touch() { w.timer.Reset(w.idle) }
