package bank

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"

	"github.com/elios/elios/internal/rubric"
)

var update = flag.Bool("update", false, "rewrite the committed JSON Schema")

const boundRegexp = `^\s*((>=|<=|>|<)\s*)?[0-9]+(\.[0-9]+)?\s*$|^\s*[0-9]+(\.[0-9]+)?\s*\.\.\s*[0-9]+(\.[0-9]+)?\s*$`

// generate makes the schema from the Go types and the tables of keys_test.go.
func generate(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{FieldNameTag: "yaml", Mapper: special, LookupComment: comment, Anonymous: true, ExpandedStruct: true}
	s := r.Reflect(&Bank{})
	s.ID = "https://github.com/elios/elios/raw/main/internal/bank/schema/bank-v1.schema.json"
	s.Title = "elios question bank, bank/v1"
	adjust("Bank", s)
	for name, def := range s.Definitions {
		adjust(name, def)
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

// special maps the types that read themselves from a text.
func special(t reflect.Type) *jsonschema.Schema {
	switch t {
	case boundType:
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
			{Type: "number", Minimum: "0", Maximum: "100"},
			{Type: "string", Pattern: boundRegexp},
		}}
	case durationType:
		return &jsonschema.Schema{Type: "string", Pattern: `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$`}
	case reflect.TypeFor[rubric.Type]():
		return &jsonschema.Schema{Type: "string", Enum: []any{"open", "code-reading", "behavioral"}}
	case reflect.TypeFor[map[int]string]():
		return &jsonschema.Schema{
			Type: "object", MinProperties: count(1), AdditionalProperties: jsonschema.FalseSchema,
			PatternProperties: map[string]*jsonschema.Schema{"^[0-5]$": {Type: "string", MinLength: count(1), MaxLength: count(MaxText)}},
		}
	}
	return nil
}

func count(n uint64) *uint64 { return &n }

// comment gives the description of a key.
func comment(t reflect.Type, goField string) string {
	if t.Kind() != reflect.Struct || goField == "" {
		return ""
	}
	f, _ := t.FieldByName(goField)
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return keys[t.Name()+"."+name]
}

// adjust adds to one type's schema what Go types cannot say.
func adjust(name string, s *jsonschema.Schema) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		texts(p.Value)
		if set := constraints[name+"."+p.Key]; set != nil {
			set(p.Value)
		}
	}
	switch name {
	case "Match":
		s.MinProperties, s.MaxProperties = count(1), count(1)
	case "Expect":
		s.MinProperties = count(1)
	case "Question":
		s.If = &jsonschema.Schema{Properties: jsonschema.NewProperties()}
		s.If.Properties.Set("type", &jsonschema.Schema{Const: "behavioral"})
		s.Then = either("dimensions", "key_points")
		s.Else = either("key_points", "dimensions")
	}
}

// either requires one key and forbids another.
func either(wanted, unwanted string) *jsonschema.Schema {
	return &jsonschema.Schema{
		Required: []string{wanted},
		Not:      &jsonschema.Schema{Required: []string{unwanted}},
	}
}

// texts makes every text non-empty and bounded.
func texts(s *jsonschema.Schema) {
	for ; s != nil; s = s.Items {
		if s.Type == "string" && s.Pattern == "" && len(s.Enum) == 0 {
			s.MinLength, s.MaxLength = count(1), count(MaxText)
		}
	}
}

const schemaFile = "schema/bank-v1.schema.json"

func TestSchemaIsCurrent(t *testing.T) {
	want := generate(t)
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the schema is not that of the Go types; run go generate ./internal/bank\n%s", diff)
	}
}

// typeKeys lists "Type.key" for every key of the format.
func typeKeys() []string {
	var out []string
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] || t == boundType {
			return
		}
		seen[t] = true
		for _, f := range fieldsOf(t) {
			out = append(out, t.Name()+"."+f.name)
			visit(t.FieldByIndex(f.index).Type)
		}
	}
	visit(reflect.TypeFor[Bank]())
	slices.Sort(out)
	return out
}

func TestEveryKeyIsDescribed(t *testing.T) {
	known := typeKeys()
	for _, k := range known {
		if keys[k] == "" {
			t.Errorf("keys_test.go: %s has no description", k)
		}
	}
	for k := range keys {
		if !slices.Contains(known, k) {
			t.Errorf("keys_test.go: there is no key %s", k)
		}
	}
	for k := range constraints {
		if !slices.Contains(known, k) {
			t.Errorf("keys_test.go: there is no key %s to constrain", k)
		}
	}
}

func TestEveryKeyIsOnThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/bank-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range typeKeys() {
		_, name, _ := strings.Cut(k, ".")
		if !bytes.Contains(page, []byte("| `"+name+"` |")) {
			t.Errorf("docs/bank-format.md has no row for %s", k)
		}
	}
}
