package conformance_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/wire"
)

// The small words that faults are written in.

func drop(wire.Message) []wire.Message    { return nil }
func twice(m wire.Message) []wire.Message { return []wire.Message{m, m} }

// only changes messages of a type.
func only(kind string, change func(wire.Message) []wire.Message) func(wire.Message) []wire.Message {
	return func(m wire.Message) []wire.Message {
		if m.Type == kind {
			return change(m)
		}
		return []wire.Message{m}
	}
}

// swap replaces words in the data of messages of a type.
func swap(kind, old, by string) func(wire.Message) []wire.Message {
	return only(kind, func(m wire.Message) []wire.Message {
		m.Data = []byte(strings.ReplaceAll(string(m.Data), old, by))
		return []wire.Message{m}
	})
}

// fields are those of a message's data.
type fields = map[string]any

// edit changes the data of messages of a type.
func edit(kind string, change func(fields)) func(wire.Message) []wire.Message {
	return only(kind, func(m wire.Message) []wire.Message { return []wire.Message{edited(m, change)} })
}

func edited(m wire.Message, change func(fields)) wire.Message {
	f := fields{}
	d := json.NewDecoder(bytes.NewReader(m.Data))
	d.UseNumber()
	_ = d.Decode(&f) // the server is a good one
	change(f)
	m.Data, _ = json.Marshal(f)
	return m
}

// within changes an object inside of the data.
func within(name string, change func(fields)) func(fields) {
	return func(f fields) {
		if inner, ok := f[name].(fields); ok {
			change(inner)
		}
	}
}

// number is one of the data.
func number(f fields, name string) int64 {
	n, _ := f[name].(json.Number)
	i, _ := n.Int64()
	return i
}

// set gives a field a value; without nil the field goes.
func set(name string, value any) func(fields) {
	return func(f fields) {
		if f[name] = value; value == nil {
			delete(f, name)
		}
	}
}

// add adds to a number.
func add(name string, n int64) func(fields) {
	return func(f fields) {
		if _, ok := f[name]; ok {
			f[name] = number(f, name) + n
		}
	}
}

// remembers gives each connection its own memory.
func remembers(make func() talk) broken { return broken{talk: make} }

// hears changes what a client says, with nothing to remember.
func hears(change func(e ends, m wire.Message, frame []byte) []byte) broken {
	return broken{talk: func() talk { return talk{client: change} }}
}

// accepts acknowledges what the server refuses with a code.
func accepts(code wire.Code, commands ...string) broken {
	return broken{message: only(wire.TypeError, func(m wire.Message) []wire.Message {
		var e wire.Error
		_ = m.Into(&e)
		if e.Code != code || len(commands) > 0 && !slices.Contains(commands, string(e.Command)) {
			return []wire.Message{m}
		}
		ack, _ := wire.New(wire.TypeAck, wire.Ack{Interview: "x", Seq: 4, State: "QUESTIONING", Turn: 1})
		ack.Re = m.Re
		return []wire.Message{ack}
	})}
}

// becomes changes a close code.
func becomes(old, by websocket.StatusCode) func(websocket.StatusCode) websocket.StatusCode {
	return func(c websocket.StatusCode) websocket.StatusCode {
		if c == old {
			return by
		}
		return c
	}
}

// replaced changes what a client sends.
func replaced(old, by string) func([]byte) []byte {
	return func(b []byte) []byte { return append([]byte{}, bytes.ReplaceAll(b, []byte(old), []byte(by))...) } // never nil
}

// renamed changes a body of plain HTTP.
func renamed(old, by string) func(*http.Request, []byte) []byte {
	return func(_ *http.Request, b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(by)) }
}

// statusOf changes a status of plain HTTP.
func statusOf(old, by int) func(*http.Request, int) int {
	return func(_ *http.Request, s int) int {
		if s == old {
			return by
		}
		return s
	}
}

// without leaves a header out.
func without(name string) func(*http.Request, http.Header) {
	return func(_ *http.Request, h http.Header) { h.Del(name) }
}
