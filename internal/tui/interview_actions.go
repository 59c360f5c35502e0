package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

func (m *interview) submit() tea.Cmd {
	switch {
	case m.sent != nil:
		return nil
	case strings.TrimSpace(m.ed.value) == "":
		m.say("There is nothing to submit yet: write an answer, or skip with ctrl+r.")
		return nil
	case m.ed.runes > session.MaxAnswer:
		m.note, m.noted = note{fmt.Sprintf("An answer has at most %d characters: shorten it by %d.",
			session.MaxAnswer, m.ed.runes-session.MaxAnswer), true}, m.now()
		return nil
	}
	return m.hand(sent{turn: m.edTurn, id: m.newID(), text: m.ed.value})
}

func (m *interview) skip() tea.Cmd {
	if m.sent != nil || !m.answering() {
		return nil
	}
	return m.hand(sent{turn: m.edTurn, id: m.newID(), text: m.ed.value, skip: true})
}

func (m *interview) hint() tea.Cmd {
	given, of := m.hints()
	if given >= of {
		m.say(noHint(of, m.snap.Settings.Mode))
		return nil
	}
	return m.do(session.Hint{})
}

func noHint(of int, mode session.Mode) string {
	switch {
	case mode == session.Exam:
		return "An exam gives no hints."
	case of == 0:
		return "This question has no hints."
	}
	return "There are no more hints for this question."
}

// wordsBack puts words that missed their turn behind what is there.
func (m *interview) wordsBack() tea.Cmd {
	if m.stash == "" || !m.typing() {
		return nil
	}
	s := m.ed.value
	if s != "" {
		s += "\n"
	}
	m.ed.set(s + m.stash)
	m.stash = ""
	return m.changed()
}
