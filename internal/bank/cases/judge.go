package cases

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// Outcome is what an answer, with the answers to its follow-ups, came to.
type Outcome struct {
	Score     rubric.Score
	Verdicts  []rubric.Verdict
	Held      []rubric.Held
	FollowUps []FollowUp // that were asked, in their order
	Unasked   int        // answers that no follow-up came for
}

// FollowUp is a follow-up as it was put to the candidate.
type FollowUp struct {
	ID     string         `json:"id,omitempty"` // of an author's
	Origin session.Origin `json:"origin"`
	Ask    string         `json:"ask"`
}

// judge has answers judged as in an interview.
type judge struct {
	evaluator  session.Evaluator
	similarity session.Similarity
}

// clock stands still: nothing in a case has a deadline.
func clock() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// begin opens an interview of one question. followUps is the most there may be,
// nil for what the question says. The interview is never changed, so that any
// number of answers can begin at it.
func (j judge) begin(b *bank.Bank, q *bank.Question, followUps *int) (*session.Interview, error) {
	s := session.Settings{Bank: b.ID, Count: 1, FollowUps: followUps}
	iv, _, err := session.Create("case", s, b.Ref(), []rubric.Question{q.Question}, j.evaluator.Info(), clock())
	if err != nil {
		return nil, fmt.Errorf("question %s: %w", q.ID, err)
	}
	return do(iv, session.Start{})
}

// hear gives an answer, then answers to the follow-ups in the order they come.
// An error is the evaluator's, or that of a context that is done.
func (j judge) hear(ctx context.Context, iv *session.Interview, answer string, answers []string) (Outcome, error) {
	said := append([]string{answer}, answers...)
	for len(said) > 0 && (iv.State == session.Questioning || iv.State == session.FollowUp) {
		var err error
		if iv, err = j.turn(ctx, iv, said[0]); err != nil {
			return Outcome{}, err
		}
		said = said[1:]
	}
	return outcomeOf(iv, len(said)), nil
}

// turn answers the current turn. An empty answer is a skipped one, as it is to
// a candidate whose time is up.
func (j judge) turn(ctx context.Context, iv *session.Interview, answer string) (*session.Interview, error) {
	n := iv.Turn
	if strings.TrimSpace(text.Clean(answer)) == "" {
		return do(iv, session.Skip{Turn: n})
	}
	iv, err := do(iv, session.Answer{Turn: n, Text: answer})
	if err != nil {
		return nil, err
	}
	req := session.NewRequest(iv, n)
	result, err := j.evaluator.Evaluate(ctx, req, func(session.Partial) {})
	if err != nil {
		return nil, err
	}
	result.Feedback = "" // nobody reads it here, and redacting it costs half as much as judging
	return do(iv, session.Evaluated{
		Turn: n, By: j.evaluator.Info(), Judgement: result, Similarity: j.similar(iv, req),
	})
}

// similar measures the similarity where it can matter: it only decides whether
// a follow-up comes.
func (j judge) similar(iv *session.Interview, req session.Request) float64 {
	if most := iv.Settings.FollowUps; j.similarity == nil || most != nil && *most == 0 {
		return 0
	}
	said := make([]string, len(req.Answers))
	for i, a := range req.Answers {
		said[i] = a.Text
	}
	return j.similarity.Similarity(&req.Question, said)
}

// do applies a command to a copy of the interview.
func do(iv *session.Interview, cmd session.Command) (*session.Interview, error) {
	events, err := session.Decide(iv, cmd, clock())
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		iv = session.Apply(iv, e)
	}
	return iv, nil
}

func outcomeOf(iv *session.Interview, unasked int) Outcome {
	res := iv.ResultN(1)
	o := Outcome{Score: res.Final, Verdicts: res.Verdicts, Held: res.Held, Unasked: unasked}
	for _, t := range iv.TurnsOf(1) {
		if t.Kind == session.FollowUpTurn {
			o.FollowUps = append(o.FollowUps, FollowUp{ID: t.FollowUp, Origin: t.Origin, Ask: t.Ask})
		}
	}
	return o
}
