package cases

import (
	"context"
	"time"

	"github.com/elios/elios/internal/bank"
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
