package rubric_test

import (
	"reflect"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

func TestMergeTable(t *testing.T) {
	const met, partial, missed, contra, open = rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess
	for _, tc := range []struct{ old, now, want rubric.Status }{
		{met, missed, met},
		{met, partial, met},
		{met, open, met},
		{met, contra, contra},
		{partial, missed, partial},
		{partial, met, met},
		{partial, contra, contra},
		{partial, open, partial},
		{missed, met, met},
		{missed, partial, partial},
		{missed, open, missed},
		{missed, contra, contra},
		{contra, missed, contra},
		{contra, open, contra},
		{contra, met, met},
		{contra, partial, partial},
		{open, missed, missed},
		{open, met, met},
		{open, contra, contra},
		{open, open, open},
	} {
		got := rubric.Merge([]rubric.Verdict{v("a", tc.old)}, []rubric.Verdict{v("a", tc.now)})
		if len(got) != 1 || got[0].Status != tc.want {
			t.Errorf("%s then %s: %+v, want %s", tc.old, tc.now, got, tc.want)
		}
	}
}

func TestMergeKeepsTheFirstEvidence(t *testing.T) {
	first := rubric.Verdict{Point: "a", Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: 1, End: 3}}}
	later := rubric.Verdict{Point: "a", Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: 2, End: 5}}}
	if got := rubric.Merge([]rubric.Verdict{first}, []rubric.Verdict{later}); !reflect.DeepEqual(got[0], first) {
		t.Errorf("%+v", got)
	}
	if got := rubric.Merge(nil, []rubric.Verdict{later}); !reflect.DeepEqual(got[0], later) {
		t.Errorf("%+v", got)
	}
}

func TestMergeOfLevels(t *testing.T) {
	got := rubric.Merge([]rubric.Verdict{level("x", 4), level("y", 1)}, []rubric.Verdict{level("x", 2), level("y", 3)})
	if *got[0].Level != 4 || *got[1].Level != 3 {
		t.Errorf("%+v", got)
	}
}

func TestMergeHeld(t *testing.T) {
	a := rubric.Held{ID: "a", Penalty: 10}
	for _, tc := range []struct {
		name              string
		before, now, want []rubric.Held
	}{
		{"new", nil, []rubric.Held{a}, []rubric.Held{a}},
		{"kept in silence", []rubric.Held{a}, nil, []rubric.Held{a}},
		{"withdrawn", []rubric.Held{a}, []rubric.Held{{ID: "a", Withdrawn: true}}, []rubric.Held{{ID: "a", Penalty: 10, Withdrawn: true}}},
		{"held again", []rubric.Held{{ID: "a", Penalty: 10, Withdrawn: true}}, []rubric.Held{a}, []rubric.Held{a}},
		{"another", []rubric.Held{a}, []rubric.Held{{ID: "b"}}, []rubric.Held{a, {ID: "b"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := append([]rubric.Held(nil), tc.before...)
			if got := rubric.MergeHeld(tc.before, tc.now); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%+v", got)
			}
			if !reflect.DeepEqual(tc.before, before) {
				t.Error("the list handed in changed")
			}
		})
	}
}

func TestVerifyHeldNeedsAQuoteAndTakesTheRubricsPenalty(t *testing.T) {
	known := []rubric.Misconception{{ID: "fast", Penalty: 10}, {ID: "free", Penalty: 5}, {ID: "safe", Penalty: 7}}
	held := []rubric.Held{
		{ID: "free", Penalty: 99, Evidence: rubric.Evidence{Quote: "it costs nothing"}, Withdrawn: true},
		{ID: "fast", Penalty: 99, Evidence: rubric.Evidence{Quote: "it is so fast"}},
		{ID: "stranger", Evidence: rubric.Evidence{Quote: "it costs nothing"}},
	}
	got := rubric.VerifyHeld(known, held, one("I think it costs nothing."))
	if len(got) != 1 || got[0].ID != "free" || got[0].Penalty != 5 || !got[0].Withdrawn || got[0].Evidence.Quote != "it costs nothing" || got[0].Evidence.Answer != 1 {
		t.Errorf("%+v", got)
	}
}
