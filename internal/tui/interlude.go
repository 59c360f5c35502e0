package tui

import (
	"fmt"
	"strings"
)

// viewInterlude shows a question that is over, while the machine already waits
// with the next one.
func (m *interview) viewInterlude(w, h int) string {
	o := m.over[0]
	left := m.title.Render(fmt.Sprintf("Question %d of %d is over", o.Question, m.snap.Questions))
	right := ""
	if o.Result != nil {
		right = m.scoreBand(o.Result.Final)
		if o.Result.Skipped {
			right = m.mutedStyle.Render("skipped  ") + right
		}
	}
	lines := m.overLines(w - 2)
	room := max(1, h-4)
	m.scroll = max(0, min(m.scroll, len(lines)-room))
	shown, _ := window(lines, room, m.scroll, m.scroll)
	next := m.keys.Next
	if m.snap.Completed != nil {
		next.SetHelp("enter", "report")
	}
	move := m.movement()
	move.SetHelp(m.upDown, "scroll")
	move.SetEnabled(len(lines) > room)
	foot := m.foot(w, next, move, m.keys.Pause, m.keys.Help)
	if below := len(lines) - m.scroll - room; below > 0 && foot[0] == "" {
		foot[0] = " " + m.mutedStyle.Render(count(below, "more line", "more lines"))
	}
	return page(h, []string{m.header(left, right, w), m.rule(w)}, margin(shown), foot)
}

// overLines is drawn once for each width; an ideal answer may be long.
func (m *interview) overLines(w int) []string {
	o := m.over[0]
	id := fmt.Sprint("over", o.Question, w, m.dark)
	if m.drawn.id == id {
		return m.drawn.lines
	}
	var lines []string
	for _, t := range m.snap.Turns {
		if t.Asked.Question == o.Question {
			lines = append(m.markdown(t.Asked.Ask, w), "")
			break
		}
	}
	if r := o.Result; r != nil && r.Final.Judged && r.Unprompted.Judged && r.Unprompted.Value != r.Final.Value {
		lines = append(lines, m.mutedStyle.Render(strings.Join([]string{
			"unprompted " + m.scoreRange(r.Unprompted.Value, r.Unprompted.Upper),
			"after probing " + m.scoreRange(r.Final.Value, r.Final.Upper),
		}, m.sep)), "")
	}
	lines = append(lines, m.revealLines(o.Reveal, w)...)
	m.drawn.id, m.drawn.lines = id, lines
	return lines
}
