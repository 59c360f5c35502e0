package cases

import (
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
)

// tally counts by point how often a verdict was expected and was another.
type tally map[string]*PointResult

func (t tally) count(point string, right bool) {
	if t[point] == nil {
		t[point] = &PointResult{Point: point}
	}
	t[point].Expected++
	if !right {
		t[point].Wrong++
	}
}

// expect counts what a case expects of points.
func (t *tally) expect(e bank.Expect, o Outcome) {
	if *t == nil {
		*t = tally{}
	}
	all := func(ids []string, is func(rubric.Verdict) bool) {
		for _, id := range ids {
			v, ok := rubric.Find(o.Verdicts, id)
			t.count(id, ok && is(v))
		}
		if ids != nil && len(ids) == 0 {
			for _, v := range o.Verdicts {
				t.count(v.Point, !is(v))
			}
		}
	}
	all(e.Met, func(v rubric.Verdict) bool { return v.Status == rubric.Met })
	all(e.Missed, rubric.Verdict.Gap)
	all(e.Contradicted, func(v rubric.Verdict) bool { return v.Status == rubric.Contradicted })
	for id, want := range e.Dimensions {
		v, _ := rubric.Find(o.Verdicts, id)
		t.count(id, v.Level != nil && want.Holds(float64(*v.Level)))
	}
}

// points sums the counts of cases and checks up, question by question, in the
// bank's order; points nobody expects anything of are left out.
func (s *suite) points() []PointResult {
	sums := map[string]tally{}
	add := func(question string, t tally) {
		if sums[question] == nil {
			sums[question] = tally{}
		}
		for id, p := range t {
			sum := sums[question][id]
			if sum == nil {
				sum = &PointResult{Question: question, Point: id}
				sums[question][id] = sum
			}
			sum.Expected += p.Expected
			sum.Wrong += p.Wrong
		}
	}
	for _, c := range s.cases {
		add(c.question.ID, c.tally)
	}
	for _, m := range s.questions {
		add(m.question.ID, m.tally)
	}
	out := []PointResult{}
	for _, q := range s.bank.Questions {
		for _, c := range q.Criteria() {
			if p := sums[q.ID][c.ID]; p != nil {
				out = append(out, *p)
			}
		}
	}
	return out
}
