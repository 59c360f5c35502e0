package session

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
