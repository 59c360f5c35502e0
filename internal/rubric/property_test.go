package rubric_test

import (
	"testing"

	"github.com/elios/elios/internal/rubric"
	"pgregory.net/rapid"
)

// better orders verdicts from nothing earned to all.
var better = []rubric.Status{rubric.Missed, rubric.Partial, rubric.Met}

func drawQuestion(t *rapid.T) *rubric.Question {
	q := &rubric.Question{}
	for i := range rapid.IntRange(1, 6).Draw(t, "points") {
		q.KeyPoints = append(q.KeyPoints, rubric.KeyPoint{
			ID: string(rune('a' + i)), Weight: rapid.Float64Range(0.01, 10).Draw(t, "weight"), Must: rapid.Bool().Draw(t, "must"),
		})
	}
	if rapid.Bool().Draw(t, "own cap") {
		limit := rapid.IntRange(0, 100).Draw(t, "cap")
		q.Scoring.CapIfMustMissing = &limit
	}
	return q
}

func drawVerdicts(t *rapid.T, q *rubric.Question) []rubric.Verdict {
	var out []rubric.Verdict
	for _, p := range q.KeyPoints {
		s := rapid.SampledFrom([]rubric.Status{rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess, "none"}).Draw(t, "verdict")
		if s != "none" {
			out = append(out, v(p.ID, s))
		}
	}
	return out
}

func TestScoreIsAPureFunctionOfTheVerdicts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		verdicts := drawVerdicts(t, q)
		held := []rubric.Held{{ID: "m", Penalty: rapid.Float64Range(0, 120).Draw(t, "penalty"), Withdrawn: rapid.Bool().Draw(t, "withdrawn")}}
		s := rubric.Compute(q, verdicts, held)
		if again := rubric.Compute(q, verdicts, held); again != s {
			t.Fatalf("twice: %+v and %+v", s, again)
		}
		if other := rubric.Compute(q, rapid.Permutation(verdicts).Draw(t, "order"), held); other != s {
			t.Fatalf("in another order: %+v and %+v", s, other)
		}
		if s.Value < 0 || s.Upper > 100 || s.Value > s.Upper || s.Coverage < 0 || s.Coverage > 1 {
			t.Fatalf("out of bounds: %+v", s)
		}
		if s.Capped && s.Judged && s.Value > q.Cap() {
			t.Fatalf("over the cap of %v: %+v", q.Cap(), s)
		}
	})
}

func TestScoreIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		verdicts := drawVerdicts(t, q)
		if len(verdicts) == 0 {
			return
		}
		i := rapid.IntRange(0, len(verdicts)-1).Draw(t, "which")
		step := rapid.IntRange(0, len(better)-2).Draw(t, "step")
		verdicts[i].Status = better[step]
		low := rubric.Compute(q, verdicts, nil)
		verdicts[i].Status = better[step+1]
		if high := rubric.Compute(q, verdicts, nil); high.Value < low.Value || high.Upper < low.Upper {
			t.Fatalf("%s instead of %s lowers %+v to %+v", better[step+1], better[step], low, high)
		}
	})
}

func TestMergeNeverTakesAMetPointBackWithoutAContradiction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		before := rubric.Verify(q.Criteria(), drawVerdicts(t, q), nil)
		for i := range before { // what Verify would refuse without answers
			before[i].Status = rapid.SampledFrom([]rubric.Status{rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess}).Draw(t, "before")
		}
		now := rubric.Merge(before, drawVerdicts(t, q))
		for _, n := range now {
			b, _ := rubric.Find(before, n.Point)
			if n.Credit() < b.Credit() && n.Status != rubric.Contradicted {
				t.Fatalf("%+v became %+v", b, n)
			}
			if n.Status == rubric.CannotAssess && b.Status != rubric.CannotAssess {
				t.Fatalf("the judgement %+v was undone: %+v", b, n)
			}
		}
	})
}
