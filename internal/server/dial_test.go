package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// line is a bare WebSocket to a server under test.
type line struct {
	t  testing.TB
	ws *websocket.Conn
}

// patience is how long a test waits for what has to come.
const patience = 20 * time.Second

func dial(t testing.TB, h *servertest.Host, header http.Header) *line {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, h.URL()+"/v1/ws", &websocket.DialOptions{Subprotocols: []string{wire.Subprotocol}, HTTPHeader: header})
	if err != nil {
		t.Fatal(err)
	}
	ws.SetReadLimit(wire.MaxServerFrame)
	t.Cleanup(func() { _ = ws.CloseNow() })
	return &line{t, ws}
}

// raw sends a text frame as it is.
func (l *line) raw(s string) {
	l.t.Helper()
	if err := l.ws.Write(l.t.Context(), websocket.MessageText, []byte(s)); err != nil {
		l.t.Fatal(err)
	}
}

// send sends a message of a type.
func (l *line) send(kind, id string, data any) {
	l.t.Helper()
	m, err := wire.New(kind, data)
	if err != nil {
		l.t.Fatal(err)
	}
	m.ID = id
	b, err := wire.Encode(m)
	if err != nil {
		l.t.Fatal(err)
	}
	l.raw(string(b))
}

// hello says hello with a token in the message.
func (l *line) hello(secret wire.Secret, interview string, after int64) {
	l.t.Helper()
	m, err := wire.HelloMessage(wire.Hello{Token: secret, Interview: interview, After: after})
	if err != nil {
		l.t.Fatal(err)
	}
	b, err := wire.Encode(m)
	if err != nil {
		l.t.Fatal(err)
	}
	l.raw(string(b))
}

// next is the next message.
func (l *line) next() (wire.Message, error) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	defer cancel()
	_, b, err := l.ws.Read(ctx)
	if err != nil {
		return wire.Message{}, err
	}
	var m wire.Message
	if err := json.Unmarshal(b, &m); err != nil {
		l.t.Fatal(err)
	}
	definition := "message_" + m.Type
	if m.Seq > 0 {
		definition = "event_" + m.Type
	}
	if _, measuring := l.t.(*testing.B); !measuring {
		servertest.Valid(l.t, definition, b)
	}
	return m, nil
}

// until reads on to a message of a type.
func (l *line) until(kind string) wire.Message {
	l.t.Helper()
	for {
		m, err := l.next()
		if err != nil {
			l.t.Fatalf("no %s came: %v", kind, err)
		}
		if m.Type == kind {
			return m
		}
	}
}

// read reads the data of the next message of a type.
func read[T any](l *line, kind string) T {
	l.t.Helper()
	var v T
	if err := l.until(kind).Into(&v); err != nil {
		l.t.Fatal(err)
	}
	return v
}

// refused reads on to an error and wants a code.
func (l *line) refused(want wire.Code) wire.Error {
	l.t.Helper()
	e := read[wire.Error](l, wire.TypeError)
	if e.Code != want {
		l.t.Fatalf("refused with %+v, want %s", e, want)
	}
	return e
}

// closed reads to the end and wants a close code, after a bye that names it.
func (l *line) closed(want wire.CloseCode) {
	l.t.Helper()
	var bye wire.Bye
	for {
		m, err := l.next()
		if err == nil {
			if m.Type == wire.TypeBye {
				_ = m.Into(&bye)
			}
			continue
		}
		var ce websocket.CloseError
		if !errors.As(err, &ce) || wire.CloseCode(ce.Code) != want || bye.Code != want {
			l.t.Fatalf("closed with %v after bye %+v, want %d", err, bye, want)
		}
		return
	}
}

// begin makes an interview and starts it.
func begin(t testing.TB, h *servertest.Host, secret wire.Secret) (*line, string) {
	t.Helper()
	l := dial(t, h, nil)
	l.hello(secret, "", 0)
	l.until(wire.TypeWelcome)
	l.send(wire.TypeCreate, "create-1", wire.Create{Bank: "go"})
	ack := read[wire.Ack](l, wire.TypeAck)
	l.until(wire.TypeWelcome)
	l.send(string(session.CmdStart), "start-1", nil)
	for missing := 2; missing > 0; { // the ack and the question, whichever comes first
		m, err := l.next()
		if err != nil {
			t.Fatal(err)
		}
		if m.Re == "start-1" || m.Type == string(session.EvQuestion) {
			missing--
		}
	}
	return l, ack.Interview
}
