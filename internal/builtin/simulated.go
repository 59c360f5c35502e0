package builtin

import (
	"context"
	"strings"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// SimulatedName is what a simulated evaluator is called, so that none of its
// scores passes for a real one.
const SimulatedName = "simulated"

// FailingAnswer is what a simulated evaluator fails to judge, so that what happens
// then can be tried.
const FailingAnswer = "Nobody can judge this answer."

// Simulated takes its time, a verdict after the other, as a model would, and judges
// nothing: a first answer of a few words meets half of the points, each further one
// half of the rest, whatever it says. It is for load tests, of which an evaluator is no
// part, and for trying what happens in the middle of an evaluation.
type Simulated struct {
	takes time.Duration
}

// NewSimulated makes an evaluator that takes so long for each answer.
func NewSimulated(takes time.Duration) *Simulated { return &Simulated{takes} }

var _ session.Evaluator = (*Simulated)(nil)

// Info names the evaluator, and how long it takes.
func (s *Simulated) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: SimulatedName, Version: s.takes.String()}
}

// Evaluate gives its verdicts. Unavailable for FailingAnswer; else the only error is
// that of a context that is done.
func (s *Simulated) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if n := len(r.Answers); n > 0 && r.Answers[n-1].Text == FailingAnswer {
		return session.Judgement{}, session.Errorf(session.Unavailable, "a simulated evaluator fails to judge this answer, as it should")
	}
	j := session.Judgement{Verdicts: simulate(r.Question.Criteria(), r.Answers), Feedback: "This score is simulated: nobody has judged what you said."}
	if r.FollowUp != nil && len(r.Answers) > 0 {
		j.Own = simulate(r.FollowUp.Criteria(), r.Answers[len(r.Answers)-1:])
	}
	n := len(j.Verdicts)
	for i, v := range j.Verdicts {
		if err := pause(ctx, s.takes/time.Duration(n+1)); err != nil {
			return session.Judgement{}, err
		}
		if emit != nil {
			emit(session.Partial{Verdict: v, Done: i + 1, Of: n})
		}
	}
	return j, pause(ctx, s.takes/time.Duration(n+1))
}

// simulate meets points from the first on, with the words of the last answer that has
// enough of them.
func simulate(criteria []rubric.Criterion, answers []rubric.Answer) []rubric.Verdict {
	open, quote := len(criteria), rubric.Evidence{}
	for _, a := range answers {
		if words := strings.Fields(a.Text); len(words) >= rubric.MinQuoteWords {
			open /= 2
			quote = rubric.Evidence{Answer: a.Turn, Quote: strings.Join(words[:min(len(words), mostQuoted)], " ")}
		}
	}
	out := make([]rubric.Verdict, len(criteria))
	for i, c := range criteria {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed, Confidence: rubric.Low}
		level := 1
		if i < len(criteria)-open && quote.Quote != "" {
			v.Status, v.Evidence = rubric.Met, []rubric.Evidence{quote}
			level = 4
		}
		if c.Leveled {
			v.Level = &level
		}
		out[i] = v
	}
	return out
}

// mostQuoted is how many words a simulated quote has at most.
const mostQuoted = 12

// pause waits; it does not where there is nothing to wait for.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
