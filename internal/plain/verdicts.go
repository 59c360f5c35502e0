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
	if f := report.Line(d.Feedback); f != "" {
		r.say("%s", f)
	}
}

func openAndScore(d session.Judged) string {
	open := report.Count(d.Open, "point") + " open."
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
	return " You said: " + strings.Join(quotes, " and ") + "."
}

// sayOver closes a question: every point with its verdict and the ideal answer.
func (r *runner) sayOver(d session.QuestionOver) {
	if d.Reveal == nil || d.Result == nil {
		r.say("Question %d is over.", d.Question)
		return
	}
	r.say("Question %d is over. Score: %s.", d.Question, report.QuestionScore(*d.Result, report.SpokenScore))
	for _, p := range d.Reveal.Points {
		if d.Result.Unassessed {
			r.say("A point of it: %s", sentence(report.PointText(p)))
			continue
		}
		r.sayPoint("", p)
	}
	for _, p := range d.Reveal.Own {
		r.sayPoint("Beyond the question, not in the score: ", p)
	}
	for _, p := range d.Reveal.Misconceptions {
		r.sayMisconception(p)
	}
	if ideal := report.Block(d.Reveal.Ideal); ideal != "" {
		r.say("Ideal answer: %s", ideal)
	}
	for _, ref := range d.Reveal.References {
		r.say("Read on: %s", strings.TrimSpace(report.Line(ref.Title)+" "+report.Line(ref.URL)))
	}
}

func (r *runner) sayPoint(before string, p session.RevealedPoint) {
	why := ""
	if p.Verdict.Status == rubric.CannotAssess {
		why = " (" + report.Reason(p.Verdict.Reason) + ")"
	}
	if why == " ()" {
		why = ""
	}
	r.say("%s%s%s: %s%s", before, report.Capital(report.VerdictWord(p.Verdict)), why, sentence(report.PointText(p)), youSaid(p.Verdict.Evidence))
}

func (r *runner) sayMisconception(p session.RevealedPoint) {
	word, cost := "Misconception", " "+report.Cost(p)
	if p.Verdict.Status != rubric.Contradicted {
		word, cost = "Misconception, withdrawn later", ""
	}
	r.say("%s: %s%s%s", word, sentence(p.Text), youSaid(p.Verdict.Evidence), cost)
}
