package report

import (
	"slices"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// LeftOut stands where a redacted report has left something out.
const LeftOut = "(left out)"

// Redact leaves out of a report what its candidate wrote, what may quote it,
// and names: answers, evidence, reasons of disputes, feedback, follow-ups a
// model wrote, and the path of a bank. Verdicts, scores and times stay. The
// report handed in is not changed.
func Redact(r session.Report) session.Report {
	r.Redacted = true
	r.Interview.Settings.Bank = r.Interview.Bank.ID
	r.Interview.Settings.Evaluator = r.Interview.Evaluator.Name
	r.Questions = slices.Clone(r.Questions)
	for i := range r.Questions {
		r.Questions[i] = redactQuestion(r.Questions[i])
	}
	return r
}

func redactQuestion(q session.QuestionReport) session.QuestionReport {
	q.Result.Verdicts = redactVerdicts(q.Result.Verdicts)
	q.Result.Held = slices.Clone(q.Result.Held)
	for i := range q.Result.Held {
		q.Result.Held[i].Evidence = rubric.Evidence{}
	}
	q.Turns = slices.Clone(q.Turns)
	for i := range q.Turns {
		q.Turns[i] = redactTurn(q.Turns[i])
	}
	q.Disputes = slices.Clone(q.Disputes)
	for i := range q.Disputes {
		q.Disputes[i].Reason = LeftOut
	}
	if q.Reveal != nil {
		reveal := *q.Reveal
		reveal.Points = redactPoints(reveal.Points)
		reveal.Misconceptions = redactPoints(reveal.Misconceptions)
		reveal.Own = redactPoints(reveal.Own)
		reveal.Feedback = ""
		q.Reveal = &reveal
	}
	return q
}

func redactTurn(t session.TurnReport) session.TurnReport {
	if t.Answer != "" {
		t.Answer = LeftOut
	}
	if t.Asked.Origin == session.FromModel {
		t.Asked.Ask = LeftOut
	}
	if t.Evaluation != nil {
		e := *t.Evaluation
		e.Feedback, e.Full = "", nil
		e.Met = slices.Clone(e.Met)
		for i := range e.Met {
			e.Met[i].Evidence = nil
		}
		t.Evaluation = &e
	}
	return t
}

func redactPoints(points []session.RevealedPoint) []session.RevealedPoint {
	points = slices.Clone(points)
	for i := range points {
		points[i].Verdict = redactVerdict(points[i].Verdict)
	}
	return points
}

func redactVerdicts(verdicts []rubric.Verdict) []rubric.Verdict {
	verdicts = slices.Clone(verdicts)
	for i := range verdicts {
		verdicts[i] = redactVerdict(verdicts[i])
	}
	return verdicts
}

// redactVerdict takes the quotes from a verdict, and a reason in an
// evaluator's own words, which may hold others.
func redactVerdict(v rubric.Verdict) rubric.Verdict {
	v.Evidence = nil
	if v.Reason != "" && !known(v.Reason) {
		v.Reason = LeftOut
	}
	return v
}
