package report

import (
	"fmt"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// notAssessed says in sentences what the score does not cover, and why.
func notAssessed(r session.Report) []string {
	var out []string
	for _, q := range r.Questions {
		out = append(out, questionMissing(q, r.Interview.Outcome)...)
	}
	why := notAsked(r.Interview.Outcome)
	first := len(r.Questions) + 1
	switch n := r.Interview.Questions; {
	case first == n:
		out = append(out, fmt.Sprintf("Question %d was not asked%s.", n, why))
	case first < n:
		out = append(out, fmt.Sprintf("Questions %d to %d were not asked%s.", first, n, why))
	}
	return out
}

// notAsked is why the last questions were not asked.
func notAsked(o session.Outcome) string {
	switch o {
	case session.Ended:
		return ", since the interview was ended early"
	case session.Expired:
		return ", since the interview expired"
	case session.Finished:
		return ""
	}
	return " yet"
}

// cutOff says how an interview went on no longer.
func cutOff(o session.Outcome) string {
	if o == session.Expired {
		return "the interview expired"
	}
	return "the interview was ended"
}

func questionMissing(q session.QuestionReport, o session.Outcome) []string {
	switch res := q.Result; {
	case !res.Over:
		return []string{fmt.Sprintf("Question %d is still open. Its points are shown when it is over.", q.Number)}
	case res.Skipped:
		return []string{fmt.Sprintf("Question %d was skipped and scores 0.", q.Number)}
	case res.Unassessed && !answeredMain(q):
		return []string{fmt.Sprintf("Question %d: %s before you answered. It is not in the score.", q.Number, cutOff(o))}
	case res.Unassessed:
		return []string{fmt.Sprintf("Question %d: %s before your answer was judged. It is not in the score.", q.Number, cutOff(o))}
	}
	out := pointsMissing(q)
	if !q.Result.Final.Judged {
		out = append(out, fmt.Sprintf("Question %d has no score, since nothing could be assessed.", q.Number))
	}
	return out
}

// pointsMissing counts a question's points without a verdict, by reason.
func pointsMissing(q session.QuestionReport) []string {
	if q.Reveal == nil {
		return nil
	}
	var order []string
	n := map[string]int{}
	for _, p := range q.Reveal.Points {
		if p.Verdict.Status != rubric.CannotAssess {
			continue
		}
		if n[p.Verdict.Reason] == 0 {
			order = append(order, p.Verdict.Reason)
		}
		n[p.Verdict.Reason]++
	}
	var out []string
	for _, reason := range order {
		s := fmt.Sprintf("Question %d: %s could not be assessed", q.Number, Count(n[reason], "point"))
		if why := Reason(reason); why != "" {
			s += ": " + why
		}
		out = append(out, s+".")
	}
	return out
}

// answeredMain tells whether the main question has an answer.
func answeredMain(q session.QuestionReport) bool {
	return len(q.Turns) > 0 && q.Turns[0].Answered
}
