package plain

import (
	"fmt"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// sayJudged tells what is met, each point once, and how much is open.
func (r *runner) sayJudged(d session.Judged) {
	if d.Score == nil {
		r.say("Evaluated. The verdicts come at the end.")
		return
	}
	for _, p := range d.Met {
		word := report.VerdictWord(rubric.Verdict{Status: p.Status, Level: p.Level})
		if r.told[p.Point] == word {
			continue
		}
		r.told[p.Point] = word
		r.say("%s: %s%s", report.Capital(word), sentence(p.Text), youSaid(p.Evidence))
	}
	r.say("%s", openAndScore(d))
	if doubt := report.DoubtText(&d); doubt != "" {
		r.say("%s", doubt)
	}
	r.sayFeedback(d.Feedback)
}

// sayFeedback says what the evaluator has to say, unless it has just said so.
func (r *runner) sayFeedback(s string) {
	if s = report.Line(s); s != "" && s != r.feedback {
		r.say("Feedback: %s", s)
		r.feedback = s
	}
}

func openAndScore(d session.Judged) string {
	open := "Still open: " + report.Count(d.Open, "point") + "."
	if !d.Score.Judged {
		return open + " No score so far: nothing could be assessed."
	}
	return fmt.Sprintf("%s Score so far %s of 100.", open, report.SpokenScore(d.Score.Value, d.Score.Upper))
}

// youSaid quotes the evidence, "" without any.
func youSaid(evidence []rubric.Evidence) string {
	var quotes []string
	for _, e := range evidence {
		if q := report.Line(e.Quote); q != "" {
			quotes = append(quotes, `"`+q+`"`)
		}
	}
	if len(quotes) == 0 {
		return ""
	}
	said := " You said: " + strings.Join(quotes, " and ")
	if strings.ContainsAny(said[len(said)-2:len(said)-1], ".!?") {
		return said // the quotation ends the sentence
	}
	return said + "."
}

// sayOver closes a question: every point with its verdict and the ideal answer.
func (r *runner) sayOver(d session.QuestionOver) {
	if d.Reveal == nil || d.Result == nil {
		r.say("Question %d is over.", d.Question)
		return
	}
	r.sayScore(d)
	r.sayPoints(d)
	for _, p := range d.Reveal.Own {
		r.sayPoint("Beyond the question, not in the score", report.VerdictWord(p.Verdict), p)
	}
	for _, p := range d.Reveal.Misconceptions {
		r.sayMisconception(p)
	}
	r.sayFeedback(d.Reveal.Feedback)
	r.sayText("Ideal answer", d.Reveal.Ideal)
	for _, ref := range d.Reveal.References {
		r.say("Read on: %s", strings.TrimSpace(report.Line(ref.Title)+" "+report.Line(ref.URL)))
	}
}

func (r *runner) sayScore(d session.QuestionOver) {
	r.say("Question %d is over. Score: %s.", d.Question, report.QuestionScore(*d.Result, report.SpokenScore))
}

// sayPoints numbers the points of a question, for /mark and /dispute.
func (r *runner) sayPoints(d session.QuestionOver) {
	for i, p := range d.Reveal.Points {
		word := report.VerdictWord(p.Verdict)
		if d.Result.Unassessed {
			word = "not judged"
		}
		r.sayPoint(fmt.Sprintf("Point %d", i+1), word, p)
	}
}

func (r *runner) sayPoint(label, word string, p session.RevealedPoint) {
	if p.Must {
		word += ", a must"
	}
	if why := report.Reason(p.Verdict.Reason); why != "" && word == report.Word(rubric.CannotAssess) {
		word += " (" + why + ")"
	}
	r.say("%s, %s: %s%s", label, word, sentence(report.PointText(p)), youSaid(p.Verdict.Evidence))
}

func (r *runner) sayMisconception(p session.RevealedPoint) {
	word, cost := "Misconception", " "+report.Cost(p)
	if p.Verdict.Status != rubric.Contradicted {
		word, cost = "Misconception, withdrawn later", ""
	}
	r.say("%s: %s%s%s", word, sentence(p.Text), youSaid(p.Verdict.Evidence), cost)
}
