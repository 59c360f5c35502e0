package report

import (
	"fmt"

	"github.com/elios/elios/internal/session"
)

// DoubtText says that another evaluator comes to a very different score, "" when none does.
func DoubtText(j *session.Judged) string {
	if j == nil || j.Doubt == nil {
		return ""
	}
	return "Uncertain: " + doubt(j)
}

func doubt(j *session.Judged) string {
	d := j.Doubt
	return fmt.Sprintf("on what was said so far %s comes to %.0f, %s to %.0f", TheEvaluator(j.By), d.Judged, TheEvaluator(d.By), d.Score)
}

// doubts are the doubts about a question's evaluations, by turn.
func doubts(q session.QuestionReport) []fact {
	var out []fact
	titles := turnTitles(q)
	for i, t := range q.Turns {
		if t.Evaluation != nil && t.Evaluation.Doubt != nil {
			out = append(out, fact{"Uncertain (" + titles[i] + ")", doubt(t.Evaluation)})
		}
	}
	return out
}

// regrades are the later judgements of a question's answers, by turn.
func regrades(q session.QuestionReport, s style) []fact {
	var out []fact
	titles := turnTitles(q)
	for i, t := range q.Turns {
		for _, again := range t.Regrades {
			score := "not assessed"
			if again.Score.Judged {
				score = s.score(again.Score.Value, again.Score.Upper)
			}
			out = append(out, fact{"Judged again (" + titles[i] + ")", fmt.Sprintf("%s by %s; the first score stays", score, TheEvaluator(again.By))})
		}
	}
	return out
}

// Doubts are the doubts about a question's evaluations in sentences.
func Doubts(q session.QuestionReport) []string {
	var out []string
	for _, d := range doubts(q) {
		out = append(out, d.Label+": "+d.Value)
	}
	return out
}
