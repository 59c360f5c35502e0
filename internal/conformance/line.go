package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/wire"
)

// line is a bare WebSocket to the server.
type line struct {
	p      *probe
	ws     *websocket.Conn
	token  wire.Secret
	after  int64             // the seq it said it has
	seen   []wire.Message    // every event, in the order it came
	other  []wire.Message    // every other message
	frames map[string]string // what was sent, by id
}

// soon is how long an answer may take that needs no evaluation.
const soon = 10 * time.Second

// raw sends a text frame as it is.
func (l *line) raw(frame string) {
	ctx, cancel := context.WithTimeout(l.p.ctx, soon)
	defer cancel()
	l.p.note(&l.p.sent, []byte(frame))
	if err := l.ws.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
		// The server has closed; why is still to be read.
		if m, gone := l.next(soon); gone != nil && gone.code >= 0 {
			fail("the server closed with %d while a message was due to be taken", gone.code)
		} else if gone == nil && m.Type == wire.TypeBye {
			fail("the server said bye: %s", short(m.Data))
		}
		fail("a message could not be sent: %v", err)
	}
}

// send sends a message.
func (l *line) send(kind, id string, data any) {
	m := wire.Message{Type: kind, ID: id}
	if data != nil {
		var err error
		if m, err = wire.New(kind, data); err != nil {
			fail("%v", err)
		}
		m.ID = id
	}
	b, err := wire.Encode(m)
	if err != nil {
		fail("%v", err)
	}
	l.p.watch("client %s", kind)
	if id != "" {
		l.frames[id] = string(b)
	}
	l.raw(string(b))
}

// hello says who comes.
func (l *line) hello(h wire.Hello) *line {
	if h.Token.Empty() {
		h.Token = l.token
	}
	l.after = max(0, h.After)
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
		code := wire.CloseCode(websocket.CloseStatus(err))
		if code >= 0 {
			l.p.watch("close %d", code)
			l.p.note(&l.p.came, fmt.Appendf(nil, "the close %d", code))
		}
		return wire.Message{}, &lost{code, err}
	}
	l.p.note(&l.p.came, b)
	want(kind == websocket.MessageText, "a message came as a binary frame")
	m := l.read(b)
	if m.Seq == 0 {
		l.other = append(l.other, m)
		return m, nil
	}
	due := l.after + int64(len(l.seen)) + 1
	want(m.Seq == due, "event %d came (%s), and event %d was due", m.Seq, m.Type, due)
	l.seen = append(l.seen, m)
	return m, nil
}

// read takes a message apart.
func (l *line) read(b []byte) wire.Message {
	var envelope struct {
		Type string          `json:"type"`
		Re   string          `json:"re"`
		Seq  json.RawMessage `json:"seq"`
		At   json.RawMessage `json:"at"`
	}
	if err := json.Unmarshal(b, &envelope); err != nil {
		fail("it is no message, an object of JSON with a type: %v", err)
	}
	l.p.fits(envelope.Type, envelope.Seq != nil, b)
	var m wire.Message
	if err := json.Unmarshal(b, &m); err != nil {
		fail("the envelope of %s cannot be read: %v", envelope.Type, err)
	}
	if m.Seq == 0 {
		want(envelope.At == nil, "%s is no event and has an at", m.Type)
		l.p.watch("server %s", m.Type)
		if m.Type == wire.TypeError {
			l.p.watch("error %s", into[wire.Error](m).Code)
		}
		return m
	}
	_, offset := m.At.Zone()
	want(offset == 0, "at of event %d is not UTC: %s", m.Seq, envelope.At)
	l.p.watch("event %s", m.Type)
	return m
}

// short is enough of a message to recognise it.
func short(b []byte) string {
	const most = 240
	if len(b) <= most {
		return string(b)
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(string(b[:most]), ""), len(b))
}

// until reads on to a message that fits.
func (l *line) until(what string, patience time.Duration, is func(wire.Message) bool) wire.Message {
	for end := time.Now().Add(patience); ; {
		m, gone := l.next(time.Until(end))
		switch {
		case gone != nil && gone.code >= 0:
			fail("%s did not come: the server closed with %d", what, gone.code)
		case gone != nil && errors.Is(gone.err, context.DeadlineExceeded):
			fail("%s did not come within %s", what, patience.Round(time.Second))
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

// goesOnFrom takes for seen what came over an earlier connection, after whose last
// event this one began.
func (l *line) goesOnFrom(before *line) {
	l.seen, l.after = slices.Concat(before.seen, l.seen), before.after
}

// breaks ends the connection without a word.
func (l *line) breaks() { _ = l.ws.CloseNow() }

func into[T any](m wire.Message) T {
	var v T
	if err := m.Into(&v); err != nil {
		fail("%s: %v", m.Type, err)
	}
	return v
}
