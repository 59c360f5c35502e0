// Package schematest says how the types of package session look as JSON Schema,
// for the tests that keep published schemas in step with the Go types.
package schematest

import (
	"reflect"
	"time"

	"github.com/invopop/jsonschema"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

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
	reflect.TypeFor[session.Scope]():     {session.CandidateScope, session.ObserverScope, session.HostScope},
}

// Special maps the types of which JSON shows something else than Go.
func Special(t reflect.Type) *jsonschema.Schema {
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

// Words are what a type of a few words may be, nil for any other type.
func Words(t reflect.Type) []any { return words[t] }
