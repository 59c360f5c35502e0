package plain

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ids numbers the commands of all runs.
var ids atomic.Int64

func options(in string, out *screen) Options {
	return Options{
		In: strings.NewReader(in), Out: out, Now: func() time.Time { return start },
		NewID: func() string { return "cmd-" + strconv.FormatInt(ids.Add(1), 10) },
	}
}

// screen is an output that can be waited for.
type screen struct {
	mu      sync.Mutex
	b       strings.Builder
	changed chan struct{}
	broken  bool
}

func newScreen() *screen { return &screen{changed: make(chan struct{})} }

var errBroken = errors.New("the output is closed")

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return 0, errBroken
	}
	s.b.Write(p)
	close(s.changed)
	s.changed = make(chan struct{})
	return len(p), nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// await waits until a text stands on the screen n times.
func (s *screen) await(t *testing.T, want string, n int) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for {
		s.mu.Lock()
		got, changed := s.b.String(), s.changed
		s.mu.Unlock()
		if strings.Count(got, want) >= n {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%q never came %d times:\n%s", want, n, got)
		}
	}
}
