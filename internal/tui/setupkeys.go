package tui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

var (
	keySpace = bind("space", "choose", "space")
	keyMore  = bind("+", "a little more", "+", "=")
	keyLess  = bind("-", "a little less", "-")
	keyErase = bind("", "", "backspace")
)

// key turns the field at hand, goes to another, or starts.
func (m *setup) key(msg tea.KeyPressMsg) tea.Cmd {
	fields := m.fields()
	f := fields[m.at]
	if f.number != nil && m.digit(msg, f.number) {
		return nil
	}
	m.typed = ""
	switch {
	case key.Matches(msg, keyEnter):
		return m.begin()
	case key.Matches(msg, keyUp):
		m.at = max(0, m.at-1)
	case key.Matches(msg, keyDown):
		m.at = min(len(fields)-1, m.at+1)
	case key.Matches(msg, keyFirst):
		m.at = 0
	case key.Matches(msg, keyLast):
		m.at = len(fields) - 1
	case key.Matches(msg, keySpace) && f.choose != nil:
		f.choose()
	case key.Matches(msg, keyLeft):
		f.change(-1)
	case key.Matches(msg, keyRight), key.Matches(msg, keySpace):
		f.change(1)
	case key.Matches(msg, keyMore) && f.nudge != nil:
		f.nudge(1)
	case key.Matches(msg, keyLess) && f.nudge != nil:
		f.nudge(-1)
	}
	m.note = note{}
	return m.readQuestions()
}

// digit takes a key as part of a number, up to three digits of it.
func (m *setup) digit(msg tea.KeyPressMsg, set func(n int)) bool {
	s := msg.String()
	switch {
	case key.Matches(msg, keyErase) && m.typed != "":
		m.typed = m.typed[:len(m.typed)-1]
	case len(s) == 1 && s[0] >= '0' && s[0] <= '9':
		m.typed = (m.typed + s)[max(0, len(m.typed)-2):]
	default:
		return false
	}
	n, _ := strconv.Atoi(m.typed) // digits only, or nothing: 0
	set(n)
	return true
}
