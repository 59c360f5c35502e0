package lint_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank/lint"
)

// sample is a report with an error without a line, and a warning with hostile
// words.
func sample() lint.Report {
	return lint.NewReport(2, []lint.Finding{
		{File: "a,b:c.yaml", Rule: "format", Severity: lint.Error, Message: "100% wrong", Mend: "Mend it."},
		{File: "dir/b c.yaml", Line: 3, Column: 7, Path: "title", Rule: "no-say", Severity: lint.Warning, Message: "none", Mend: "Say it."},
	})
}

func written(t *testing.T, r lint.Report, format string) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b, format); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportAsText(t *testing.T) {
	want := "a,b:c.yaml: error: 100% wrong [format]\n    Mend it.\n" +
		"dir/b c.yaml:3:7: warning: none [no-say]\n    Say it.\n1 error, 1 warning in 2 banks.\n"
	if got := written(t, sample(), "text"); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := written(t, lint.NewReport(1, nil), "text"); got != "Clean: 1 bank.\n" {
		t.Errorf("got %q", got)
	}
}

func TestReportAsWorkflowCommands(t *testing.T) {
	want := "::error file=a%2Cb%3Ac.yaml,title=format::100%25 wrong%0AMend it.\n" +
		"::warning file=dir/b c.yaml,line=3,col=7,title=no-say::none%0ASay it.\n"
	if got := written(t, sample(), "github"); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestReportAsJSON(t *testing.T) {
	var got struct {
		Banks, Errors, Warnings int
		Findings                []map[string]any
	}
	if err := json.Unmarshal([]byte(written(t, sample(), "json")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Banks != 2 || got.Errors != 1 || got.Warnings != 1 || len(got.Findings) != 2 {
		t.Errorf("%+v", got)
	}
	for _, key := range []string{"file", "line", "column", "path", "rule", "severity", "message", "mend", "fixable"} {
		if _, ok := got.Findings[1][key]; !ok {
			t.Errorf("no key %s in %v", key, got.Findings[1])
		}
	}
	if s := written(t, lint.NewReport(1, nil), "json"); !strings.Contains(s, `"findings": []`) {
		t.Errorf("no findings are %s", s)
	}
}

// TestReportAsSARIF checks what the standard asks of a log (§3.13 to §3.30):
// the version, a driver with a name, rules that results refer to by id and
// index, levels it knows, and lines and columns from 1.
func TestReportAsSARIF(t *testing.T) {
	var log struct {
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(written(t, sample(), "sarif")), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Tool.Driver.Name == "" || log.Runs[0].ColumnKind != "unicodeCodePoints" {
		t.Fatalf("%+v", log)
	}
	run := log.Runs[0]
	if len(run.Results) != 2 || len(run.Tool.Driver.Rules) != len(lint.Rules()) {
		t.Fatalf("%d results, %d rules", len(run.Results), len(run.Tool.Driver.Rules))
	}
	for i, want := range []struct{ rule, level, uri string }{{"format", "error", "./a,b:c.yaml"}, {"no-say", "warning", "dir/b%20c.yaml"}} {
		r := run.Results[i]
		at := r.Locations[0].PhysicalLocation
		if r.RuleID != want.rule || run.Tool.Driver.Rules[r.RuleIndex].ID != want.rule || r.Level != want.level || r.Message.Text == "" || at.ArtifactLocation.URI != want.uri {
			t.Errorf("result %d: %+v", i, r)
		}
		if (at.Region != nil) != (i == 1) || at.Region != nil && (at.Region.StartLine != 3 || at.Region.StartColumn != 7) {
			t.Errorf("result %d is at %+v", i, at.Region)
		}
	}
	if s := written(t, lint.NewReport(1, nil), "sarif"); !strings.Contains(s, `"results": []`) {
		t.Error("a clean run has no results")
	}
}

func TestReportInAnUnknownFormat(t *testing.T) {
	if err := sample().Write(&strings.Builder{}, "xml"); err == nil || !strings.Contains(err.Error(), "sarif") {
		t.Errorf("%v", err)
	}
}
