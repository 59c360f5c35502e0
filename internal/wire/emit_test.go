package wire_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/api"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/schematest"
	"github.com/elios/elios/internal/wire"
)

// filled is a value of a type with something in every field, so that every field
// is held against the schema.
func filled(t reflect.Type, depth int) reflect.Value {
	v := reflect.New(t).Elem()
	if words := schematest.Words(t); words != nil {
		v.SetString(reflect.ValueOf(words[0]).String())
		return v
	}
	switch t {
	case reflect.TypeFor[time.Time]():
		return reflect.ValueOf(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	case reflect.TypeFor[wire.Secret]():
		return reflect.ValueOf(wire.SecretOf("elios_x"))
	case reflect.TypeFor[wire.Level]():
		return reflect.ValueOf(wire.Level{Min: 2, Max: 4})
	case reflect.TypeFor[wire.Code]():
		return reflect.ValueOf(wire.CodePaused)
	case reflect.TypeFor[session.Event]():
		return reflect.ValueOf(session.Event{Seq: 1, At: time.Unix(1, 0).UTC(), Data: session.Started{}})
	case reflect.TypeFor[map[int]string]():
		return reflect.ValueOf(map[int]string{3: "x"})
	}
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() {
				v.Field(i).Set(filled(t.Field(i).Type, depth+1))
			}
		}
	case reflect.Pointer:
		if depth < 12 {
			v.Set(reflect.New(t.Elem()))
			v.Elem().Set(filled(t.Elem(), depth+1))
		}
	case reflect.Slice:
		v.Set(reflect.Append(v, filled(t.Elem(), depth+1)))
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1003)
	case reflect.Uint64:
		v.SetUint(3)
	case reflect.Float64:
		v.SetFloat(0.5)
	}
	return v
}

// TestEveryMessageFitsItsSchema encodes each message the program can send, with
// something in every field.
func TestEveryMessageFitsItsSchema(t *testing.T) {
	for kind, data := range payloads {
		if data == nil {
			data = struct{}{}
		}
		m, err := wire.New(kind, filled(reflect.TypeOf(data), 0).Interface())
		if err != nil {
			t.Fatal(err)
		}
		m.ID, m.Re = "a", "b"
		valid(t, "message_"+kind, m)
	}
	for _, e := range events {
		data := filled(reflect.TypeOf(e), 0).Interface().(session.EventData)
		ev := session.Event{Seq: 1, At: time.Unix(1, 0).UTC(), Data: data}
		m, err := wire.Event(ev)
		if err != nil {
			t.Fatal(err)
		}
		valid(t, "event_"+m.Type, m)
		back, ok, err := wire.EventOf(m)
		if err != nil || !ok || !reflect.DeepEqual(back, ev) {
			t.Errorf("%s does not come back as it was: %+v, %v", m.Type, back, err)
		}
	}
	for _, b := range bodies {
		v := filled(reflect.TypeOf(b), 0)
		body, err := json.Marshal(v.Interface())
		if err != nil {
			t.Fatal(err)
		}
		servertest.Valid(t, v.Type().Name(), body)
	}
}

func valid(t *testing.T, definition string, m wire.Message) {
	t.Helper()
	b, err := wire.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	servertest.Valid(t, definition, b)
}

// definitionOf is the schema of an example.
func definitionOf(m wire.Message) string {
	if m.Seq > 0 {
		return "event_" + m.Type
	}
	return "message_" + m.Type
}

// roundTrip decodes and encodes an example.
func roundTrip(t *testing.T, example []byte) wire.Message {
	t.Helper()
	m, err := wire.Decode(example)
	if err != nil {
		t.Fatalf("%s: %v", example, err)
	}
	servertest.Valid(t, definitionOf(m), example)
	back, err := wire.Encode(m)
	if err != nil || !sameJSON(t, back, example) {
		t.Errorf("%s comes back as %s, %v", example, back, err)
	}
	if e, ok, err := wire.EventOf(m); ok || err != nil {
		again, errAgain := wire.Event(e)
		if err != nil || errAgain != nil || !sameJSON(t, again.Data, m.Data) {
			t.Errorf("%s comes back as %s, %v", m.Data, again.Data, err)
		}
	}
	if session.CommandType(m.Type).OfPeople() {
		if _, err := wire.CommandOf(m); err != nil {
			t.Errorf("%s: %v", example, err)
		}
	}
	return m
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal(a, &x); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &y); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(x, y)
}

// TestExamplesOfTheDocuments validates every example of asyncapi.yaml, and finds
// one for every message there is.
func TestExamplesOfTheDocuments(t *testing.T) {
	b, err := api.AsyncAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Components struct {
			Messages map[string]struct {
				Examples []struct {
					Payload json.RawMessage `json:"payload"`
				} `json:"examples"`
			} `json:"messages"`
		} `json:"components"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for name, m := range doc.Components.Messages {
		if len(m.Examples) == 0 {
			t.Errorf("%s has no example", name)
		}
		for _, e := range m.Examples {
			seen[definitionOf(roundTrip(t, e.Payload))] = true
		}
	}
	for kind := range payloads {
		if !seen["message_"+kind] {
			t.Errorf("asyncapi.yaml does not know the message %s", kind)
		}
	}
	for _, e := range events {
		if !seen["event_"+string(e.EventType())] {
			t.Errorf("asyncapi.yaml does not know the event %s", e.EventType())
		}
	}
	if len(seen) != len(payloads)+len(events) {
		t.Errorf("asyncapi.yaml knows %d messages, the program %d", len(seen), len(payloads)+len(events))
	}
}

// TestExamplesOfProtocolMD validates every example of docs/protocol.md.
func TestExamplesOfProtocolMD(t *testing.T) {
	text, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(text, -1)
	if len(blocks) < 14 {
		t.Errorf("only %d examples", len(blocks))
	}
	for _, b := range blocks {
		for line := range bytes.Lines(b[1]) {
			roundTrip(t, bytes.TrimSpace(line))
		}
	}
	for _, c := range wire.Codes() {
		if !strings.Contains(string(text), "| `"+string(c)+"` |") {
			t.Errorf("docs/protocol.md does not tell of the error %s", c)
		}
	}
	for _, c := range wire.CloseCodes() {
		again := "no"
		if c.Again {
			again = "yes"
		}
		row := regexp.MustCompile(`(?m)^\| ` + strconv.Itoa(int(c.Code)) + ` \|.*\| ` + again + ` \|$`)
		if !row.Match(text) {
			t.Errorf("docs/protocol.md does not tell that after %d one should connect again: %s", c.Code, again)
		}
	}
}
