package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/elios/elios/api"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// probe is one check at work.
type probe struct {
	ctx  context.Context
	t    Target
	open []*line
}

func (p *probe) close() {
	for _, l := range p.open {
		_ = l.ws.CloseNow() // the check is over
	}
}

// line is a bare WebSocket to the server.
type line struct {
	p    *probe
	ws   *websocket.Conn
	seen []wire.Message // every event, in the order it came
}

// soon is how long an answer may take that needs no evaluation.
const soon = 10 * time.Second

// dial connects, offering subprotocols.
func (p *probe) dial(header http.Header, protocols ...string) (*line, *http.Response, error) {
	ctx, cancel := context.WithTimeout(p.ctx, soon)
	defer cancel()
	ws, res, err := websocket.Dial(ctx, p.t.URL.String()+"/v1/ws", &websocket.DialOptions{
		HTTPClient: p.t.HTTP, HTTPHeader: header, Subprotocols: protocols, CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		return nil, res, err
	}
	ws.SetReadLimit(wire.MaxServerFrame)
	l := &line{p: p, ws: ws}
	p.open = append(p.open, l)
	return l, res, nil
}

// connect connects as a client should.
func (p *probe) connect() *line {
	l, _, err := p.dial(nil, wire.Subprotocol)
	if err != nil {
		fail("the server cannot be connected to: %v", err)
	}
	return l
}

// raw sends a text frame as it is.
func (l *line) raw(frame string) {
	ctx, cancel := context.WithTimeout(l.p.ctx, soon)
	defer cancel()
	if err := l.ws.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
		fail("a message could not be sent: %v", err)
	}
}

// send sends a message.
func (l *line) send(kind, id string, data any) {
	m, err := wire.New(kind, data)
	if err != nil {
		fail("%v", err)
	}
	m.ID = id
	b, err := wire.Encode(m)
	if err != nil {
		fail("%v", err)
	}
	l.raw(string(b))
}

// hello says who comes.
func (l *line) hello(h wire.Hello) *line {
	if h.Token.Empty() {
		h.Token = l.p.t.Token
	}
	m, err := wire.HelloMessage(h)
	if err != nil {
		fail("%v", err)
	}
	l.send(m.Type, "", m.Data)
	return l
}

// lost is why there are no more messages.
type lost struct {
	code wire.CloseCode // -1: the connection broke without one
	err  error
}

// next waits for a message, which has to fit its schema.
func (l *line) next(patience time.Duration) (wire.Message, *lost) {
	ctx, cancel := context.WithTimeout(l.p.ctx, patience)
	defer cancel()
	kind, b, err := l.ws.Read(ctx)
	if err != nil {
		return wire.Message{}, &lost{wire.CloseCode(websocket.CloseStatus(err)), err}
	}
	want(kind == websocket.MessageText, "a message came as a binary frame")
	var m wire.Message
	if err := json.Unmarshal(b, &m); err != nil {
		fail("a message is no JSON object: %s", short(b))
	}
	l.fits(m, b)
	if m.Seq > 0 {
		last := int64(0)
		if n := len(l.seen); n > 0 {
			last = l.seen[n-1].Seq
			want(m.Seq == last+1, "event %d came after event %d", m.Seq, last)
		}
		l.seen = append(l.seen, m)
	}
	return m, nil
}

