package conformance

import (
	"context"
	"time"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/wire"
)

// heartbeat waits for the server's ping.
func heartbeat(p *probe) {
	pinged := make(chan struct{}, 1)
	ctx, cancel := context.WithTimeout(p.ctx, soon)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, p.t.URL.String()+"/v1/ws", &websocket.DialOptions{
		HTTPClient: p.t.HTTP, Subprotocols: []string{wire.Subprotocol},
		OnPingReceived: func(context.Context, []byte) bool {
			select {
			case pinged <- struct{}{}:
			default:
			}
			return true
		},
	})
	if err != nil {
		fail("%v", err)
	}
	l := &line{p: p, ws: ws}
	p.open = append(p.open, l)
	w := into[wire.Welcome](l.hello(wire.Hello{}).of(wire.TypeWelcome))
	every := time.Duration(w.HeartbeatMs) * time.Millisecond
	want(every > 0 && every <= time.Minute, "the heartbeat comes every %s", every)
	go func() { _, _, _ = ws.Read(p.ctx) }() // answers pings, and ends with the check
	select {
	case <-pinged:
	case <-time.After(every + soon):
		fail("no ping came within %s", every+soon)
	case <-p.ctx.Done():
		fail("no ping came")
	}
}
