package session

import "github.com/elios/elios/internal/rubric"

// Progress gathers the partial results of one evaluation into what a face may see of it.
type Progress struct {
	iv       *Interview
	turn     int
	verdicts []rubric.Verdict
	live     Live
}

// NewProgress begins with nothing, at a turn that has been answered.
func NewProgress(iv *Interview, turn int) *Progress {
	return &Progress{iv: iv, turn: turn, live: Live{Turn: turn}}
}

// Add takes the next partial result. Each verdict is checked like the final ones, and feedback passes
// the same rule: no words of an open point.
func (p *Progress) Add(part Partial) Live {
	t := p.iv.TurnN(p.turn)
	q := p.iv.QuestionN(t.Question)
	p.live.Phase, p.live.Done, p.live.Of, p.live.Position = part.Phase, part.Done, part.Of, part.Position
	if part.Phase != "" {
		return p.live
	}
	p.live.Phase = "judging"
	if c, ok := q.Criterion(part.Verdict.Point); ok {
		v := rubric.Verify([]rubric.Criterion{c}, []rubric.Verdict{part.Verdict}, answersUpTo(p.iv, t))
		p.verdicts = append(p.verdicts, v...)
		p.live.Met = MetPoints(q, p.verdicts)
	}
	if part.Feedback != "" {
		p.live.Feedback = safeFeedback(p.iv, q, Evaluation{Turn: p.turn, Verdicts: p.verdicts, Feedback: part.Feedback})
	}
	return p.live
}
