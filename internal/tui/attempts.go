package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// attemptsPage lists the answers there are to a question, the latest first.
type attemptsPage struct {
	*env
	cover
	visit    int
	question session.QuestionInfo
	list     []session.Attempt
	height   int
	cursor   cursor
}

func newAttemptsPage(e *env, visit int, to goAttempts) *attemptsPage {
	return &attemptsPage{env: e, visit: visit, question: to.question, list: to.list}
}

func (m *attemptsPage) revisit(visit int) { m.visit = visit }

// Init has nothing to read: the question's page has done so.
func (m *attemptsPage) Init() tea.Cmd { return nil }

// attempt is the one on line i.
func (m *attemptsPage) attempt(i int) session.Attempt { return m.list[len(m.list)-1-i] }

func (m *attemptsPage) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if cmd, took := m.cover.key(press); took {
		return cmd
	}
	switch {
	case key.Matches(press, keyBack):
		return send(goHome{})
	case key.Matches(press, keyEnter) && len(m.list) > 0:
		return send(goReport{m.attempt(m.cursor.at).Interview.ID})
	}
	m.cursor.move(press, len(m.list), max(1, m.height))
	return nil
}

// View draws the question and the list.
func (m *attemptsPage) View(w, h int) string {
	head := m.head("Earlier answers", report.Count(len(m.list), "answer"), w)
	body := []string{" " + m.clip(m.firstLine(m.question.Ask), w-2), ""}
	m.height = max(1, h-len(head)-2-len(body))
	body = append(body, m.rows(&m.cursor, len(m.list), w, m.height, func(i, _ int) string {
		a := m.attempt(i)
		return m.mutedStyle.Render(a.Interview.CreatedAt.Local().Format("2006-01-02 15:04")) + "  " + m.attemptScore(a)
	})...)
	open := bind("enter", "report", "enter")
	foot := []string{"", m.legend(w, m.movement(), open, keyBack, keyHelp)}
	return m.draw(m.look, page(h, head, body, foot), []keyRow{
		{m.upDown + " pgup pgdn", "move"},
		{"enter", "open the report"},
		{"esc, q", "back"},
	}, w, h)
}

// attemptScore is how an answer was judged.
func (k *look) attemptScore(a session.Attempt) string {
	s := k.scoreBand(a.Question.Result.Final)
	if a.Question.Result.Skipped {
		s += k.mutedStyle.Render(k.sep + "skipped")
	}
	return s
}
