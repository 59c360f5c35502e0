package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/schematest"
	"github.com/elios/elios/internal/wire"
)

const schemasFile = "../../api/schemas.json"

var update = flag.Bool("update", false, "write the schemas anew")

// payloads are the data of every message, by its type.
var payloads = map[string]any{
	wire.TypeHello: wire.Hello{}, wire.TypeCreate: wire.Create{}, wire.TypeDraft: wire.Draft{}, wire.TypePing: nil,
	"start": nil, "answer": session.Answer{}, "skip": session.Skip{}, "hint": nil, "pause": nil, "resume": nil,
	"retry": nil, "use_builtin": nil, "end": nil, "mark": session.Mark{}, "dispute": session.Dispute{},

	wire.TypeWelcome: wire.Welcome{}, wire.TypeEvaluating: wire.Evaluating{}, wire.TypePartial: wire.Partial{}, wire.TypeAck: wire.Ack{},
	wire.TypeTimer: wire.Timer{}, wire.TypePong: nil, wire.TypeError: wire.Error{}, wire.TypeBye: wire.Bye{},
}

// events are the data of every event.
var events = []session.EventData{
	session.Created{},
	session.Started{},
	session.StateChanged{},
	session.QuestionAsked{},
	session.AnswerAccepted{},
	session.TurnSkipped{},
	session.HintGiven{},
	session.PausedEvent{},
	session.Resumed{},
	session.Retried{},
	session.EvaluatorChanged{},
	session.Judged{},
	session.JudgingFailed{},
	session.QuestionOver{},
	session.Completed{},
	session.Marked{},
	session.Disputed{},
	session.Regraded{},
}

// bodies are what plain HTTP carries besides.
var bodies = []any{
	wire.WhoAmI{}, wire.Banks{}, wire.Questions{}, wire.Attempts{}, wire.Interviews{}, wire.Invitations{}, wire.Events{}, session.Snapshot{}, session.Report{},
}

// changes are the messages that need an id.
func changes(kind string) bool {
	return kind == wire.TypeCreate || kind == wire.TypeDraft || session.CommandType(kind).OfPeople()
}

// special maps the types whose JSON on the wire is not that of their fields.
func special(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[wire.Secret]():
		return &jsonschema.Schema{Type: "string", Description: "The secret of a token."}
	case reflect.TypeFor[wire.Level]():
		return &jsonschema.Schema{Description: `1 to 5, or a range such as "2..4".`, OneOf: []*jsonschema.Schema{
			{Type: "integer", Minimum: "1", Maximum: "5"}, {Type: "string", Pattern: `^([1-5](\.\.[1-5])?)?$`},
		}}
	case reflect.TypeFor[wire.CloseCode]():
		return &jsonschema.Schema{Type: "integer", Minimum: "1000", Maximum: "4999"}
	case reflect.TypeFor[wire.Code]():
		var all []any
		for _, c := range wire.Codes() {
			all = append(all, c)
		}
		return &jsonschema.Schema{Type: "string", Enum: all}
	case reflect.TypeFor[session.Event]():
		return &jsonschema.Schema{Ref: "#/$defs/Event"}
	}
	return schematest.Special(t)
}

// schemas makes every definition from the Go types and their comments.
func schemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	r := &jsonschema.Reflector{Mapper: special, Anonymous: true, AllowAdditionalProperties: true}
	for _, dir := range []string{".", "../session", "../rubric"} {
		if err := r.AddGoComments("github.com/elios/elios/internal/wire", dir); err != nil {
			t.Fatal(err)
		}
	}
	defs := map[string]*jsonschema.Schema{}
	add := func(v any) string {
		s := r.Reflect(v)
		for name, d := range s.Definitions {
			if old := defs[name]; old != nil && !reflect.DeepEqual(old, d) {
				t.Fatalf("two types are called %s", name)
			}
			defs[name] = d
		}
		return s.Ref
	}
	var kinds []any
	for _, e := range events {
		kind := string(e.EventType())
		kinds = append(kinds, kind)
		defs["event_"+kind] = envelope(kind, add(e), "seq", "at", "data")
	}
	for kind, data := range payloads {
		need := []string{}
		if changes(kind) {
			need = append(need, "id")
		}
		if data == nil {
			defs["message_"+kind] = envelope(kind, "", need...)
			continue
		}
		if kind != wire.TypeHello && kind != wire.TypeCreate {
			need = append(need, "data")
		}
		defs["message_"+kind] = envelope(kind, add(data), need...)
	}
	for _, b := range bodies {
		add(b)
	}
	defs["Event"] = anyEvent(kinds)
	defs["Problem"] = problemSchema(defs["Error"])
	return defs
}

// envelope is the schema of a message of a type.
func envelope(kind, data string, need ...string) *jsonschema.Schema {
	p := jsonschema.NewProperties()
	p.Set("type", &jsonschema.Schema{Const: kind})
	p.Set("id", &jsonschema.Schema{Type: "string", MaxLength: maxLength()})
	p.Set("re", &jsonschema.Schema{Type: "string", MaxLength: maxLength(), Description: "The id this answers."})
	if slices.Contains(need, "seq") {
		p.Set("seq", &jsonschema.Schema{Type: "integer", Minimum: "1"})
		p.Set("at", &jsonschema.Schema{Type: "string", Format: "date-time"})
	}
	switch data {
	case "":
		p.Set("data", &jsonschema.Schema{Type: "object"})
	default:
		p.Set("data", &jsonschema.Schema{Ref: data})
	}
	return &jsonschema.Schema{Type: "object", Properties: p, Required: append([]string{"type"}, need...)}
}

func maxLength() *uint64 {
	n := uint64(wire.MaxID)
	return &n
}

// anyEvent is the schema of an event of whatever type.
func anyEvent(kinds []any) *jsonschema.Schema {
	s := &jsonschema.Schema{Description: "An event in its one JSON form."}
	for _, k := range kinds {
		s.OneOf = append(s.OneOf, &jsonschema.Schema{Ref: "#/$defs/event_" + k.(string)})
	}
	return s
}

// problemSchema is problem details (RFC 9457) with the fields of an error.
func problemSchema(e *jsonschema.Schema) *jsonschema.Schema {
	p := jsonschema.NewProperties()
	for _, name := range []string{"type", "title", "detail"} {
		p.Set(name, &jsonschema.Schema{Type: "string"})
	}
	p.Set("status", &jsonschema.Schema{Type: "integer"})
	for pair := e.Properties.Oldest(); pair != nil; pair = pair.Next() {
		p.Set(pair.Key, pair.Value)
	}
	return &jsonschema.Schema{
		Type: "object", Properties: p, Description: "Problem details (RFC 9457) with the fields of an error.",
		Required: append([]string{"type", "title", "status", "detail"}, e.Required...),
	}
}

func TestSchemasAreCurrent(t *testing.T) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": schemas(t)})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemasFile, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(schemasFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(got)); diff != "" {
		t.Errorf("the schemas are not those of the Go types; run go generate ./api\n%s", diff)
	}
}
