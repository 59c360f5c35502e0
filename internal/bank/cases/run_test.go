package cases

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// results sums the cases up as question/case: passed/runs and what did not fit.
func results(r *Report) string {
	var out []string
	for _, s := range r.Suites {
		for _, c := range s.Cases {
			line := fmt.Sprintf("%s/%s %d/%d %t", c.Question, c.Case, c.Passed, c.Runs, c.OK)
			for _, m := range c.Mismatches {
				line += " " + m.Title()
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestRunThroughTheMachine(t *testing.T) {
	r := runFlow(t, by(literal{}), Options{})
	want := `backpressure/ideal 1/1 true
backpressure/half 1/1 true
backpressure/dont-know 1/1 true
conflict/say 1/1 true`
	if got := results(r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	half := r.Suites[0].Cases[1]
	if f := half.Outcome.FollowUps; len(f) == 0 || f[0].ID != "fu-drop" || f[0].Origin != session.FromAuthor {
		t.Errorf("follow-ups %v", f)
	}
	if v := half.Outcome.Verdicts[2]; v.Point != "drop" || len(v.Evidence) != 1 || v.Evidence[0].Answer != 2 {
		t.Errorf("the second answer is not the evidence: %+v", v)
	}
}

func TestAnswersNobodyAskedFor(t *testing.T) {
	b := parsed(t, strings.Replace(flow, "answer: $ideal, expect", "answer: $ideal, answers: [More., Even more.], expect", 1))
	r, err := Run(t.Context(), []*bank.Bank{b}, by(literal{}), different{}, Options{Case: "ideal"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := results(r), "backpressure/ideal 0/1 false answers"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOnlyOneQuestionOrCase(t *testing.T) {
	if got, want := results(runFlow(t, by(literal{}), Options{Question: "conflict"})), "conflict/say 1/1 true"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := results(runFlow(t, by(literal{}), Options{Case: "half"})), "backpressure/half 1/1 true"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A model runs as often as the bank says, and a share of the runs must pass.
func TestPassRate(t *testing.T) {
	for _, tc := range []struct {
		every int64
		o     Options
		want  string
	}{
		{4, Options{Case: "ideal"}, "backpressure/ideal 3/4 true score missed slow missed bounded missed drop"},
		{2, Options{Case: "ideal"}, "backpressure/ideal 2/4 false score missed slow missed bounded missed drop"},
		{2, Options{Case: "ideal", Repeat: 10, PassRate: 0.5}, "backpressure/ideal 5/10 true score missed slow missed bounded missed drop"},
		{1, Options{Case: "ideal", Repeat: 2, PassRate: 0.01}, "backpressure/ideal 0/2 false score missed slow missed bounded missed drop"},
	} {
		ev := Evaluator{Evaluator: moody{every: tc.every, calls: &atomic.Int64{}}, Name: "moody", Model: true}
		if got := results(runFlow(t, []Evaluator{ev}, tc.o)); got != tc.want {
			t.Errorf("every %d: got %s, want %s", tc.every, got, tc.want)
		}
	}
}

func TestNeeded(t *testing.T) {
	for _, tc := range []struct {
		n    int
		rate float64
		want int
	}{{5, 0.8, 4}, {1, 0.8, 1}, {10, 0.81, 9}, {3, 0, 1}, {3, 1, 3}, {7, 0.3, 3}} {
		if got := needed(tc.n, tc.rate); got != tc.want {
			t.Errorf("needed(%d, %g) = %d, want %d", tc.n, tc.rate, got, tc.want)
		}
	}
}

// What cannot be asked is skipped, and neither passed nor failed.
func TestUnavailableIsSkipped(t *testing.T) {
	gone := failing{err: session.Errorf(session.Unavailable, "connection refused")}
	for name, e := range map[string]Evaluator{
		"before": {Name: "ollama", Model: true, Missing: "not there"},
		"within": {Evaluator: gone, Name: "ollama"},
	} {
		c := runFlow(t, []Evaluator{e}, Options{Metamorphic: true}).Counts()
		if c.Skipped < 4 || c.Failed > 0 || c.FailedChecks > 0 {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestFailedEvaluationIsAFailure(t *testing.T) {
	r := runFlow(t, by(failing{err: errors.New("no JSON")}), Options{Case: "half"})
	if got, want := results(r), "backpressure/half 0/1 false evaluation"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	o := Options{Metamorphic: true, Progress: func(n, _ int) {
		done = n
		cancel()
	}}
	_, err := Run(ctx, []*bank.Bank{parsed(t, flow)}, by(literal{}), different{}, o)
	if !errors.Is(err, context.Canceled) || done == 0 {
		t.Errorf("%d done: %v", done, err)
	}
}

// The order of work on many processors never shows in a report.
func TestSameReportWithAnyWorkers(t *testing.T) {
	var first string
	for _, n := range []int{1, 2, 8} {
		r := runFlow(t, by(literal{}), Options{Metamorphic: true, Workers: n})
		r.Elapsed = 0
		for i := range r.Suites {
			r.Suites[i].Elapsed = 0
			for j := range r.Suites[i].Cases {
				r.Suites[i].Cases[j].Elapsed = 0
			}
		}
		var b strings.Builder
		if err := r.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = b.String()
		}
		if b.String() != first {
			t.Errorf("%d workers give another report", n)
		}
	}
}

func TestPointsAreCounted(t *testing.T) {
	s := runFlow(t, by(gullible{}), Options{}).Suites[0]
	got := fmt.Sprint(s.Points)
	want := "[{backpressure slow 3 1} {backpressure bounded 3 2} {backpressure drop 3 1} {conflict result 1 0}]"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWarnings(t *testing.T) {
	poor := strings.Replace(flow, "language: en", "language: de", 1)
	poor = strings.Replace(poor, `, say: "In the end I settled it, and we shipped two weeks early."`, "", 1)
	poor = poor[:strings.Index(poor, "    cases:\n      - {id: say")]
	poor = strings.Replace(poor, "expect: {score: \">=95\", missed: []}", "expect: {score: \">=95\"}", 1)
	poor = strings.Replace(poor, "expect: {score: 0, met: []}", "expect: {score: 0}", 1)
	poor = strings.Replace(poor, "missed: [bounded], ", "", 1)
	r, err := Run(t.Context(), []*bank.Bank{parsed(t, poor)}, by(literal{}), different{}, Options{Metamorphic: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []Warning{
		{"", "metamorphic checks are made of English sentences; the bank's language is de"},
		{"backpressure", "no case expects anything of bounded"},
		{"conflict", "the question has no case"},
		{"conflict", "result has no say sentence, so no check is made of it"},
	}
	if got := r.Suites[0].Warnings; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if n := len(r.Suites[0].Checks); n > 0 {
		t.Errorf("%d checks of a bank in German", n)
	}
}
