package conformance

import (
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/wire"
)

// handshake is how a connection begins.
var handshake = []Check{
	{Name: "handshake/subprotocol", Says: "elios.v1 is selected when it is offered", run: func(p *probe) {
		l, _, err := p.dial(nil, "other.v1", wire.Subprotocol)
		want(err == nil, "offered other.v1 and %s: %v", wire.Subprotocol, err)
		want(l.ws.Subprotocol() == wire.Subprotocol, "%q was selected", l.ws.Subprotocol())
	}},
	{Name: "handshake/unknown-subprotocols", Says: "only unknown subprotocols offered: HTTP 400", run: func(p *probe) {
		_, res, err := p.dial(nil, "other.v1")
		want(err != nil && res != nil, "a connection with an unknown subprotocol was taken")
		want(res.StatusCode == http.StatusBadRequest, "HTTP status %d", res.StatusCode)
	}},
	{Name: "handshake/no-subprotocol", Says: "none offered: taken as v1", run: func(p *probe) {
		l, _, err := p.dial(nil)
		want(err == nil, "no subprotocol offered: %v", err)
		l.hello(wire.Hello{}).of(wire.TypeWelcome)
	}},
	{Name: "handshake/token-in-hello", Says: "browsers send the token in hello", run: func(p *probe) {
		w := into[wire.Welcome](p.connect().hello(wire.Hello{}).of(wire.TypeWelcome))
		want(w.Store != "" && w.Version != "", "the welcome names no version or store")
		want(w.Limits.MessageBytes > 0 && w.Limits.AnswerCharacters > 0 && w.HeartbeatMs > 0, "the welcome names no limits")
		want(w.Snapshot == nil && w.LastSeq == 0, "the welcome has a snapshot of no interview")
	}},
	{Name: "handshake/token-in-header", Says: "programs send Authorization: Bearer", run: func(p *probe) {
		l, _, err := p.dial(http.Header{"Authorization": {"Bearer " + p.t.Token.Reveal()}}, wire.Subprotocol)
		want(err == nil, "%v", err)
		l.raw(`{"type":"hello"}`)
		l.of(wire.TypeWelcome)
	}},
	{Name: "handshake/hello-first", Says: "the first message is a hello: 4400", run: func(p *probe) {
		l := p.connect()
		l.raw(`{"type":"ping","id":"p"}`)
		l.closes(wire.CloseBadHello, soon)
	}},
	{Name: "handshake/bad-hello", Says: "a bad hello: 4400", run: func(p *probe) {
		for _, frame := range []string{`hello`, `{}`, `{"type":"hello","data":[]}`, `{"type":"hello","data":{"after":"last"}}`} {
			l := p.connect()
			l.raw(frame)
			l.closes(wire.CloseBadHello, soon)
		}
	}},
	{Name: "handshake/no-token", Says: "no token: 4401", run: func(p *probe) {
		l := p.connect()
		l.raw(`{"type":"hello"}`)
		l.closes(wire.CloseUnauthorised, soon)
	}},
	{Name: "handshake/wrong-token", Says: "an unknown token: 4401", run: func(p *probe) {
		p.connect().hello(wire.Hello{Token: wire.NewSecret()}).closes(wire.CloseUnauthorised, soon)
	}},
	{Name: "handshake/unknown-interview", Says: "an interview that is not there, or not the token's: 4404", run: func(p *probe) {
		p.connect().hello(wire.Hello{Interview: "00000000-0000-0000-0000-000000000000"}).closes(wire.CloseNotFound, soon)
	}},
	{Name: "handshake/version", Says: "a version the server does not speak: 4426", run: func(p *probe) {
		p.connect().hello(wire.Hello{Protocol: "elios.v999"}).closes(wire.CloseVersion, soon)
	}},
	{Name: "handshake/timeout", Says: "no hello within 5 s: 4408", Slow: true, run: func(p *probe) {
		l := p.connect()
		begun := time.Now()
		l.closes(wire.CloseTimeout, wire.HelloWithin+soon)
		want(time.Since(begun) > wire.HelloWithin-time.Second, "it waited only %s", time.Since(begun).Round(time.Millisecond))
	}},
}

// frames are what carries messages.
var frames = []Check{
	{Name: "frames/binary", Says: "a binary frame: 1003", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		if err := l.ws.Write(p.ctx, websocket.MessageBinary, []byte(`{"type":"ping"}`)); err != nil {
			fail("%v", err)
		}
		l.closes(wire.CloseBinary, soon)
	}},
	{Name: "frames/utf-8", Says: "invalid UTF-8: 1007", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.raw("{\"type\":\"ping\",\"id\":\"\xc3\x28\"}")
		l.closes(wire.CloseBadUTF8, soon)
	}},
	{Name: "frames/too-big", Says: "more than 256 KiB: 1009", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.raw(padded(wire.MaxClientFrame + 1))
		l.closes(wire.CloseTooBig, soon)
	}},
	{Name: "frames/as-big-as-may-be", Says: "256 KiB are taken", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.raw(padded(wire.MaxClientFrame))
		l.of(wire.TypePong)
	}},
}

// padded is a ping of so many bytes.
func padded(n int) string {
	const head, tail = `{"type":"ping","unheard":"`, `"}`
	return head + strings.Repeat("x", n-len(head)-len(tail)) + tail
}
