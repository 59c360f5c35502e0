package conformance_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/wire"
)

// restarted runs the check of restarts and gives what it found.
func restarted(t *testing.T, to conformance.Target, restart func(context.Context) error) string {
	t.Helper()
	to.Restart = restart
	const name = "restart/nothing-lost"
	if r := results(t, to, named(t, name))[name]; r.Err != nil {
		return r.Err.Error()
	}
	return ""
}

// TestACommandThatFails is not the server's fault, and nobody waits for it.
func TestACommandThatFails(t *testing.T) {
	t.Parallel()
	h := host(t)
	broken := errors.New("./restart.sh: permission denied")
	found := restarted(t, whole(t, h.URL(), h), func(context.Context) error { return broken })
	if !strings.Contains(found, broken.Error()) || !strings.Contains(found, "command") {
		t.Errorf("found %q", found)
	}
	found = restarted(t, whole(t, h.URL(), h), func(context.Context) error { h.Stop(); return broken })
	h.Run()
	if !strings.Contains(found, broken.Error()) {
		t.Errorf("of a command that fails after it stopped the server: %q", found)
	}
}

// TestAServerThatForgets is found as soon as it says so.
func TestAServerThatForgets(t *testing.T) {
	t.Parallel()
	h := host(t)
	var again atomic.Bool
	b := hears(func(e ends, m wire.Message, frame []byte) []byte {
		if again.Load() && m.Type == wire.TypeHello {
			e.bye(wire.CloseNotFound)
			return nil
		}
		return frame
	})
	to := whole(t, behind(t, h, &b), h)
	found := restarted(t, to, func(context.Context) error { h.Stop(); again.Store(true); h.Run(); return nil })
	if !strings.Contains(found, "is back, and closed with 4404") {
		t.Errorf("found %q", found)
	}
}
