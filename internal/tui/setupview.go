package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/session"
)

// View draws the form.
func (m *setup) View(w, h int) string {
	head := m.head("Practise", m.evaluator, w)
	body := []string{""}
	for i := range setupRows {
		body = append(body, m.row(i, w))
		if i == rowTopics && m.at == rowTopics {
			body = append(body, m.chips(w)...)
		}
	}
	if about := m.about(); about != "" {
		body = append(body, "")
		body = append(body, margin(margin(margin(wrapText(min(w-6, 72), about, &m.mutedStyle))))...)
	}
	choose := keySpace
	choose.SetEnabled(m.at == rowTopics && len(m.topics()) > 0)
	start := bind("enter", "start", "enter")
	start.SetEnabled(m.settings.Bank != "")
	change := bind(m.leftRight, "change", "left", "right")
	foot := []string{m.env.note(m.note), m.legend(w, start, m.movement(), change, choose, keyBack)}
	return page(h, head, body, foot)
}

// row is a name, the value between arrows while one can change it, and a word
// on what it means.
func (m *setup) row(i, w int) string {
	names := [setupRows]string{"Bank", "Topics", "Level", "Questions", "Follow-ups", "Mode"}
	value, about := m.value(i)
	here := i == m.at
	name := m.pad(names[i], 12)
	if here {
		name = m.strong.Render(name)
	}
	value = m.clip(value, w-24)
	if here && i != rowTopics {
		value = m.accentStyle.Render(m.glyphs.left+" ") + m.strong.Render(value) + m.accentStyle.Render(" "+m.glyphs.right)
	} else {
		value = "  " + value
	}
	line := "  " + m.pointer(here) + name + " " + value
	if about != "" && lipgloss.Width(line)+len(about)+3 < w {
		line += "   " + m.mutedStyle.Render(about)
	}
	return line
}

// value is a row's value and what is to be said about it.
func (m *setup) value(i int) (value, about string) {
	s := m.settings
	switch i {
	case rowBank:
		return m.bankValue()
	case rowTopics:
		return m.topicWords(), ""
	case rowLevel:
		return m.levelWords(), "1 entry to 5 expert"
	case rowCount:
		return fmt.Sprint(s.Count), ""
	case rowFollowUps:
		if s.FollowUps == nil {
			return "as the bank says", ""
		}
		return fmt.Sprint(*s.FollowUps), "at most, on each question"
	}
	if s.Mode == session.Exam {
		return "exam", "verdicts at the end, no hints"
	}
	return "practice", "verdicts and hints as you go"
}

func (m *setup) bankValue() (value, about string) {
	switch {
	case !m.loaded && m.settings.Bank == "":
		return m.ellipsis, ""
	case len(m.banks) == 0 && m.settings.Bank == "":
		return "none found", ""
	case m.bank < 0 || m.bank >= len(m.banks):
		return oneLine(m.settings.Bank), ""
	}
	b := m.banks[m.bank]
	if b.Questions == 0 {
		return oneLine(b.Title), ""
	}
	return oneLine(b.Title), count(b.Questions, "question", "questions") + ", " + levelsOf(b, "-")
}

func (m *setup) about() string {
	if m.bank < 0 || m.bank >= len(m.banks) {
		return ""
	}
	b := m.banks[m.bank]
	s := oneLine(b.Description)
	if b.Questions > 0 && b.Cases == 0 {
		s = strings.TrimSpace(s + " (untested: the bank has no cases)")
	}
	return s
}

// chips are the topics to choose from, the one at hand in the accent.
func (m *setup) chips(w int) []string {
	var spans []span
	for i, t := range m.topics() {
		box := m.unchecked
		if slices.Contains(m.settings.Topics, t.ID) {
			box = m.checked
		}
		word, style := box+" "+oneLine(t.Title), &m.mutedStyle
		if i == m.topic {
			word, style = m.glyphs.left+word+m.glyphs.right, &m.title
		} else {
			word = " " + word + " "
		}
		spans = append(spans, span{unbroken(word), style}, span{" ", nil})
	}
	out := wrap(max(w-20, 10), spans...)
	return indent(strings.Repeat(" ", 19), out)
}
