package session

import (
	"github.com/elios/elios/internal/rubric"
)

// finalResult is how a question ends: skipped questions score 0, unjudged ones
// stay outside the mean.
func finalResult(iv *Interview, question int) Result {
	r := *iv.ResultN(question)
	r.Over = true
	main := mainTurn(iv, question)
	switch {
	case main.Skipped:
		q := iv.QuestionN(question)
		r.Skipped = true
		r.Verdicts = skippedVerdicts(q)
		r.Final = rubric.Compute(q, r.Verdicts, nil)
		r.Unprompted = r.Final
	case main.Evaluation == nil:
		r.Unassessed = true
		r.Final = rubric.Compute(iv.QuestionN(question), nil, nil)
		r.Unprompted = r.Final
	}
	return r
}

func mainTurn(iv *Interview, question int) Turn {
	for _, t := range iv.Turns {
		if t.Question == question && t.Kind == MainTurn {
			return t
		}
	}
	return Turn{}
}

func skippedVerdicts(q *rubric.Question) []rubric.Verdict {
	var out []rubric.Verdict
	for _, c := range q.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed, Reason: rubric.ReasonSkipped}
		if len(q.Dimensions) > 0 {
			level := 0
			v.Level = &level
		}
		out = append(out, v)
	}
	return out
}

// revealOf gathers what a candidate learns of a question that is over.
func revealOf(iv *Interview, q *rubric.Question, r Result) Reveal {
	out := Reveal{ID: q.ID, Ideal: q.Ideal, References: q.References}
	for _, c := range q.Criteria() {
		v, ok := rubric.Find(r.Verdicts, c.ID)
		if !ok {
			v = rubric.Verdict{Point: c.ID, Status: rubric.CannotAssess, Reason: rubric.ReasonMissing}
		}
		out.Points = append(out.Points, RevealedPoint{
			ID: c.ID, Text: c.Text, Weight: c.Weight, Must: c.Must, Say: c.Say, Anchors: anchorsOf(q, c.ID), Verdict: v,
		})
	}
	for _, h := range r.Held {
		out.Misconceptions = append(out.Misconceptions, revealHeld(q, h))
	}
	for _, t := range iv.TurnsOf(r.Question) {
		if t.Evaluation != nil {
			out.Feedback = t.Evaluation.Feedback
			out.Own = append(out.Own, revealOwn(q, t)...)
		}
	}
	return out
}

func anchorsOf(q *rubric.Question, id string) map[int]string {
	for _, d := range q.Dimensions {
		if d.ID == id {
			return d.Anchors
		}
	}
	return nil
}

func revealHeld(q *rubric.Question, h rubric.Held) RevealedPoint {
	p := RevealedPoint{ID: h.ID, Weight: h.Penalty, Verdict: rubric.Verdict{
		Point: h.ID, Status: rubric.Contradicted, Evidence: []rubric.Evidence{h.Evidence},
	}}
	if h.Withdrawn {
		p.Verdict.Status, p.Verdict.Reason = rubric.Missed, "withdrawn"
	}
	for _, m := range q.Misconceptions {
		if m.ID == h.ID {
			p.Text = m.Point
		}
	}
	return p
}

func revealOwn(q *rubric.Question, t Turn) []RevealedPoint {
	f := q.FollowUp(t.FollowUp)
	if f == nil {
		return nil
	}
	var out []RevealedPoint
	for _, c := range f.Criteria() {
		if v, ok := rubric.Find(t.Evaluation.Own, c.ID); ok {
			out = append(out, RevealedPoint{ID: c.ID, Text: c.Text, Weight: c.Weight, Say: c.Say, Verdict: v})
		}
	}
	return out
}

// completedOf sums an interview up. In an exam it carries everything that was
// withheld until now.
func completedOf(iv *Interview, outcome Outcome) Completed {
	c := Completed{Outcome: outcome, Questions: len(iv.Plan)}
	c.Score, c.Upper, c.Judged = rubric.Mean(iv.scores(finalScore))
	c.Unprompted, _, _ = rubric.Mean(iv.scores(unpromptedScore))
	if iv.Settings.Mode == Exam {
		c.Over = overOf(iv)
	}
	return c
}

// overOf rebuilds the question_over of every question that is over.
func overOf(iv *Interview) []QuestionOver {
	var out []QuestionOver
	for _, r := range iv.Results {
		if r.Over {
			reveal := revealOf(iv, iv.QuestionN(r.Question), r)
			out = append(out, QuestionOver{Question: r.Question, Reveal: &reveal, Result: &r})
		}
	}
	return out
}
