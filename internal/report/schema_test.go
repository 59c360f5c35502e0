package report

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"

	"github.com/elios/elios/internal/session/schematest"
)

const schemaFile = "schema/report-v1.schema.json"

// generate makes the schema from the Go types and their comments.
func generate(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Mapper: schematest.Special, Anonymous: true, ExpandedStruct: true, AllowAdditionalProperties: true}
	for _, dir := range []string{".", "../session", "../rubric"} {
		if err := r.AddGoComments("github.com/elios/elios/internal/report", dir); err != nil {
			t.Fatal(err)
		}
	}
	s := r.Reflect(&Document{})
	s.ID = "https://github.com/elios/elios/raw/main/internal/report/schema/report-v1.schema.json"
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
