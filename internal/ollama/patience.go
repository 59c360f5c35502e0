package ollama

import (
	"context"
	"sync"
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

// watchdog ends a request with ErrSilent when nobody has touched it for too long. When its sender leaves,
// it ends at the next sign of life: Ollama 0.17.4 may hang for good when a client goes while it still
// reads the prompt, and would read it to the end anyway.
type watchdog struct {
	timer  *time.Timer
	idle   time.Duration
	cancel context.CancelCauseFunc

	mu          sync.Mutex
	begun, left bool
}

// watched is the context of a request whose first sign of life may take first, and each further one idle.
func watched(sender context.Context, first, idle time.Duration) (context.Context, *watchdog, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(sender))
	w := &watchdog{idle: idle, cancel: cancel, timer: time.AfterFunc(first, func() { cancel(ErrSilent) })}
	stop := context.AfterFunc(sender, w.leave)
	return ctx, w, func() { stop(); w.timer.Stop(); cancel(nil) }
}

// touch is a sign of life.
func (w *watchdog) touch() {
	w.timer.Reset(w.idle)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.begun = true; w.left {
		w.cancel(context.Canceled)
	}
}

func (w *watchdog) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left = true; w.begun {
		w.cancel(context.Canceled)
	}
}
