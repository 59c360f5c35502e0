package cases

import (
	"fmt"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// outcome has one point of each kind.
func outcome() Outcome {
	level := 2
	return Outcome{
		Score: rubric.Score{Value: 62, Upper: 81, Judged: true},
		Verdicts: []rubric.Verdict{
			{Point: "a", Status: rubric.Met},
			{Point: "b", Status: rubric.Partial},
			{Point: "c", Status: rubric.Contradicted},
			{Point: "d", Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage},
			{Point: "e", Status: rubric.Partial, Level: &level},
		},
		Held:      []rubric.Held{{ID: "m", Evidence: rubric.Evidence{Quote: "so wrong"}}, {ID: "n", Withdrawn: true}},
		FollowUps: []FollowUp{{ID: "fu-1", Origin: session.FromAuthor}, {Origin: session.FromProbe, Ask: "And why?"}},
	}
}

func bound(t *testing.T, s string) rubric.Bound {
	t.Helper()
	b, err := rubric.ParseBound(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCompare(t *testing.T) {
	for _, tc := range []struct {
		name      string
		expect    bank.Expect
		tolerance float64
		want      string
	}{
		{"nothing", bank.Expect{}, 0, ""},
		{"score holds", bank.Expect{Score: bound(t, "60..65")}, 0, ""},
		{"score too low", bank.Expect{Score: bound(t, ">=70")}, 0, "score: >=70, 62–81"},
		{"score within the tolerance", bank.Expect{Score: bound(t, ">=70")}, 8, ""},
		{"score too high", bank.Expect{Score: bound(t, "<=40")}, 5, "score: <=40, 62–81"},
		{"met", bank.Expect{Met: []string{"a"}}, 0, ""},
		{"partial is not met", bank.Expect{Met: []string{"a", "b"}}, 0, "met b: met, partial"},
		{"unknown point", bank.Expect{Met: []string{"z"}}, 0, "met z: met, no verdict"},
		{"none met", bank.Expect{Met: []string{}}, 0, "met a: not met, met"},
		{"missed", bank.Expect{Missed: []string{"b", "c", "e"}}, 0, ""},
		{"met is not missed", bank.Expect{Missed: []string{"a"}}, 0, "missed a: missed, met"},
		{"another language is no gap", bank.Expect{Missed: []string{"d"}}, 0, "missed d: missed, cannot assess (language)"},
		{"none missed", bank.Expect{Missed: []string{}}, 0, "missed b: not missed, partial | missed c: not missed, contradicted | missed e: not missed, level 2"},
		{"contradicted", bank.Expect{Contradicted: []string{"c"}}, 0, ""},
		{"partial is not contradicted", bank.Expect{Contradicted: []string{"b"}}, 0, "contradicted b: contradicted, partial"},
		{"none contradicted", bank.Expect{Contradicted: []string{}}, 0, "contradicted c: not contradicted, contradicted"},
		{"dimension", bank.Expect{Dimensions: map[string]rubric.Bound{"e": bound(t, "1..2")}}, 0, ""},
		{"dimension too low", bank.Expect{Dimensions: map[string]rubric.Bound{"e": bound(t, ">=3")}}, 0, "dimension e: level >=3, level 2"},
		{"point without a level", bank.Expect{Dimensions: map[string]rubric.Bound{"a": bound(t, ">=3")}}, 0, "dimension a: level >=3, met"},
		{"misconception", bank.Expect{Misconceptions: []string{"m"}}, 0, ""},
		{"withdrawn", bank.Expect{Misconceptions: []string{"n"}}, 0, "misconception n: held, not found"},
		{"no misconception", bank.Expect{Misconceptions: []string{}}, 0, `misconception m: not held, held: "so wrong"`},
		{"follow-up", bank.Expect{FollowUp: "fu-1"}, 0, ""},
		{"other follow-up", bank.Expect{FollowUp: "fu-2"}, 0, `follow-up: fu-2, fu-1, "And why?" (probe)`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, m := range compare(tc.expect, outcome(), tc.tolerance) {
				got = append(got, fmt.Sprintf("%s: %s, %s", m.Title(), m.Expected, m.Got))
			}
			if s := strings.Join(got, " | "); s != tc.want {
				t.Errorf("got  %s\nwant %s", s, tc.want)
			}
		})
	}
}

func TestCompareWithoutScoreOrFollowUp(t *testing.T) {
	got := compare(bank.Expect{Score: bound(t, "0"), FollowUp: "fu-1"}, Outcome{Unasked: 2}, 100)
	want := []Mismatch{
		{"score", "", "0", "no score"},
		{"follow_up", "fu-1", "fu-1", "none"},
		{"answers", "", "a follow-up for each answer", "2 too few"},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
