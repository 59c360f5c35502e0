package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/elios/elios/internal/session"
)

// validator compiles the committed schema.
func validator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func instance(t *testing.T, s string) map[string]any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

func TestReportsFitTheSchema(t *testing.T) {
	s := validator(t)
	for name, r := range realReports(t) {
		for _, r := range []session.Report{r, Redact(r)} {
			got := render(t, r, "json")
			if err := s.Validate(instance(t, got)); err != nil {
				t.Errorf("%s: %v\n%s", name, err, got)
			}
		}
	}
}

// What the interviews of played_test.go show is what the schema is tried on.
func TestRealReportsShowEverything(t *testing.T) {
	r := finished(t, session.Practice)
	all := render(t, r, "json")
	for _, key := range []string{"marks", "disputes", "misconceptions", "own", "hints_given", "skipped", "self_marked", "anchors", "references", "band"} {
		if !strings.Contains(all, `"`+key+`"`) {
			t.Errorf("the finished interview shows no %s", key)
		}
	}
}

func TestSchemaRefusesWhatIsNoReport(t *testing.T) {
	s := validator(t)
	for name, spoil := range map[string]func(map[string]any){
		"another version":  func(v map[string]any) { v["elios"] = "report/v2" },
		"no version":       func(v map[string]any) { delete(v, "elios") },
		"no questions":     func(v map[string]any) { delete(v, "questions") },
		"null questions":   func(v map[string]any) { v["questions"] = nil },
		"a text for score": func(v map[string]any) { v["score"] = "62" },
		"over 100":         func(v map[string]any) { v["score"] = json.Number("101") },
		"an unknown band":  func(v map[string]any) { v["band"] = "superb" },
	} {
		v := instance(t, render(t, finished(t, session.Practice), "json"))
		spoil(v)
		if err := s.Validate(v); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestJSONNamesItsVersion(t *testing.T) {
	got := render(t, sample(), "json")
	if !strings.HasPrefix(got, "{\n  \"elios\": \"report/v1\"") {
		t.Errorf("it begins %.60q", got)
	}
}
