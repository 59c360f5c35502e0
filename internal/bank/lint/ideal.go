package lint

import (
	"context"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// What an ideal answer scores at least, and the joined say sentences of a
// behavioral question.
const (
	IdealScore      = 95
	BehavioralScore = 75
)

// ideal has the ideal answer judged. What the evaluator cannot judge, such as
// another language, is left alone.
func (q *question) ideal(ctx context.Context, ev session.Evaluator) error {
	answer, least, what, at := q.Ideal, float64(IdealScore), "ideal answer scores", q.node.Key("ideal")
	if q.Type == rubric.Behavioral {
		answer, least, what, at = q.Say(), BehavioralScore, "`say` sentences together score", q.node.Key("dimensions")
	}
	if answer == "" {
		return nil
	}
	score, open, err := grade(ctx, ev, q.Question, answer)
	if err != nil || !score.Judged || score.Value >= least-1e-9 {
		return err
	}
	q.fail(weakIdeal, at, "the %s %.0f with the built-in evaluator, and %.0f is wanted; %s", what, score.Value, least, open)
	return nil
}

// grade scores one answer and says what it leaves open.
func grade(ctx context.Context, ev session.Evaluator, q *bank.Question, answer string) (rubric.Score, string, error) {
	r := session.OneAnswer(&q.Question, answer)
	j, err := ev.Evaluate(ctx, r, func(session.Partial) {})
	if err != nil {
		return rubric.Score{}, "", err
	}
	verdicts, held, score := session.Scored(r, j)
	var open []string
	for _, v := range verdicts {
		switch {
		case v.Level != nil && *v.Level < rubric.MaxLevel:
			open = append(open, v.Point+" is at level "+string(rune('0'+*v.Level)))
		case v.Level == nil && v.Status != rubric.Met:
			open = append(open, v.Point+" is "+strings.ReplaceAll(string(v.Status), "_", " "))
		}
	}
	for _, h := range held {
		open = append(open, "it is taken for the misconception "+h.ID)
	}
	return score, strings.Join(open, ", "), nil
}
