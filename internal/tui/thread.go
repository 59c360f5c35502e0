package tui

import (
	"fmt"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// turns are those of the current question, in order.
func (m *interview) turns() []session.TurnView {
	var out []session.TurnView
	for _, t := range m.snap.Turns {
		if t.Asked.Question == m.snap.Question {
			out = append(out, t)
		}
	}
	return out
}

// current is the turn at hand, empty for a face that joined before it.
func (m *interview) current() session.TurnView {
	if t := m.snap.Current(); t != nil {
		return *t
	}
	return session.TurnView{}
}

// hints counts those given on this question and those there are.
func (m *interview) hints() (given, of int) {
	for _, t := range m.turns() {
		given += len(t.HintsGiven)
		of = t.Asked.Hints
	}
	return given, of
}

// thread is the question with everything that came of it so far, down to the
// follow-up at hand; focus is the line on which the turn at hand begins.
func (m *interview) thread(w int) (out []string, focus int) {
	turns := m.turns()
	if len(turns) == 0 {
		return nil, 0
	}
	out = m.asked(turns[0], w)
	if m.snap.State == session.Questioning {
		out = append(out, "", m.about(turns[0].Asked))
	} else {
		out = append(out, m.soFar(turns, w-2)...)
	}
	for i, t := range turns[1:] {
		if i < len(turns)-2 { // an earlier follow-up
			out = append(out, m.mutedStyle.Render(m.clip(m.followUpLead(t)+m.flat(t.Asked.Ask), w)))
			continue
		}
		lead := m.followUpLead(t)
		out = append(out, "")
		focus = len(out)
		out = append(out, indent(m.accentStyle.Render(lead), m.markdown(t.Asked.Ask, w-len([]rune(lead))))...)
	}
	return append(out, m.hintLines(turns, w)...), focus
}

// asked is the question's own text, drawn once for each width: a key press
// must not read Markdown again.
func (m *interview) asked(t session.TurnView, w int) []string {
	id := fmt.Sprint(t.Asked.Turn, w, m.dark)
	if m.drawn.id != id {
		m.drawn.id, m.drawn.lines = id, m.markdown(t.Asked.Ask, w)
	}
	return append([]string(nil), m.drawn.lines...)
}

// about names topic, level and judge.
func (m *interview) about(q session.QuestionAsked) string {
	s := report.Line(q.Topic)
	if q.Level > 0 {
		s += fmt.Sprintf("%slevel %d", m.sep, q.Level)
	}
	s += m.sep + report.Line(m.snap.Evaluator.String())
	if m.snap.Settings.Mode == session.Exam {
		s += m.sep + "exam"
	}
	return m.mutedStyle.Render(s)
}

func (m *interview) followUpLead(t session.TurnView) string {
	return fmt.Sprintf("%s %d of %d  ", m.glyphs.thread, t.Asked.Number, t.Asked.Max)
}

// soFar is the score after the last evaluation, the points met and how many
// are open. An exam has none of it.
func (m *interview) soFar(turns []session.TurnView, w int) []string {
	var j *session.Judged
	for _, t := range turns {
		if t.Evaluation != nil {
			j = t.Evaluation
		}
	}
	if j == nil || j.Score == nil {
		return nil
	}
	score := m.scoreWords(j) + "  "
	half := (w-len([]rune(score)))/2 - 4 // with its sign; two points fit beside the score
	spans := []span{{score, &m.strong}}
	for _, p := range j.Met {
		mark, style := m.verdict(rubric.Met), &m.goodStyle
		if p.Status != "met" {
			mark, style = m.verdict(rubric.Partial), &m.weakStyle
		}
		spans = append(spans, span{" " + mark, style}, span{nbsp + unbroken(m.clip(pointName(p.Point, p.Text, p.Level != nil), half)) + " ", nil})
		if p.Level != nil {
			spans = append(spans, span{unbroken(levelWords(*p.Level)) + " ", &m.mutedStyle})
		}
	}
	if j.Open > 0 {
		spans = append(spans, span{" " + unbroken(report.Count(j.Open, "point")+" open"), &m.mutedStyle})
	}
	out := indent("  ", wrap(w, spans...))
	if d := report.DoubtText(j); d != "" {
		out = append(out, indent("  ", wrapText(w, d, &m.weakStyle))...)
	}
	if f := feedback(j.Feedback); f != "" {
		out = append(out, indent("  ", wrapText(w, f, &m.mutedStyle))...)
	}
	return out
}

func (m *interview) scoreWords(j *session.Judged) string {
	if !j.Score.Judged {
		return "not assessed"
	}
	return m.scoreRange(j.Score.Value, j.Score.Upper)
}

func (m *interview) hintLines(turns []session.TurnView, w int) []string {
	var out []string
	n := 0
	for _, t := range turns {
		for _, h := range t.HintsGiven {
			n++
			lead := fmt.Sprintf("hint %d  ", n)
			out = append(out, indent(m.accentStyle.Render(lead), m.markdown(h, w-len(lead)))...)
		}
	}
	if len(out) > 0 {
		out = append([]string{""}, out...)
	}
	return out
}