// fits holds a message against the published schema, and against what no client
// may ever see.
func (l *line) fits(m wire.Message, b []byte) {
	name := "message_" + m.Type
	if m.Seq > 0 {
		name = "event_" + m.Type
	}
	s, err := schema(name)
	if err != nil {
		fail("there is no message %q in the protocol: %s", m.Type, short(b))
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err == nil {
		err = s.Validate(v)
	}
	if err != nil {
		fail("%s does not fit its schema: %s", m.Type, firstLines(err.Error()))
	}
	for _, secret := range []string{`"full":`, `"plan":`, `"targets":`} {
		want(!strings.Contains(string(m.Data), secret), "%s tells what only the server may know: %s", m.Type, secret)
	}
}

// short is enough of a message to recognise it.
func short(b []byte) string {
	if len(b) > 200 {
		return string(b[:200]) + "…"
	}
	return string(b)
}

func firstLines(s string) string {
	lines := strings.SplitN(s, "\n", 5)
	return strings.Join(lines[:min(4, len(lines))], "; ")
}

// until reads on to a message that fits. An error nobody asked for ends it.
func (l *line) until(what string, patience time.Duration, is func(wire.Message) bool) wire.Message {
	for end := time.Now().Add(patience); ; {
		m, gone := l.next(time.Until(end))
		switch {
		case gone != nil && gone.code >= 0:
			fail("%s did not come: the server closed with %d", what, gone.code)
		case gone != nil:
			fail("%s did not come: %v", what, gone.err)
		case is(m):
			return m
		}
	}
}

// of waits for a message of a type.
func (l *line) of(kind string) wire.Message {
	return l.until(kind, soon, func(m wire.Message) bool { return m.Type == kind })
}

// event is the first event of one of the kinds, from a place among those that were
// seen on: an event may come before the ack of the command that caused it. It
// gives the place after it.
func (l *line) event(from int, patience time.Duration, kinds ...session.EventType) (wire.Message, int) {
	for end := time.Now().Add(patience); ; {
		for ; from < len(l.seen); from++ {
			if slices.Contains(kinds, session.EventType(l.seen[from].Type)) {
				return l.seen[from], from + 1
			}
		}
		n := len(l.seen)
		l.until(string(kinds[0]), time.Until(end), func(wire.Message) bool { return len(l.seen) > n })
	}
}

// happened wants an event to have come, or to come soon.
func (l *line) happened(kind session.EventType) wire.Message {
	m, _ := l.event(0, soon, kind)
	return m
}

// judged wants an event that an evaluation brings.
func (l *line) judged(kind session.EventType) wire.Message {
	m, _ := l.event(0, l.p.t.Patience, kind)
	return m
}

// answer waits for what answers an id.
func (l *line) answer(id string) wire.Message {
	return l.until("the answer to "+id, soon, func(m wire.Message) bool { return m.Re == id })
}

// acked sends a message and wants it acknowledged.
func (l *line) acked(kind, id string, data any) wire.Ack {
	l.send(kind, id, data)
	m := l.answer(id)
	want(m.Type == wire.TypeAck, "%s was answered with %s: %s", kind, m.Type, short(m.Data))
	return into[wire.Ack](m)
}

// refused sends a message and wants an error of a code, after which the
// connection stays.
func (l *line) refused(code wire.Code, kind, id string, data any) wire.Error {
	l.send(kind, id, data)
	return l.isRefused(code, id)
}

func (l *line) isRefused(code wire.Code, id string) wire.Error {
	m := l.until("an error", soon, func(m wire.Message) bool { return m.Type == wire.TypeError || id != "" && m.Re == id })
	want(m.Type == wire.TypeError, "it was answered with %s, and an error %s was due", m.Type, code)
	e := into[wire.Error](m)
	want(e.Code == code, "the error is %s (%s), and %s was due", e.Code, e.Message, code)
	want(e.Message != "", "the error %s says nothing to people", code)
	want(m.Re == id, "the error answers %q, and the message was %q", m.Re, id)
	l.alive()
	return e
}

// alive wants the connection to be there still.
func (l *line) alive() {
	id := "alive-" + uuid.NewString()[:8]
	l.send(wire.TypePing, id, nil)
	l.until("a pong", soon, func(m wire.Message) bool { return m.Type == wire.TypePong && m.Re == id })
}

// closes wants the server to close with a code, after a bye that names it.
func (l *line) closes(code wire.CloseCode, patience time.Duration) {
	var bye *wire.Bye
	for end := time.Now().Add(patience); ; {
		m, gone := l.next(time.Until(end))
		switch {
		case gone == nil && m.Type == wire.TypeBye:
			b := into[wire.Bye](m)
			bye = &b
		case gone == nil:
		case gone.code < 0 && errors.Is(gone.err, context.DeadlineExceeded):
			fail("the server did not close within %s, and %d was due", patience, code)
		case gone.code != code:
			fail("the server closed with %d, and %d was due", gone.code, code)
		case bye == nil:
			fail("no bye came before the close %d", code)
		case bye.Code != code:
			fail("bye names %d, and the close was %d", bye.Code, code)
		default:
			return
		}
	}
}

func into[T any](m wire.Message) T {
	var v T
	if err := m.Into(&v); err != nil {
		fail("%s: %v", m.Type, err)
	}
	return v
}

var compiled struct {
	sync.Mutex
	compiler *jsonschema.Compiler
}

// schema is a definition of api/schemas.json.
func schema(name string) (*jsonschema.Schema, error) {
	compiled.Lock()
	defer compiled.Unlock()
	const where = "mem:///schemas.json"
	if compiled.compiler == nil {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(api.Schemas()))
		if err != nil {
			return nil, fmt.Errorf("schemas: %w", err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(where, doc); err != nil {
			return nil, fmt.Errorf("schemas: %w", err)
		}
		compiled.compiler = c
	}
	return compiled.compiler.Compile(where + "#/$defs/" + name)
}

// begun makes an interview and starts it: it stands at the first question.
func (p *probe) begun(c wire.Create) (*line, string) {
	l := p.connect().hello(wire.Hello{})
	l.of(wire.TypeWelcome)
	id := l.created("create-"+uuid.NewString(), c)
	l.acked(string(session.CmdStart), "start", nil)
	l.happened(session.EvQuestion)
	return l, id
}

// created makes an interview and wants its welcome.
func (l *line) created(request string, c wire.Create) string {
	if c.Bank == "" {
		c.Bank = l.p.t.Bank
	}
	ack := l.acked(wire.TypeCreate, request, c)
	want(ack.Interview != "", "the ack of create names no interview")
	w := into[wire.Welcome](l.of(wire.TypeWelcome))
	want(w.Snapshot != nil && w.Snapshot.ID == ack.Interview, "the welcome after create is not that of the interview")
	return ack.Interview
}

// said is an answer no question is likely to be about, and long enough to judge.
const said = "I would say that it depends on what was measured before, and on who has to live with the result."
