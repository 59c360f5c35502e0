package engine

import (
	"context"
	"math"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// farApart is from how many points of difference between two evaluators an evaluation is uncertain.
const farApart = 40

// CrossChecked is an evaluator whose judgements a second one looks at, on words alone. Where their
// scores are far apart the evaluation is in doubt; a point whose quote has no word to do with it is
// marked unsupported. An answer that speaks to its judge earns nothing without such words: a model
// may have been talked into it.
func CrossChecked(ev session.Evaluator, second session.Second) session.Evaluator {
	return crossChecked{warming{ev}, second}
}

type crossChecked struct {
	warming
	second session.Second
}

func (c crossChecked) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	j, err := c.Evaluator.Evaluate(ctx, r, emit)
	if err != nil {
		return j, err
	}
	tampers := c.tampers(r)
	j.Verdicts = c.supported(r, rubric.Verify(r.Question.Criteria(), j.Verdicts, r.Answers), tampers)
	j.Doubt, err = c.doubt(ctx, r, j)
	return j, err
}

func (c crossChecked) tampers(r session.Request) bool {
	for _, a := range r.Answers {
		if c.second.Tampers(&r.Question, a.Text) {
			return true
		}
	}
	return false
}

// supported marks what earns something by a quote that has nothing to do with it.
func (c crossChecked) supported(r session.Request, verdicts []rubric.Verdict, tampers bool) []rubric.Verdict {
	for i, v := range verdicts {
		if v.Credit() == 0 || c.supports(&r.Question, v, tampers) {
			continue
		}
		if tampers {
			verdicts[i] = rubric.Verdict{Point: v.Point, Status: rubric.CannotAssess, Reason: rubric.ReasonEvidence}
			continue
		}
		verdicts[i].Reason = rubric.ReasonUnsupported
	}
	return verdicts
}

func (c crossChecked) supports(q *rubric.Question, v rubric.Verdict, exact bool) bool {
	for _, e := range v.Evidence {
		if c.second.Supports(q, v.Point, e.Quote, exact) {
			return true
		}
	}
	return false
}

// doubt compares the scores of the two on the same answers.
func (c crossChecked) doubt(ctx context.Context, r session.Request, j session.Judgement) (*session.Doubt, error) {
	other, err := c.second.Evaluate(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	_, _, mine := session.Scored(r, j)
	_, _, its := session.Scored(r, other)
	if !mine.Judged || !its.Judged || math.Abs(mine.Value-its.Value) <= farApart {
		return nil, nil
	}
	return &session.Doubt{By: c.second.Info(), Score: its.Value, Judged: mine.Value}, nil
}
