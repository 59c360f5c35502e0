package ollama

import (
	"context"
	"errors"
	"testing"
)

func TestQueue(t *testing.T) {
	q := newQueue(1, 1)
	leave, err := q.enter(t.Context(), func() { t.Error("waits for nobody") })
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := q.enterIdle(); ok {
		t.Error("idle although it is taken")
	}
	waiting, entered := make(chan struct{}), make(chan error)
	go func() {
		_, err := q.enter(context.Background(), func() { close(waiting) })
		entered <- err
	}()
	<-waiting
	if _, err := q.enter(t.Context(), func() {}); !errors.Is(err, ErrQueue) {
		t.Errorf("a third one: %v", err)
	}
	leave()
	if err := <-entered; err != nil {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.enter(gone, func() {}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	q.leave()
	if leave, ok := q.enterIdle(); !ok {
		t.Error("not idle")
	} else {
		leave()
	}
}
