package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

type deleted struct {
	visit int
	name  string
	err   error
}

// askDelete names the interview before it is gone for good.
func (m *history) askDelete(s session.Summary) {
	name := report.Line(s.Bank.Title) + ", " + s.CreatedAt.Local().Format("2 January 2006 15:04")
	ctx, interviews, visit := m.ctx, m.interviews, m.visit
	m.confirm = &confirm{
		title: "Delete this interview?",
		words: name + ", " + unbroken(m.standing(s)) + ". Its answers, verdicts and scores are gone for good.",
		yes:   bind("y", "delete", "y"),
		then:  func() tea.Msg { return deleted{visit, name, interviews.Delete(ctx, s.ID)} },
	}
}

func (m *history) wasDeleted(msg deleted) tea.Cmd {
	if msg.err != nil {
		m.note = note{"Not deleted: " + explain(msg.err) + "; x tries again", true}
		return nil
	}
	m.note = note{text: "Deleted: " + msg.name}
	return m.Init()
}
