package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// secrets are the words only a candidate of played_test.go said, and a path.
var secrets = []string{"zebra", "candidate/go.yaml", "/home/", "Ada", "Bo Example"}

func TestRedactLeavesNoWordOfTheCandidate(t *testing.T) {
	for name, r := range realReports(t) {
		before := render(t, r, "json")
		redacted := Redact(r)
		for _, f := range Formats() {
			got := render(t, redacted, f)
			for _, s := range secrets {
				if strings.Contains(strings.ToLower(got), strings.ToLower(s)) {
					t.Errorf("%s: %s still holds %q:\n%s", name, f, s, got)
				}
			}
		}
		if render(t, r, "json") != before {
			t.Errorf("%s: Redact changed the report handed in", name)
		}
	}
}

// The same words are there without --redact, or the test above shows nothing.
func TestWithoutRedactTheWordsAreThere(t *testing.T) {
	r := finished(t, session.Practice)
	for _, f := range Formats() {
		got := render(t, r, f)
		for _, s := range []string{"zebraone", "zebrathree", "zebrafive", "zebraseven"} {
			if !strings.Contains(got, s) {
				t.Errorf("%s lacks %q", f, s)
			}
		}
	}
}

func TestRedactLeavesNoTextOfTheSample(t *testing.T) {
	r := Redact(sample())
	for _, f := range Formats() {
		got := render(t, r, f)
		for _, s := range []string{"switch that case off", "It might panic", "It prints 3", "fmt.Println", "in other words", "ada", "Clear on the basics"} {
			if strings.Contains(got, s) {
				t.Errorf("%s still holds %q", f, s)
			}
		}
	}
}

func TestRedactKeepsTheScoreAndTheVerdicts(t *testing.T) {
	r := finished(t, session.Practice)
	got := Redact(r)
	if got.Score != r.Score || got.Upper != r.Upper || !got.Redacted || len(got.Questions) != len(r.Questions) {
		t.Errorf("%+v", got)
	}
	for i, q := range got.Questions {
		for j, p := range q.Reveal.Points {
			if was := r.Questions[i].Reveal.Points[j].Verdict; p.Verdict.Status != was.Status {
				t.Errorf("question %d, %s: %s became %s", i+1, p.ID, was.Status, p.Verdict.Status)
			}
		}
	}
	again, err := json.Marshal(Redact(got))
	if err != nil {
		t.Fatal(err)
	}
	once, err := json.Marshal(got)
	if err != nil || string(again) != string(once) {
		t.Errorf("redacting twice is not redacting once: %v", err)
	}
	for _, f := range []string{"md", "html", "txt"} {
		if s := render(t, got, f); !strings.Contains(s, "answers, quotes and names are left out") {
			t.Errorf("%s does not say that it is redacted", f)
		}
	}
}
