package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// barWidth is the length of a topic's bar.
const barWidth = 20

// Markdown writes the report as a document to keep. Whatever a bank, a model or
// a candidate wrote is escaped or kept inside a quotation or fence. The only
// errors are the writer's.
func Markdown(w io.Writer, r session.Report, about About) error {
	m := &markdown{}
	m.para("# Interview report: " + inline(bankText(r.Interview.Bank)))
	m.para("*" + Disclaimer + "*")
	m.facts(header(r, written))
	m.para("## Score: " + inline(scoreText(r, written)))
	m.facts(result(r, written)[1:])
	m.topics(r.Topics)
	m.learn(r.Learn)
	for _, q := range r.Questions {
		m.question(q)
	}
	m.missing(notAssessed(r))
	m.para("## Where this comes from")
	m.facts(provenance(r, about))
	_, err := io.WriteString(w, strings.TrimRight(m.b.String(), "\n")+"\n")
	return err
}

type markdown struct{ b strings.Builder }

// para writes a block and the blank line that ends it.
func (m *markdown) para(s string) {
	if s != "" {
		m.b.WriteString(s + "\n\n")
	}
}

func (m *markdown) facts(facts []fact) {
	var lines []string
	for _, f := range facts {
		lines = append(lines, fmt.Sprintf("- **%s:** %s", f.Label, inline(f.Value)))
	}
	m.para(strings.Join(lines, "\n"))
}

func (m *markdown) topics(topics []session.TopicScore) {
	if len(topics) == 0 {
		return
	}
	m.para("## Topics")
	lines := []string{"| topic | score | | questions |", "|---|---:|---|---:|"}
	for _, t := range topics {
		lines = append(lines, fmt.Sprintf("| %s | %s | %s | %d |", escape(Line(t.Topic)), Whole(t.Score), Bar(t.Score, barWidth), t.Judged))
	}
	m.para(strings.Join(lines, "\n"))
}

func (m *markdown) learn(lessons []session.Lesson) {
	if len(lessons) == 0 {
		return
	}
	m.para("## Learn next")
	var lines []string
	for i, l := range lessons {
		lines = append(lines, fmt.Sprintf("%d. %s (**%s**, question %d)", i+1, inline(l.Text), Gain(l.Gain), l.Question))
	}
	m.para(strings.Join(lines, "\n"))
}

func (m *markdown) missing(list []string) {
	if len(list) == 0 {
		return
	}
	m.para("## Not assessed, and why")
	var lines []string
	for _, s := range list {
		lines = append(lines, "- "+inline(s))
	}
	m.para(strings.Join(lines, "\n"))
}

func (m *markdown) question(q session.QuestionReport) {
	m.para("## " + inline(questionTitle(q)))
	m.facts(questionResult(q, written))
	for i, title := range turnTitles(q) {
		m.turn(title, q.Turns[i], evidenceIn(q, q.Turns[i].Asked.Turn))
	}
	m.points(pointWord(q)+"s", pointsOf(q))
	m.points("Beyond the question, not in the score", beyondOf(q))
	m.points("Misconceptions", misconceptionsOf(q))
	m.reveal(q.Reveal)
}

// turn writes what was asked and what was said. Follow-ups stand below the
// question as they came.
func (m *markdown) turn(title string, t session.TurnReport, said []rubric.Evidence) {
	if t.Asked.Kind == session.FollowUpTurn {
		m.para("### ↳ " + inline(title))
	}
	m.para(prose(t.Asked.Ask))
	for _, h := range t.HintsGiven {
		m.para("*Hint given:* " + inline(h))
	}
	if !t.Answered || t.Skipped {
		m.para("*" + turnNote(t, written) + ".*")
		return
	}
	m.para("*" + turnNote(t, written) + ":*")
	m.para(answer(t.Answer, said))
}

func (m *markdown) points(title string, list []point) {
	if len(list) == 0 {
		return
	}
	m.para("### " + title)
	var lines []string
	for _, p := range list {
		lines = append(lines, fmt.Sprintf("- %s **%s:** %s", escape(p.Mark), inline(p.Word), inline(p.Text)))
		for _, s := range p.Said {
			lines = append(lines, fmt.Sprintf("  - %s: “%s”", s.Label, inline(s.Value)))
		}
		for _, n := range p.Notes {
			lines = append(lines, "  - "+inline(n))
		}
	}
	m.para(strings.Join(lines, "\n"))
}

func (m *markdown) reveal(rev *session.Reveal) {
	if rev == nil {
		return
	}
	if f := Line(rev.Feedback); f != "" {
		m.para("**Feedback:** " + inline(f))
	}
	if Block(rev.Ideal) != "" {
		m.para("### Ideal answer")
		m.para(prose(rev.Ideal))
	}
	var lines []string
	for _, ref := range rev.References {
		lines = append(lines, "- Read on: "+reference(ref))
	}
	m.para(strings.Join(lines, "\n"))
}
