package conformance

import (
	"net/http"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// nowhere is the id of no interview.
const nowhere = "00000000-0000-0000-0000-000000000000"

// handshake is how a connection begins.
var handshake = []Check{
	{Name: "handshake/subprotocol", Says: "It is selected when offered", run: func(p *probe) {
		l, _, err := p.dial(nil, "other.v1", wire.Subprotocol)
		want(err == nil, "offered other.v1 and %s: %v", wire.Subprotocol, err)
		want(l.ws.Subprotocol() == wire.Subprotocol, "the subprotocol %q was selected, and %s was due", l.ws.Subprotocol(), wire.Subprotocol)
	}},
	{Name: "handshake/unknown-subprotocols", Says: "a client that offers only others gets HTTP 400", run: func(p *probe) {
		_, res, err := p.dial(nil, "other.v1", "elios.v2")
		want(err != nil && res != nil, "a connection that offers unknown subprotocols only was taken")
		want(res.StatusCode == http.StatusBadRequest, "HTTP status %d, and 400 was due", res.StatusCode)
	}},
	{Name: "handshake/no-subprotocol", Says: "one that offers none is taken to speak v1", run: func(p *probe) {
		l, _, err := p.dial(nil)
		want(err == nil, "no subprotocol offered: %v", err)
		want(l.ws.Subprotocol() == "", "the subprotocol %q was selected, and none was offered", l.ws.Subprotocol())
		l.hello(wire.Hello{}).of(wire.TypeWelcome)
	}},
	{Name: "handshake/foreign-page", Says: "A page of another origin than the server's gets HTTP 403", run: func(p *probe) {
		_, res, err := p.dial(http.Header{"Origin": {"https://elsewhere.invalid"}}, wire.Subprotocol)
		want(err != nil && res != nil, "a page of https://elsewhere.invalid was let in")
		want(res.StatusCode == http.StatusForbidden, "HTTP status %d, and 403 was due", res.StatusCode)
	}},
	{Name: "handshake/own-page", Says: "a browser, which cannot, sends it in hello", run: func(p *probe) {
		l, _, err := p.dial(http.Header{"Origin": {p.t.URL.Scheme + "://" + p.t.URL.Host}}, wire.Subprotocol)
		want(err == nil, "a page of the server's own origin is not let in: %v", err)
		l.hello(wire.Hello{}).of(wire.TypeWelcome)
	}},
	{Name: "handshake/token-in-hello", Says: "a browser, which cannot, sends it in hello", run: func(p *probe) {
		_, w := p.as(p.t.Token, wire.Hello{})
		want(w.Store != "" && w.Version != "", "the welcome names no version or store")
		want(w.Limits.MessageBytes > 0 && w.Limits.AnswerCharacters > 0 && w.Limits.MessagesPerSecond > 0 && w.HeartbeatMs > 0, "the welcome names no limits")
		want(w.Snapshot == nil && w.LastSeq == 0, "the welcome has a snapshot of no interview")
		want(w.Token.ID != "" && w.Token.Scope != "", "the welcome does not say whose token it is")
	}},
	{Name: "handshake/limits", Says: "at most 256 KiB from a client", run: func(p *probe) {
		_, w := p.as(p.t.Token, wire.Hello{})
		want(w.Limits.MessageBytes == wire.MaxClientFrame, "the welcome says a message has at most %d bytes", w.Limits.MessageBytes)
		want(w.Limits.AnswerCharacters == session.MaxAnswer, "the welcome says an answer has at most %d characters", w.Limits.AnswerCharacters)
	}},
	{Name: "handshake/token-in-header", Says: "A program sends its token as Authorization: Bearer", run: func(p *probe) {
		l, _, err := p.dial(http.Header{"Authorization": {"Bearer " + p.t.Token.Reveal()}}, wire.Subprotocol)
		want(err == nil, "%v", err)
		l.raw(`{"type":"hello"}`)
		l.of(wire.TypeWelcome)
	}},
	{Name: "handshake/token-in-url", Says: "It never goes into a URL", run: func(p *probe) {
		l, _, err := p.dialWith("?token="+p.t.Token.Reveal()+"&access_token="+p.t.Token.Reveal(), &websocket.DialOptions{Subprotocols: []string{wire.Subprotocol}})
		want(err == nil, "%v", err)
		l.raw(`{"type":"hello"}`)
		l.closes(wire.CloseUnauthorised, soon)
	}},
	{Name: "handshake/example", Says: "The first message is a hello", run: func(p *probe) {
		l := p.connect()
		l.hello(wire.Hello{Protocol: wire.Subprotocol, Client: &wire.Agent{Name: "elios protocol test", Version: "1.0"}})
		l.of(wire.TypeWelcome)
	}},
	{Name: "handshake/at-once", Says: "A client need not wait for the answer before it sends more", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.send(wire.TypePing, "early", nil)
		m := l.until("the welcome or the pong", soon, func(m wire.Message) bool { return m.Type == wire.TypeWelcome || m.Re == "early" })
		want(m.Type == wire.TypeWelcome, "%s came before the welcome", m.Type)
		l.of(wire.TypePong)
	}},
	{Name: "handshake/hello-first", Says: "no proper hello", run: func(p *probe) {
		for _, frame := range []string{`{"type":"ping","id":"p"}`, `{"type":"create","id":"c-` + uuid.NewString() + `","data":{"bank":"` + p.t.Bank + `"}}`} {
			l := p.connect()
			l.raw(frame)
			l.closes(wire.CloseBadHello, soon)
		}
	}},
	{Name: "handshake/bad-hello", Says: "no proper hello", run: func(p *probe) {
		for _, frame := range []string{`hello`, `{}`, `[]`, `{"type":"hello","data":[]}`, `{"type":"hello","data":{"after":"last"}}`, `{"type":"hello","type":"hello"}`} {
			l := p.connect()
			l.raw(frame)
			l.closes(wire.CloseBadHello, soon)
		}
	}},
	{Name: "handshake/negative-after", Says: "a negative one is no proper hello", run: func(p *probe) {
		p.connect().hello(wire.Hello{After: -1}).closes(wire.CloseBadHello, soon)
	}},
	{Name: "handshake/second-hello", Says: "a second one is refused (invalid_state)", run: func(p *probe) {
		l := p.enter()
		l.hello(wire.Hello{})
		l.isRefused(wire.CodeInvalidState, "")
	}},
	{Name: "handshake/no-token", Says: "no token, or one that is unknown or revoked", run: func(p *probe) {
		l := p.connect()
		l.raw(`{"type":"hello"}`)
		l.closes(wire.CloseUnauthorised, soon)
	}},
	{Name: "handshake/wrong-token", Says: "A connection without a good token is accepted and then closed with 4401", run: func(p *probe) {
		p.connect().hello(wire.Hello{Token: wire.NewSecret()}).closes(wire.CloseUnauthorised, soon)
		l, _, err := p.dial(http.Header{"Authorization": {"Bearer " + wire.NewSecret().Reveal()}}, wire.Subprotocol)
		want(err == nil, "a connection with a bad token was not accepted: %v", err)
		l.raw(`{"type":"hello"}`)
		l.closes(wire.CloseUnauthorised, soon)
	}},
	{Name: "handshake/wrong-scheme", Says: "A program sends its token as Authorization: Bearer", run: func(p *probe) {
		l, _, err := p.dial(http.Header{"Authorization": {"Basic " + p.t.Token.Reveal()}}, wire.Subprotocol)
		want(err == nil, "%v", err)
		l.raw(`{"type":"hello"}`)
		l.closes(wire.CloseUnauthorised, soon)
	}},
	{Name: "handshake/unknown-interview", Says: "there is no such interview for this token", run: func(p *probe) {
		p.connect().hello(wire.Hello{Interview: nowhere}).closes(wire.CloseNotFound, soon)
		p.connect().hello(wire.Hello{Interview: "../%2e"}).closes(wire.CloseNotFound, soon)
	}},
	{Name: "handshake/prefix", Says: "a unique prefix of one", run: func(p *probe) {
		_, id := p.makes(wire.Create{})
		_, w := p.follow(id[:len(id)-1], 0)
		want(w.Snapshot.ID == id, "all but the last character of %s finds %s", id, w.Snapshot.ID)
		_, other := p.makes(wire.Create{})
		n := 0
		for n < len(id) && n < len(other) && id[n] == other[n] {
			n++
		}
		if n > 0 { // what fits several is none
			p.connect().hello(wire.Hello{Interview: id[:n]}).closes(wire.CloseNotFound, soon)
		}
	}},
	{Name: "handshake/last", Says: "last (the one with the latest activity)", Alone: true, run: func(p *probe) {
		l, first := p.makes(wire.Create{})
		p.makes(wire.Create{})
		p.wait(20 * time.Millisecond) // times are kept to the millisecond
		l.acked(string(session.CmdStart), "start", nil)
		_, w := p.follow("last", 0)
		want(w.Snapshot.ID == first, "last finds %s, and something happened in %s last", w.Snapshot.ID, first)
	}},
	{Name: "handshake/version", Says: "any other than elios.v1 is closed with 4426", run: func(p *probe) {
		p.connect().hello(wire.Hello{Protocol: "elios.v999"}).closes(wire.CloseVersion, soon)
	}},
	{Name: "handshake/timeout", Says: "no hello within 5 s", Slow: true, run: func(p *probe) {
		begun := time.Now() // of what the server begins to count a moment later
		l := p.connect()
		l.closes(wire.CloseTimeout, wire.HelloWithin+soon)
		want(time.Since(begun) > wire.HelloWithin-time.Second, "it waited only %s", time.Since(begun).Round(time.Millisecond))
	}},
}
