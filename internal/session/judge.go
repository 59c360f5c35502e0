package session

import (
	"strings"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// similarEnough is the similarity from which no follow-up is asked while no
// must point is open.
const similarEnough = 0.8

// maxFeedback is how much feedback is kept, in bytes.
const maxFeedback = 2000

var zeroTime time.Time

// evaluated turns a judgement into what follows from it.
func (d *decision) evaluated(c Evaluated) {
	e := evaluationOf(d.iv, c, lastEvaluation(d.iv, d.iv.TurnN(c.Turn)), d.now)
	t := d.iv.TurnN(c.Turn)
	q := d.iv.QuestionN(t.Question)
	d.emit(judgedOf(d.iv, q, e))
	if n, ok := chooseNext(d.iv, q, t.Question, e); ok {
		d.follow(t.Question, n)
		return
	}
	d.questionOver(t.Question)
	d.next(t.Question)
}

// evaluationOf checks a judgement against the answers, joins it with what was
// met before on the question, and computes the score. It never trusts a number.
func evaluationOf(iv *Interview, c Evaluated, before *Evaluation, now time.Time) Evaluation {
	t := iv.TurnN(c.Turn)
	q := iv.QuestionN(t.Question)
	answers := answersUpTo(iv, t)
	verdicts, held := Check(q, answers, c.Judgement)
	if before != nil {
		verdicts = rubric.Merge(before.Verdicts, verdicts)
		held = rubric.MergeHeld(before.Held, held)
	}
	e := Evaluation{
		Turn: c.Turn, By: c.By, Verdicts: verdicts, Held: held,
		Score:      rubric.Compute(q, verdicts, held),
		Similarity: unit(c.Similarity),
		Feedback:   clip(text.Clean(c.Judgement.Feedback), maxFeedback),
		FollowUp:   cleanSuggestion(c.Judgement.FollowUp),
		Doubt:      c.Judgement.Doubt,
		At:         now, ElapsedMs: c.Elapsed.Milliseconds(),
	}
	if f := q.FollowUp(t.FollowUp); f != nil && len(f.KeyPoints) > 0 {
		e.Own = rubric.Verify(f.Criteria(), c.Judgement.Own, answers)
	}
	return e
}

// Check holds a judgement against what was really said: one verdict for every
// point, each with evidence that stands in an answer, and the misconceptions
// that stand on a quote.
func Check(q *rubric.Question, answers []rubric.Answer, j Judgement) ([]rubric.Verdict, []rubric.Held) {
	return rubric.Verify(q.Criteria(), j.Verdicts, answers), rubric.VerifyHeld(q.Misconceptions, j.Held, answers)
}

// answersUpTo lists the answers on a turn's question up to that turn.
func answersUpTo(iv *Interview, t *Turn) []rubric.Answer {
	var out []rubric.Answer
	for _, a := range iv.AnswersOf(t.Question) {
		if a.Turn <= t.N {
			out = append(out, a)
		}
	}
	return out
}

// lastEvaluation is the latest one on the same question before a turn.
func lastEvaluation(iv *Interview, t *Turn) *Evaluation {
	for n := t.N - 1; n >= 1; n-- {
		prev := iv.TurnN(n)
		if prev.Question != t.Question {
			return nil
		}
		if prev.Evaluation != nil {
			return prev.Evaluation
		}
	}
	return nil
}

// lastJudgedBy is the latest judgement by an evaluator on the same question before a turn, be it the
// first or a later one. Verdicts of one evaluator are not joined with another's.
func lastJudgedBy(iv *Interview, t *Turn, by EvaluatorInfo) *Evaluation {
	for n := t.N - 1; n >= 1; n-- {
		prev := iv.TurnN(n)
		if prev.Question != t.Question {
			return nil
		}
		for i := len(prev.Regrades) - 1; i >= 0; i-- {
			if prev.Regrades[i].By == by {
				return &prev.Regrades[i]
			}
		}
		if prev.Evaluation != nil && prev.Evaluation.By == by {
			return prev.Evaluation
		}
	}
	return nil
}

// unit keeps a measure within 0 to 1; one that is no number is 0.
func unit(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return min(v, 1)
}

func cleanSuggestion(s *Suggestion) *Suggestion {
	if s == nil {
		return nil
	}
	ask := strings.TrimSpace(clip(text.Clean(s.Ask), maxFeedback))
	if ask == "" {
		return nil
	}
	return &Suggestion{Ask: ask, Target: s.Target}
}

// clip cuts a text to n bytes at a whole character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// judgedOf is the event of an evaluation: for faces the met points, for the
// journal all of it.
func judgedOf(iv *Interview, q *rubric.Question, e Evaluation) Judged {
	score := e.Score
	return Judged{
		Turn: e.Turn, Question: iv.TurnN(e.Turn).Question, By: e.By,
		Met: MetPoints(q, e.Verdicts), Open: rubric.OpenPoints(e.Verdicts), Score: &score,
		Feedback: safeFeedback(iv, q, e), Doubt: e.Doubt, Full: &e,
	}
}

// partlyThere stands for the words of a point that is only partly met: its own
// would tell the rest.
const partlyThere = "partly there"

// MetPoints lists what a candidate has met, with the rubric's words for it. Of
// a dimension only the name is told, since its anchors say what level 5 needs.
func MetPoints(q *rubric.Question, verdicts []rubric.Verdict) []MetPoint {
	var out []MetPoint
	for _, c := range q.Criteria() {
		v, ok := rubric.Find(verdicts, c.ID)
		if !ok || len(v.Evidence) == 0 || v.Status != rubric.Met && v.Status != rubric.Partial {
			continue
		}
		m := MetPoint{Point: c.ID, Text: c.Text, Status: v.Status, Level: v.Level, Evidence: v.Evidence}
		switch {
		case v.Status == rubric.Partial:
			m.Point, m.Text = "", partlyThere
		case v.Level != nil:
			m.Text = c.ID
		}
		out = append(out, m)
	}
	return out
}
