package session

import "github.com/elios/elios/internal/rubric"

// OneAnswer asks for a judgement of a single answer to a question, outside of any interview.
func OneAnswer(q *rubric.Question, answer string) Request {
	return Request{
		Turn: 1, Question: *q, Asked: []string{q.Ask},
		Answers: []rubric.Answer{{Turn: 1, Ask: q.Ask, Text: answer}},
	}
}

// Scored holds a judgement of a request against what was said, and computes the score that follows.
func Scored(r Request, j Judgement) ([]rubric.Verdict, []rubric.Held, rubric.Score) {
	verdicts, held := Check(&r.Question, r.Answers, j)
	return verdicts, held, rubric.Compute(&r.Question, verdicts, held)
}

// NewRequest gathers what an evaluator needs to judge a turn: what was asked and
// said on its question up to there.
func NewRequest(iv *Interview, turn int) Request {
	t := iv.TurnN(turn)
	q := iv.QuestionN(t.Question)
	req := Request{Interview: iv.ID, Turn: turn, Question: *q, Answers: answersUpTo(iv, t)}
	for _, other := range iv.TurnsOf(t.Question) {
		if other.N <= turn {
			req.Asked = append(req.Asked, other.Ask)
		}
	}
	if f := q.FollowUp(t.FollowUp); f != nil && len(f.KeyPoints) > 0 {
		req.FollowUp = f
	}
	return req
}
