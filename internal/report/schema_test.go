package report

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

const schemaFile = "schema/report-v1.schema.json"

// words are the types that are one of a few words.
var words = map[reflect.Type][]any{
	reflect.TypeFor[rubric.Status]():     {rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess},
	reflect.TypeFor[rubric.Band]():       {rubric.Poor, rubric.Mixed, rubric.Good, rubric.Excellent},
	reflect.TypeFor[rubric.Confidence](): {rubric.High, rubric.Medium, rubric.Low},
	reflect.TypeFor[rubric.Type]():       {rubric.Open, rubric.CodeReading, rubric.Behavioral},
	reflect.TypeFor[session.Mode]():      {session.Practice, session.Exam},
	reflect.TypeFor[session.State]():     {session.Idle, session.Questioning, session.FollowUp, session.Evaluating, session.Complete},
	reflect.TypeFor[session.Outcome]():   {session.Finished, session.Ended, session.Expired},
	reflect.TypeFor[session.TurnKind]():  {session.MainTurn, session.FollowUpTurn},
	reflect.TypeFor[session.Origin]():    {session.FromAuthor, session.FromModel, session.FromProbe},
}

// special maps the types of which JSON shows something else than Go.
func special(t reflect.Type) *jsonschema.Schema {
	if enum := words[t]; enum != nil {
		return &jsonschema.Schema{Type: "string", Enum: enum}
	}
	switch t {
	case reflect.TypeFor[time.Duration]():
		return &jsonschema.Schema{Type: "integer", Description: "Nanoseconds."}
	case reflect.TypeFor[map[int]string]():
		return &jsonschema.Schema{
			Type: "object", AdditionalProperties: jsonschema.FalseSchema,
			PatternProperties: map[string]*jsonschema.Schema{"^[0-5]$": {Type: "string"}},
		}
	}
	return nil
}

// generate makes the schema from the Go types and their comments.
func generate(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Mapper: special, Anonymous: true, ExpandedStruct: true, AllowAdditionalProperties: true}
	for _, dir := range []string{".", "../session", "../rubric"} {
		if err := r.AddGoComments("github.com/elios/elios/internal/report", dir); err != nil {
			t.Fatal(err)
		}
	}
	s := r.Reflect(&Document{})
	s.ID = "https://github.com/elios/elios/blob/main/internal/report/schema/report-v1.schema.json"
	s.Title = "elios interview report, " + Version
	elios, _ := s.Properties.Get("elios")
	elios.Const = Version
	for _, name := range []string{"score", "upper", "unprompted"} {
		p, _ := s.Properties.Get(name)
		p.Minimum, p.Maximum = "0", "100"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSchemaIsCurrent(t *testing.T) {
	want := generate(t)
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the schema is not that of the Go types; run go generate ./internal/report\n%s", diff)
	}
	if !strings.Contains(string(got), "https://json-schema.org/draft/2020-12/schema") {
		t.Error("the schema does not name its draft")
	}
}
