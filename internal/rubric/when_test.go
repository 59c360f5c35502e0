package rubric_test

import (
	"reflect"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

func TestWhenTable(t *testing.T) {
	verdicts := []rubric.Verdict{v("met", rubric.Met), v("half", rubric.Partial), v("gone", rubric.Missed), v("wrong", rubric.Contradicted), v("open", rubric.CannotAssess), {Point: "foreign", Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}}
	score := rubric.Score{Value: 50, Judged: true}
	for _, tc := range []struct {
		name  string
		when  rubric.When
		holds bool
		gap   bool // needs one
	}{
		{"empty", rubric.When{}, true, false},
		{"missed", rubric.When{Missed: []string{"gone", "half", "wrong", "open"}}, true, true},
		{"missed, but met", rubric.When{Missed: []string{"gone", "met"}}, false, true},
		{"missed, but foreign", rubric.When{Missed: []string{"foreign"}}, false, true},
		{"missed, but unknown", rubric.When{Missed: []string{"stranger"}}, false, true},
		{"met", rubric.When{Met: []string{"met"}}, true, false},
		{"met, but partial", rubric.When{Met: []string{"half"}}, false, false},
		{"met, but not assessed", rubric.When{Met: []string{"foreign"}}, false, false},
		{"contradicted", rubric.When{Contradicted: []string{"wrong"}}, true, true},
		{"contradicted, but missed", rubric.When{Contradicted: []string{"gone"}}, false, true},
		{"score", rubric.When{Score: mustBound(t, ">=50")}, true, false},
		{"score too low", rubric.When{Score: mustBound(t, ">50")}, false, false},
		{"score below", rubric.When{Score: mustBound(t, "<=50")}, true, true},
		{"score between", rubric.When{Score: mustBound(t, "40..60")}, true, true},
		{"all of it", rubric.When{Missed: []string{"gone"}, Met: []string{"met"}, Contradicted: []string{"wrong"}, Score: mustBound(t, "50")}, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.when.Holds(verdicts, score); got != tc.holds {
				t.Errorf("holds: %v", got)
			}
			if got := tc.when.NeedsGap(); got != tc.gap {
				t.Errorf("needs a gap: %v", got)
			}
			if tc.when.IsZero() != (tc.name == "empty") {
				t.Error("IsZero")
			}
		})
	}
	if (rubric.When{Score: mustBound(t, ">=0")}).Holds(verdicts, rubric.Score{}) {
		t.Error("a score that does not exist holds")
	}
}

func TestStretchAndTargets(t *testing.T) {
	for _, tc := range []struct {
		name    string
		f       rubric.FollowUp
		stretch bool
		targets []string
	}{
		{"no condition", rubric.FollowUp{}, true, nil},
		{"met only", rubric.FollowUp{When: rubric.When{Met: []string{"a"}}}, true, nil},
		{"covers", rubric.FollowUp{Covers: []string{"b"}}, false, []string{"b"}},
		{"gaps", rubric.FollowUp{When: rubric.When{Missed: []string{"a"}, Contradicted: []string{"b"}}}, false, []string{"a", "b"}},
		{"covers go first", rubric.FollowUp{When: rubric.When{Missed: []string{"a"}}, Covers: []string{"b"}}, false, []string{"b"}},
	} {
		if tc.f.Stretch() != tc.stretch || !reflect.DeepEqual(tc.f.Targets(), tc.targets) {
			t.Errorf("%s: stretch %v, targets %v", tc.name, tc.f.Stretch(), tc.f.Targets())
		}
	}
}
