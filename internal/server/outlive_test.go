package server

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestNothingOutlivesTheServer has connections come while the server is closed: what was
// begun has ended when Close returns, and nothing begins after it.
func TestNothingOutlivesTheServer(t *testing.T) {
	for range 50 {
		s := &Server{conns: map[*conn]struct{}{}, lobby: newLobby(nil, nil, time.Now), cancel: func() {}, stopNow: func() {}}
		var begun, ended atomic.Int64
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if s.outlive(func() { ended.Add(1) }) {
					begun.Add(1)
				}
			})
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		if begun.Load() != ended.Load() || s.outlive(func() { t.Error("it runs after the end") }) {
			t.Errorf("%d begun, %d ended", begun.Load(), ended.Load())
		}
	}
}
