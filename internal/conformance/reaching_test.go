package conformance_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// mute upgrades and says nothing ever. begun hears of each connection.
func mute(t *testing.T, begun func()) conformance.Target {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{wire.Subprotocol}})
		if err != nil {
			return
		}
		defer ws.CloseNow()
		begun()
		for err == nil {
			_, _, err = ws.Read(context.Background())
		}
	}))
	t.Cleanup(srv.Close)
	return target(t, srv.URL, wire.NewSecret())
}

// TestAServerThatWelcomesNobody is one that the checks are for.
func TestAServerThatWelcomesNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for a welcome")
	}
	t.Parallel()
	to := mute(t, func() {})
	if r, err := to.Reach(t.Context()); err != nil || r.Scope != "" {
		t.Errorf("Reach = %+v, %v; the checks say what is wrong", r, err)
	}
}

// TestReachingIsInterrupted: whoever interrupts is told nothing of the server.
func TestReachingIsInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	to := mute(t, cancel)
	if _, err := to.Reach(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Reach while it waits: %v", err)
	}
	if _, err := to.Reach(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Reach after: %v", err)
	}
}

// TestNobodyAnswers is no matter for checks.
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	if _, err := target(t, "http://127.0.0.1:1", wire.NewSecret()).Reach(t.Context()); session.KindOf(err) != session.Unreachable {
		t.Errorf("Reach = %v", err)
	}
}
