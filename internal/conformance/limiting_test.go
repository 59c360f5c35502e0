package conformance_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/elios/elios/internal/wire"
)

// TestConnectionsAreCountedOffLate: a server may need a moment to find that
// connections broke, and is no worse for it.
func TestConnectionsAreCountedOffLate(t *testing.T) {
	t.Parallel()
	h := host(t)
	var late atomic.Int32
	b := hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == wire.TypeHello && late.Add(-1) >= 0 {
			e.bye(wire.CloseTooMany)
			return nil
		}
		return frame
	})
	b.message = only(wire.TypeBye, func(m wire.Message) []wire.Message {
		late.Store(3)
		return []wire.Message{m}
	})
	to := whole(t, behind(t, h, &b), h)
	green(t, results(t, to, named(t, "limits/connections", "limits/waiting")))
	if n := late.Load(); n >= 0 {
		t.Errorf("%d connections were to be refused still", n)
	}
}

// TestATokenOfTooFewConnections: to wait is not to wait for ever.
func TestATokenOfTooFewConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for a place")
	}
	t.Parallel()
	h := host(t)
	b := hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == wire.TypeHello {
			e.bye(wire.CloseTooMany)
			return nil
		}
		return frame
	})
	to := whole(t, behind(t, h, &b), h)
	r := results(t, to, named(t, "messages/ping"))["messages/ping"]
	if r.Err == nil || !strings.Contains(r.Err.Error(), "4429") {
		t.Errorf("found %v", r.Err)
	}
}
