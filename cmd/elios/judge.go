package main

import (
	"context"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// judged is one answer outside of an interview.
type judged struct {
	Evaluator  session.EvaluatorInfo `json:"evaluator"`
	Score      rubric.Score          `json:"score"`
	Band       rubric.Band           `json:"band,omitempty"`
	Similarity float64               `json:"similarity"`
	Verdicts   []rubric.Verdict      `json:"verdicts"`
	Held       []rubric.Held         `json:"misconceptions,omitempty"`
	Feedback   string                `json:"feedback,omitempty"`
	Doubt      *session.Doubt        `json:"uncertain,omitempty"`
}

// judge gives one answer to one question to an evaluator; own measures the similarity.
func judge(ctx context.Context, ev session.Evaluator, own session.Similarity, q *rubric.Question, answer string) (judged, error) {
	r := session.OneAnswer(q, answer)
	j, err := ev.Evaluate(ctx, r, func(session.Partial) {})
	if err != nil {
		return judged{}, err
	}
	verdicts, held, score := session.Scored(r, j)
	return judged{
		Evaluator: ev.Info(), Score: score, Band: score.Band(), Verdicts: verdicts, Held: held, Feedback: j.Feedback, Doubt: j.Doubt,
		Similarity: own.Similarity(q, []string{answer}),
	}, nil
}
