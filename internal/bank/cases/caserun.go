package cases

import (
	"context"
	"time"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// caseRun is one case with one evaluator.
type caseRun struct {
	suite    *suite
	question *bank.Question
	c        bank.Case
	result   CaseResult
	tally    tally
}

// run judges the case as often as it has to be.
func (r *caseRun) run(ctx context.Context) error {
	started := time.Now()
	defer func() { r.result.Elapsed = time.Since(started) }()
	iv, err := r.suite.judge.begin(r.suite.bank, r.question, nil)
	if err != nil {
		return err
	}
	for n := range r.result.Runs {
		if err := r.once(ctx, iv, n == 0); err != nil {
			return err
		}
		if r.result.Skipped != "" {
			return nil
		}
	}
	r.result.OK = r.result.Passed >= r.result.Needed
	return nil
}

// once is one run. What is kept is the first run, and rather the first that
// failed.
func (r *caseRun) once(ctx context.Context, iv *session.Interview, first bool) error {
	o, err := r.suite.judge.hear(ctx, iv, r.result.Answer, r.c.Answers)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var bad []Mismatch
	switch {
	case session.KindOf(err) == session.Unavailable:
		r.result.Skipped = err.Error()
		return nil
	case err != nil:
		bad = []Mismatch{{What: "evaluation", Expected: "a judgement", Got: err.Error()}}
	default:
		bad = compare(r.c.Expect, o, r.suite.bank.Test.Tolerance)
		r.tally.expect(r.c.Expect, o)
	}
	if first || len(bad) > 0 && len(r.result.Mismatches) == 0 {
		r.result.Outcome, r.result.Mismatches = outcomeReport(o), bad
	}
	if len(bad) == 0 {
		r.result.Passed++
	}
	return nil
}

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

// aimOf says which way a score may go without being worse.
func aimOf(e bank.Expect) Aim {
	const least, most = 0, 100
	high := e.Score.Holds(most) && (!e.Score.IsZero() || e.Missed != nil && len(e.Missed) == 0)
	low := e.Score.Holds(least) && (!e.Score.IsZero() || e.Met != nil && len(e.Met) == 0)
	switch {
	case high && !low:
		return High
	case low && !high:
		return Low
	}
	return Within
}

// Aim says which way a case wants its score to be.
type Aim int

// The aims: a high score, a low one, or one within bounds, that is fine as
// long as the case passes.
const (
	Within Aim = iota
	High
	Low
)
