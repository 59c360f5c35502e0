package cases

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func written(tb testing.TB, b Baseline) string {
	tb.Helper()
	var s strings.Builder
	if err := b.Write(&s); err != nil {
		tb.Fatal(err)
	}
	return s.String()
}

func TestBaselineIsStableAndReadBack(t *testing.T) {
	one := NewBaseline(runFlow(t, by(literal{}), Options{Workers: 1}))
	two := NewBaseline(runFlow(t, by(literal{}), Options{Workers: 8}))
	if diff := cmp.Diff(written(t, one), written(t, two)); diff != "" {
		t.Error(diff)
	}
	back, err := ReadBaseline([]byte(written(t, one)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one, back); diff != "" {
		t.Error(diff)
	}
	if s := back.Suites[0]; s.Version != "1.2.0" || len(s.Hash) != 64 || s.Evaluator.Name != "literal" || len(s.Cases) != 4 {
		t.Errorf("%+v", s)
	}
	if c := Compare(back, runFlow(t, by(literal{}), Options{})); len(c.Regressions)+len(c.Changes)+len(c.Notes) > 0 {
		t.Errorf("the same run differs: %+v", c)
	}
}

func TestReadBaselineRefuses(t *testing.T) {
	for _, s := range []string{"", "{}", `{"elios":"baseline/v2","suites":[]}`, `{"elios":"baseline/v1","sweets":[]}`, "[1]"} {
		if b, err := ReadBaseline([]byte(s)); err == nil {
			t.Errorf("%q is taken for %+v", s, b)
		}
	}
}

func TestReplaceKeepsOthers(t *testing.T) {
	old := NewBaseline(runFlow(t, by(literal{}), Options{}))
	old.Suites[0].Bank = "another"
	now := NewBaseline(runFlow(t, by(literal{}), Options{Case: "half"}))
	got := old.Replace(now)
	if len(got.Suites) != 2 || got.Suites[0].Bank != "another" || got.Suites[1].Bank != "flow" {
		t.Errorf("%+v", got)
	}
	if again := got.Replace(now); len(again.Suites) != 2 {
		t.Errorf("%d suites", len(again.Suites))
	}
}

func score(v float64) *float64 { return &v }

func TestRegressions(t *testing.T) {
	type state struct {
		ok     bool
		passed int
		score  *float64
	}
	for _, tc := range []struct {
		name        string
		before, now state
		aim         Aim
		tolerance   float64
		want        string // worse, other or same
	}{
		{"same", state{true, 1, score(90)}, state{true, 1, score(90)}, High, 0, "same"},
		{"passed, fails now", state{true, 1, score(90)}, state{false, 0, score(89)}, High, 0, "worse"},
		{"still fails as often", state{false, 1, score(50)}, state{false, 1, score(48)}, High, 0, "other"},
		{"fails more often", state{false, 2, score(50)}, state{false, 1, score(50)}, High, 0, "worse"},
		{"lower within five points", state{true, 1, score(90)}, state{true, 1, score(85)}, High, 0, "other"},
		{"lower by more", state{true, 1, score(90)}, state{true, 1, score(84)}, High, 0, "worse"},
		{"lower within the tolerance", state{true, 1, score(90)}, state{true, 1, score(82)}, High, 8, "other"},
		{"lower where low is wanted", state{true, 1, score(30)}, state{true, 1, score(10)}, Low, 0, "other"},
		{"higher where low is wanted", state{true, 1, score(10)}, state{true, 1, score(30)}, Low, 0, "worse"},
		{"higher where high is wanted", state{true, 1, score(80)}, state{true, 1, score(100)}, High, 0, "other"},
		{"within bounds", state{true, 1, score(60)}, state{true, 1, score(45)}, Within, 0, "other"},
		{"no score any more", state{true, 1, score(90)}, state{true, 1, nil}, High, 0, "worse"},
		{"a score at last", state{true, 1, nil}, state{true, 1, score(90)}, High, 0, "other"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := Baseline{Suites: []BaselineSuite{{Bank: "b", Cases: []BaselineCase{{
				Question: "q", Case: "c", OK: tc.before.ok, Passed: tc.before.passed, Runs: 3, Score: tc.before.score,
			}}}}}
			r := &Report{Suites: []Suite{{Cases: []CaseResult{{
				Question: "q", Case: "c", OK: tc.now.ok, Passed: tc.now.passed, Runs: 3, Outcome: OutcomeReport{Score: tc.now.score},
				Aim: tc.aim, Tolerance: tc.tolerance,
			}}}}}
			r.Suites[0].Bank.ID = "b"
			c := Compare(before, r)
			got := "same"
			switch {
			case len(c.Regressions) > 0:
				got = "worse"
			case len(c.Changes) > 0:
				got = "other"
			}
			if got != tc.want {
				t.Errorf("%s, want %s: %+v", got, tc.want, c)
			}
		})
	}
}

func TestAim(t *testing.T) {
	b := parsed(t, flow)
	for id, want := range map[string]Aim{"ideal": High, "half": Within, "dont-know": Low} {
		for _, c := range b.Question("backpressure").Cases {
			if c.ID == id && aimOf(c.Expect) != want {
				t.Errorf("%s aims at %d, want %d", id, aimOf(c.Expect), want)
			}
		}
	}
}

func TestComparisonSaysWhatIsNotComparable(t *testing.T) {
	r := runFlow(t, by(literal{}), Options{})
	old := NewBaseline(r)
	old.Suites[0].Hash, old.Suites[0].Evaluator.Version = "0", "0"
	old.Suites[0].Cases = old.Suites[0].Cases[1:]
	old.Suites[0].Cases[0].Verdicts["slow"] = "missed"
	want := `other  flow#backpressure/half: slow missed, now met
note   flow: the baseline is of evaluator 0, this is 1
note   flow: the bank has changed since its baseline (version 1.2.0, now 1.2.0)
note   flow#backpressure/ideal is not in the baseline
Against the baseline: 0 regressions, 1 other change.
`
	if diff := cmp.Diff(want, Compare(old, r).String()); diff != "" {
		t.Error(diff)
	}
	if c := Compare(Baseline{}, r); fmt.Sprint(c.Notes) != "[flow by literal is not in the baseline]" {
		t.Errorf("%v", c.Notes)
	}
}

// FuzzReadBaseline looks for files that are taken for a baseline and cannot be
// written again, or break a comparison.
func FuzzReadBaseline(f *testing.F) {
	r := runFlow(f, by(literal{}), Options{})
	f.Add([]byte(written(f, NewBaseline(r))))
	f.Add([]byte(`{"elios":"baseline/v1","suites":[{"bank":"flow","evaluator":{"name":"literal"},"cases":[{"question":"conflict","case":"say","runs":0,"passed":-1}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadBaseline(data)
		if err != nil {
			return
		}
		back, err := ReadBaseline([]byte(written(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		if written(t, back) != written(t, b) {
			t.Fatalf("%q is read back differently", data)
		}
		if s := Compare(b, r).String(); strings.ContainsRune(s, '\x1b') {
			t.Fatalf("%q", s)
		}
	})
}
