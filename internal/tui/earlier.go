package tui

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// earlier is every answer to a question, the earliest first.
type earlier struct {
	question session.QuestionReport
	attempts []session.Attempt
	loaded   bool
	scroll   int
	height   int
	drawn    string // what lines are drawn for
	lines    []string
}

// twoColumns is from which width on attempts stand side by side.
const twoColumns = 100

func (m *reportPage) openEarlier() tea.Cmd {
	q := m.report.Questions[m.cursor.at]
	if !q.Result.Over {
		return nil
	}
	m.earlier = &earlier{question: q}
	interviews, bank := m.interviews, m.report.Interview.Bank.ID
	return m.run(func(ctx context.Context) any {
		list, err := interviews.Attempts(ctx, session.Filter{Bank: bank, Asked: q.ID})
		return attemptsRead{q.ID, list, err}
	})
}

func (m *reportPage) attemptsRead(msg attemptsRead) {
	if m.earlier == nil || m.earlier.question.ID != msg.question {
		return // left meanwhile
	}
	if msg.err != nil {
		m.earlier = nil
		m.note = note{"The earlier answers could not be read: " + explain(msg.err), true}
		return
	}
	m.earlier.attempts, m.earlier.loaded = msg.attempts, true
}

func (m *reportPage) keyEarlier(msg tea.KeyPressMsg) {
	e := m.earlier
	switch {
	case key.Matches(msg, keyBack, keyEarlier):
		m.earlier = nil
		return
	case key.Matches(msg, keyHelp):
		m.help = true
	case key.Matches(msg, keyUp):
		e.scroll--
	case key.Matches(msg, keyDown):
		e.scroll++
	case key.Matches(msg, keyPgUp):
		e.scroll -= e.height
	case key.Matches(msg, keyPgDn, keyPage):
		e.scroll += e.height
	case key.Matches(msg, keyFirst):
		e.scroll = 0
	case key.Matches(msg, keyLast):
		e.scroll = len(e.lines)
	}
	e.clamp()
}

func (e *earlier) clamp() { e.scroll = max(0, min(e.scroll, len(e.lines)-e.height)) }

func (m *reportPage) viewEarlier(w, h int) string {
	e := m.earlier
	e.height = max(1, h-4)
	if id := fmt.Sprint(w, m.dark, e.loaded); id != e.drawn { // answers may be long and many
		e.drawn, e.lines = id, m.earlierLines(e, w-2)
	}
	e.clamp()
	shown, _ := window(e.lines, e.height, e.scroll, e.scroll)
	below := ""
	if n := len(e.lines) - e.scroll - e.height; n > 0 {
		below = " " + m.mutedStyle.Render(report.Count(n, "more line"))
	}
	scroll := m.movement()
	scroll.SetHelp(m.upDown, "scroll")
	scroll.SetEnabled(len(e.lines) > e.height)
	head := m.head("Every answer to this question", report.Count(len(e.attempts), "answer"), w)
	return page(h, head, margin(shown), []string{below, m.legend(w, scroll, keyBack)})
}

func (m *reportPage) earlierLines(e *earlier, w int) []string {
	out := append(m.markdown(e.question.Ask, w), "")
	if !e.loaded {
		return append(out, m.mutedStyle.Render("Reading "+m.ellipsis))
	}
	if len(e.attempts) == 1 {
		out = append(out, m.mutedStyle.Render("This was your first answer to it."), "")
	}
	cw := w
	if w+2 >= twoColumns && len(e.attempts) > 1 {
		cw = (w - 2) / 2
	}
	var cells [][]string
	for i, a := range e.attempts {
		var before []rubric.Verdict
		if i > 0 {
			before = e.attempts[i-1].Question.Result.Verdicts
		}
		cells = append(cells, m.attemptLines(a, before, a.Interview.ID == m.report.Interview.ID, cw))
	}
	for i := 0; i < len(cells); i++ {
		cell := cells[i]
		if cw < w && i+1 < len(cells) {
			cell = m.beside(cell, cells[i+1], cw)
			i++
		}
		out = append(append(out, cell...), "")
	}
	return out[:len(out)-1]
}

// attemptLines are one answer with its verdicts; those that differ from the
// attempt before show both.
func (k *look) attemptLines(a session.Attempt, before []rubric.Verdict, this bool, w int) []string {
	when := day(a.Interview.CreatedAt)
	if this {
		when += "  this report"
	}
	score := k.scoreBand(a.Question.Result.Final)
	room := w - lipgloss.Width(score) - 2
	out := []string{k.pad(k.strong.Render(k.clip(when, room)), room+2) + score}
	for _, t := range a.Question.Turns {
		if t.Asked.Kind == session.FollowUpTurn {
			out = append(out, k.mutedStyle.Render(k.clip(k.glyphs.thread+" "+k.flat(t.Asked.Ask), w)))
		}
		switch {
		case t.Skipped:
			out = append(out, k.mutedStyle.Render("skipped"))
		case !t.Answered:
			out = append(out, k.mutedStyle.Render("not answered"))
		default:
			out = append(out, k.answerLines(t.Answer, t.Asked.Turn, evidenceOf(a.Question.Reveal), nil, w)...)
		}
	}
	out = append(out, "")
	if a.Question.Reveal == nil {
		return out[:len(out)-1]
	}
	for _, p := range a.Question.Reveal.Points {
		out = append(out, k.changeLines(p, before, w)...)
	}
	return out
}

// changeLines are a point with its verdict, and what it was before.
func (k *look) changeLines(p session.RevealedPoint, before []rubric.Verdict, w int) []string {
	lead := k.verdictSign(p.Verdict)
	if was, ok := rubric.Find(before, p.ID); ok && k.verdictSign(was) != lead {
		lead = k.verdictSign(was) + k.accentStyle.Render(" "+k.arrow+" ") + lead
	}
	return indent(lead+" ", wrapText(w-lipgloss.Width(lead)-1, pointName(p.ID, p.Text, len(p.Anchors) > 0), nil))
}

// verdictSign is a mark, with the level of a dimension.
func (k *look) verdictSign(v rubric.Verdict) string {
	if v.Level != nil && v.Status != rubric.CannotAssess {
		return k.mark(v) + fmt.Sprint(*v.Level)
	}
	return k.mark(v)
}
