package report

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func render(t testing.TB, r session.Report, format string) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, r, sampleAbout, format); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, f := range Formats() {
		golden(t, "sample."+f, render(t, sample(), f))
	}
}

func TestGoldenNothingJudged(t *testing.T) {
	r := session.Report{Interview: session.Summary{
		ID: "1", Bank: session.BankRef{ID: "go-core", Version: "1.0.0"}, Questions: 2, CreatedAt: day, Outcome: session.Expired,
	}}
	for _, f := range []string{"md", "txt"} {
		golden(t, "empty."+f, render(t, r, f))
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Write(&strings.Builder{}, sample(), About{}, "pdf")
	if session.KindOf(err) != session.Invalid {
		t.Fatalf("kind %v", session.KindOf(err))
	}
	for _, f := range Formats() {
		if !strings.Contains(err.Error(), f) {
			t.Errorf("%q does not name %s", err, f)
		}
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestWriterErrors(t *testing.T) {
	for _, f := range Formats() {
		if err := Write(brokenWriter{}, sample(), About{}, f); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestJSONKeepsTheData(t *testing.T) {
	r := sample()
	r.Questions[0].Turns[0].Answer = "bidi \u202e, c1 \u009b\"31m, tag \U000e0041"
	got := render(t, r, "json")
	if strings.ContainsAny(got, "\u202e\u009b\U000e0041") {
		t.Error("control and format characters are written raw")
	}
	var back session.Report
	if err := json.Unmarshal([]byte(got), &back); err != nil {
		t.Fatal(err)
	}
	if back.Questions[0].Turns[0].Answer != r.Questions[0].Turns[0].Answer {
		t.Errorf("the answer changed: %q", back.Questions[0].Turns[0].Answer)
	}
}

func TestJSONError(t *testing.T) {
	r := sample()
	zero := 0.0
	r.Score /= zero
	if err := JSON(&strings.Builder{}, r, About{}); err == nil {
		t.Error("an infinite score was written")
	}
}

func TestOpenQuestionsShowNoPoints(t *testing.T) {
	r := sample()
	r.Questions = []session.QuestionReport{open()}
	r.Questions[0].Result.Verdicts = []rubric.Verdict{{Point: "secret", Status: rubric.Missed}}
	for _, f := range []string{"md", "txt"} {
		got := render(t, r, f)
		if strings.Contains(got, "secret") || strings.Contains(got, "ey points") {
			t.Errorf("%s tells points of an open question:\n%s", f, got)
		}
		if !strings.Contains(got, "Question 5 is still open") {
			t.Errorf("%s does not say that it is open", f)
		}
	}
}
