package conformance

import (
	"fmt"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/wire"
)

// limits are what keeps one client from taking what others need.
var limits = []Check{
	{Name: "limits/messages", Says: "too many messages: rate_limited with retry_after_ms, and the connection stays", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		w := into[wire.Welcome](l.of(wire.TypeWelcome))
		flood := int(w.Limits.MessagesPerSecond)*10 + 100
		want(flood < 100_000, "the server allows %g messages a second", w.Limits.MessagesPerSecond)
		go func() {
			for i := range flood {
				m := fmt.Sprintf(`{"type":"ping","id":"f%d"}`, i)
				if l.ws.Write(p.ctx, websocket.MessageText, []byte(m)) != nil {
					return
				}
			}
		}()
		limited := 0
		for range flood {
			m, gone := l.next(soon)
			if gone != nil {
				fail("the connection ended: %v", gone.err)
			}
			if m.Type != wire.TypeError {
				continue
			}
			e := into[wire.Error](m)
			want(e.Code == wire.CodeRateLimited && e.RetryAfterMs > 0 && e.Recoverable, "the error is %s, retry after %d ms", e.Code, e.RetryAfterMs)
			limited++
		}
		want(limited > 0, "none of %d messages at once was refused", flood)
	}},
}
