package tui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
)

// viewOpened is one question with everything said on it.
func (m *reportPage) viewOpened(w, h int) string {
	q := m.report.Questions[m.cursor.at]
	left := fmt.Sprintf("%d of %d", q.Number, len(m.report.Questions))
	about := m.sep + report.Line(q.Topic)
	if q.Level > 0 {
		about += fmt.Sprintf("%slevel %d", m.sep, q.Level)
	}
	score := m.scoreBand(q.Result.Final)
	title := m.clip(m.title.Render(left)+m.mutedStyle.Render(about), w-lipgloss.Width(score)-4)
	head := []string{m.header(title, score, w), m.rule(w)}
	r := m.reviewed()
	body := r.body(w, max(1, h-4))
	if m.cur = r.cursor(); m.cur != nil {
		m.cur.Y += 2
	}
	foot := []string{m.env.note(m.note), m.legend(w, m.openedKeys()...)}
	if foot[0] == "" {
		foot[0] = r.below()
	}
	return page(h, head, body, foot)
}

// reviewed is the open question.
func (m *reportPage) reviewed() *review {
	m.review.show(m.report.Questions[m.cursor.at])
	return m.review
}

func (m *reportPage) openedKeys() []key.Binding {
	keys := m.review.legendKeys()
	if m.review.why != nil {
		return keys
	}
	other := keyOther
	other.SetHelp(m.leftRight, "other")
	other.SetEnabled(len(m.report.Questions) > 1)
	over := m.report.Questions[m.cursor.at].Result.Over
	earlier, again := keyEarlier, keyAgain
	earlier.SetEnabled(over)
	again.SetEnabled(over)
	again.SetHelp("a", "again")
	scroll := keys[len(keys)-1]
	return append(keys[:len(keys)-1], bind("esc", "back", "esc"), scroll, earlier, again, other, keyHelp)
}

// keyOpened reads and goes from question to question.
func (m *reportPage) keyOpened(msg tea.KeyPressMsg) tea.Cmd {
	r := m.reviewed()
	switch {
	case r.why == nil && key.Matches(msg, keyBack):
		m.opened = false
	case r.why == nil && key.Matches(msg, keyEarlier):
		return m.openEarlier()
	case r.why == nil && key.Matches(msg, keyAgain):
		return m.askAgain()
	case r.why == nil && key.Matches(msg, keyOther):
		m.turnPage(msg)
	case r.why == nil && key.Matches(msg, keyPage):
		r.scroll += r.height
		r.clamp()
	case r.why == nil && key.Matches(msg, keyHelp):
		m.help = true
	default:
		cmd, _ := r.key(msg)
		return cmd
	}
	return nil
}

// turnPage goes to the question before or behind.
func (m *reportPage) turnPage(msg tea.KeyPressMsg) {
	by := 1
	if msg.String() == "left" {
		by = -1
	}
	m.cursor.at = max(0, min(m.cursor.at+by, len(m.report.Questions)-1))
}
