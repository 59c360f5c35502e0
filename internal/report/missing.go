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
		out = append(out, questionMissing(q)...)
	}
	first := len(r.Questions) + 1
	switch n := r.Interview.Questions; {
	case first == n:
		out = append(out, fmt.Sprintf("Question %d was not asked.", n))
	case first < n:
		out = append(out, fmt.Sprintf("Questions %d to %d were not asked.", first, n))
	}
	return out
}

func questionMissing(q session.QuestionReport) []string {
	switch res := q.Result; {
	case !res.Over:
		return []string{fmt.Sprintf("Question %d is still open. Its points are shown when it is over.", q.Number)}
	case res.Skipped:
		return []string{fmt.Sprintf("Question %d was skipped and scores 0.", q.Number)}
	case res.Unassessed:
		return []string{fmt.Sprintf("Question %d: the interview ended before an answer was judged. It is not in the score.", q.Number)}
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
