package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
)

// View draws the form; the field at hand is always in sight.
func (m *setup) View(w, h int) string {
	head := m.head("Practise", m.evaluator, w)
	body, sights := m.form(w)
	if h >= 20 {
		body, sights = append([]string{""}, body...), [3]int{sights[0] + 1, sights[1] + 1, sights[2] + 1}
	}
	if about := m.about(); about != "" {
		body = append(body, "")
		body = append(body, margin(margin(margin(wrapText(min(w-6, 72), about, &m.mutedStyle))))...)
	}
	foot := m.feet(m.note, w, m.keysNow()...)
	room := max(1, h-len(head)-len(foot))
	offset := 0
	for _, line := range sights {
		_, offset = window(body, room, line, offset)
	}
	body = body[offset:min(len(body), offset+room)]
	return m.draw(m.look, page(h, head, body, foot), m.helpLines(), w, h)
}

// keysNow are the keys that do something to the field at hand.
func (m *setup) keysNow() []key.Binding {
	f := m.fields()[m.at]
	choose, more := keySpace, bind("+-", "a little", "+", "-")
	choose.SetEnabled(m.at == rowTopics && len(m.topics()) > 0)
	more.SetEnabled(f.nudge != nil)
	start := bind("enter", "start", "enter")
	start.SetEnabled(m.settings.Bank != "")
	change := bind(m.leftRight, "change", "left", "right")
	return []key.Binding{start, m.movement(), change, choose, more, keyBack, keyHelp}
}

func (m *setup) helpLines() []keyRow {
	return []keyRow{
		{"enter", "start the interview"},
		{m.upDown, "the other rows"},
		{m.leftRight, "change the row"},
		{"space", "choose a topic, or change"},
		{"0-9", "type questions or minutes"},
		{"+, -", "1 question, half a minute"},
		{"esc, q", "back"},
	}
}

// form is a line for each field, with more under the one at hand. The lines to
// be in sight are the last of that, the field itself and its topic at hand; where
// there is no room for all of them a later one counts more.
func (m *setup) form(w int) (lines []string, sights [3]int) {
	for i, f := range m.fields() {
		row, about := m.row(f, i == m.at, w)
		lines = append(lines, row)
		if i != m.at {
			continue
		}
		sights[1], sights[2] = len(lines)-1, len(lines)-1
		if i == rowTopics && len(m.topics()) > 0 {
			chips, at := m.chips(w)
			sights[2] = len(lines) + at
			lines = append(lines, chips...)
		}
		if about != "" {
			lines = append(lines, indent(strings.Repeat(" ", 19), wrapText(w-20, about, &m.mutedStyle))...)
		}
		sights[0] = len(lines) - 1
	}
	return lines, sights
}

// row is a name, the value between arrows while one can change it, and a word
// on what it means, which it gives back where there is no room for it.
func (m *setup) row(f field, here bool, w int) (line, about string) {
	value, about := f.value()
	name := m.pad(f.name, 12)
	if here {
		name = m.strong.Render(name)
	}
	value = m.clip(value, w-24)
	if here && f.choose == nil {
		value = m.accentStyle.Render(m.glyphs.left+" ") + m.strong.Render(value) + m.accentStyle.Render(" "+m.glyphs.right)
	} else {
		value = "  " + value
	}
	line = "  " + m.pointer(here) + name + " " + value
	if lipgloss.Width(line)+lipgloss.Width(about)+3 < w && about != "" {
		return line + "   " + m.mutedStyle.Render(about), ""
	}
	return line, about
}

// about is what the bank at hand says of itself.
func (m *setup) about() string {
	if m.bank < 0 || m.bank >= len(m.banks) {
		return ""
	}
	b := m.banks[m.bank]
	s := report.Line(b.Description)
	if b.Questions > 0 && b.Cases == 0 {
		s = strings.TrimSpace(s + " (untested: the bank has no cases)")
	}
	return s
}
