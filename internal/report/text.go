package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Text writes the report for screen readers and pipes: one fact on a line, in
// words, without bars, boxes or signs. What a candidate or a bank wrote in
// several lines is indented, so that it never reads like a fact. The only
// errors are the writer's.
func Text(w io.Writer, r session.Report, about About) error {
	t := &textReport{}
	t.line("Interview report: " + bankText(r.Interview.Bank))
	t.line(Disclaimer)
	t.facts(header(r, spoken))
	t.facts(result(r, spoken))
	t.topics(r.Topics)
	t.learn(r.Learn)
	for _, q := range r.Questions {
		t.question(q)
	}
	t.missing(notAssessed(r))
	t.line("")
	t.line("Where this comes from.")
	t.facts(provenance(r, about))
	_, err := io.WriteString(w, t.b.String())
	return err
}

type textReport struct{ b strings.Builder }

func (t *textReport) line(s string) { t.b.WriteString(s + "\n") }

// fact writes "Label: value." on a line of its own.
func (t *textReport) fact(label, value string) { t.line(label + ": " + sentence(value)) }

func (t *textReport) facts(facts []fact) {
	for _, f := range facts {
		t.fact(f.Label, f.Value)
	}
}

// block writes a label and below it text that may have several lines.
func (t *textReport) block(label, body string) {
	if body = Block(body); body == "" {
		return
	}
	if !strings.Contains(body, "\n") {
		t.line(label + ": " + body)
		return
	}
	t.line(label + ":")
	for _, l := range strings.Split(body, "\n") {
		t.line(strings.TrimRight("  "+l, " \t"))
	}
}

// sentence ends s with a full stop unless it ends one itself.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

func (t *textReport) topics(topics []session.TopicScore) {
	for _, p := range topics {
		t.line(fmt.Sprintf("Topic %s: %s of 100, from %s.", Line(p.Topic), Whole(p.Score), Count(p.Judged, "question")))
	}
}

func (t *textReport) learn(lessons []session.Lesson) {
	if len(lessons) == 0 {
		return
	}
	t.line("")
	t.line("Learn next.")
	for i, l := range lessons {
		t.line(fmt.Sprintf("%d: %s It would have brought %s (question %d).",
			i+1, sentence(Line(l.Text)), GainText(l.Gain), l.Question))
	}
}

// GainText is a gain in words: "9 points", "0.4 points".
func GainText(gain float64) string {
	n := strings.TrimPrefix(Gain(gain), "+")
	if n == "1" {
		return "1 point"
	}
	return n + " points"
}

func (t *textReport) question(q session.QuestionReport) {
	t.line("")
	t.line(questionTitle(q) + ".")
	t.facts(questionResult(q, spoken))
	for i, title := range turnTitles(q) {
		t.turn(title, q.Turns[i], evidenceIn(q, q.Turns[i].Asked.Turn))
	}
	t.points(pointWord(q), pointsOf(q))
	t.points("Point beyond the question, not in the score", beyondOf(q))
	t.points("Note", misconceptionsOf(q))
	t.reveal(q.Reveal)
}

func (t *textReport) turn(title string, turn session.TurnReport, said []rubric.Evidence) {
	t.block(title, turn.Asked.Ask)
	for _, h := range turn.HintsGiven {
		t.fact("Hint given", Line(h))
	}
	note := turnNote(turn, spoken)
	if !turn.Answered || turn.Skipped {
		t.line(note + ".")
		return
	}
	if marks := marksOf(turn.Answer, said); len(marks) > 0 {
		t.block(note+", evidence between « and »", between(turn.Answer, marks))
		return
	}
	t.block(note, turn.Answer)
}

// between puts signs around the marked stretches of an answer, which a screen
// reader names or skips as its user likes.
func between(s string, marks []mark) string {
	var b strings.Builder
	done := 0
	for _, m := range marks {
		b.WriteString(s[done:m.start] + "«" + s[m.start:m.end] + "»")
		done = m.end
	}
	return b.String() + s[done:]
}

func (t *textReport) points(label string, list []point) {
	for _, p := range list {
		t.line(fmt.Sprintf("%s, %s: %s", label, p.Word, sentence(p.Text)))
		for _, s := range p.Said {
			t.line(fmt.Sprintf("%s: \"%s\".", s.Label, s.Value))
		}
		for _, n := range p.Notes {
			t.line(n)
		}
	}
}

func (t *textReport) reveal(rev *session.Reveal) {
	if rev == nil {
		return
	}
	t.block("Feedback", rev.Feedback)
	t.block("Ideal answer", rev.Ideal)
	for _, ref := range rev.References {
		t.fact("Read on", strings.TrimSpace(Line(ref.Title)+" "+Line(ref.URL)))
	}
}

func (t *textReport) missing(list []string) {
	if len(list) == 0 {
		return
	}
	t.line("")
	t.line("Not assessed, and why.")
	for _, s := range list {
		t.line(s)
	}
}
