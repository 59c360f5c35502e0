package wire

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/elios/elios/internal/session"
)

// Message is the envelope of everything that goes over the wire, one a frame.
type Message struct {
	Type string          `json:"type"`
	ID   string          `json:"id,omitempty"`  // made by the sender, on whatever changes something
	Re   string          `json:"re,omitempty"`  // the id this answers
	Seq  int64           `json:"seq,omitempty"` // of events only: 1, 2, 3… without holes
	At   time.Time       `json:"at,omitzero"`
	Data json.RawMessage `json:"data,omitempty"`
}

// The types of messages that are neither commands nor events; those have the
// names of package session.
const (
	TypeHello  = "hello"
	TypeCreate = "create"
	TypeDraft  = "draft"
	TypePing   = "ping"

	TypeWelcome    = "welcome"
	TypeEvaluating = "evaluating"
	TypePartial    = "partial"
	TypeAck        = "ack"
	TypeTimer      = "timer"
	TypePong       = "pong"
	TypeError      = "error"
	TypeBye        = "bye"
)

// Decode reads a message of a client. It refuses, as *Error, what is not JSON
// (CodeBadJSON), and what is no envelope, nests too deep or names a key twice
// (CodeBadMessage). Unknown fields are ignored. The message is as far as it
// could be read also with an error, so that the answer can name its id.
func Decode(frame []byte) (Message, error) {
	var m Message
	if err := strict(frame); err != nil {
		return m, err
	}
	if err := json.Unmarshal(frame, &m); err != nil {
		return Message{ID: m.ID}, Errorf(CodeBadMessage, "a message is an object such as {\"type\":\"ping\"}: %s", plain(err))
	}
	switch {
	case m.Type == "":
		return m, Errorf(CodeBadMessage, "the message has no type")
	case utf8.RuneCountInString(m.ID) > MaxID:
		return Message{}, Errorf(CodeBadMessage, "the id has more than %d characters", MaxID)
	}
	return m, nil
}

// Encode writes a message. It fails only for what JSON cannot hold. The data is
// JSON already and is taken as it is: encoding/json would read all of it twice more.
func Encode(m Message) ([]byte, error) {
	data := m.Data
	m.Data = nil
	b, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.Type, err)
	}
	if len(data) == 0 {
		return b, nil
	}
	b = append(slices.Grow(b[:len(b)-1], len(data)+len(`,"data":}`)), `,"data":`...)
	return append(append(b, data...), '}'), nil
}

// New makes a message of a type with its data.
func New(kind string, data any) (Message, error) {
	b, err := json.Marshal(data)
	if err != nil {
		return Message{}, fmt.Errorf("encode %s: %w", kind, err)
	}
	return Message{Type: kind, Data: b}, nil
}

// Into reads the data of a message. Without data v stays as it is. CodeBadMessage.
func (m Message) Into(v any) error {
	if len(m.Data) == 0 || string(m.Data) == "null" {
		return nil
	}
	if err := json.Unmarshal(m.Data, v); err != nil {
		return Errorf(CodeBadMessage, "%s: %s", m.Type, plain(err))
	}
	return nil
}

// Event makes the message of an event. Its fields are those of the event's one
// JSON form.
func Event(e session.Event) (Message, error) {
	m, err := New(string(e.Data.EventType()), e.Data)
	m.Seq, m.At = e.Seq, e.At
	return m, err
}

// EventOf reads an event; false for a message that is none.
func EventOf(m Message) (session.Event, bool, error) {
	if m.Seq == 0 {
		return session.Event{}, false, nil
	}
	b, err := Encode(Message{Type: m.Type, Seq: m.Seq, At: m.At, Data: m.Data})
	if err != nil {
		return session.Event{}, false, err
	}
	var e session.Event
	err = e.UnmarshalJSON(b)
	return e, err == nil, err
}

// DecodeBody reads the body of a plain HTTP request as strictly as Decode does
// a message. CodeBadJSON, CodeBadMessage.
func DecodeBody(b []byte, v any) error {
	if !utf8.Valid(b) {
		return Errorf(CodeBadJSON, "the body is not UTF-8")
	}
	if err := strict(b); err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return Errorf(CodeBadMessage, "%s", plain(err))
	}
	return nil
}
