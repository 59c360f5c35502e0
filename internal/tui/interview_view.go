package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// Cursor is where one types, nil when the keys go elsewhere.
func (m *interview) Cursor() *tea.Cursor { return m.cur }

// View draws the interview.
func (m *interview) View(w, h int) string {
	m.cur = nil
	s := m.base(w, h)
	if d := m.dialog(w, h); d != "" {
		m.cur = nil
		s = s[:strings.LastIndexByte(s, '\n')+1] // the keys below are not those that work now
		return over(m.fit(s, w, h), d, w, h)
	}
	return s
}

func (m *interview) base(w, h int) string {
	switch {
	case !m.loaded:
		return page(h, m.head("elios", "", w), []string{"", " Opening the interview " + m.ellipsis}, m.foot(w, m.keys.Home))
	case m.interluding():
		return m.viewInterlude(w, h)
	case m.snap.State == session.Evaluating:
		return m.viewEvaluating(w, h)
	case m.snap.State.Answering():
		return m.viewAnswering(w, h)
	}
	return page(h, m.top(w), []string{"", " One moment " + m.ellipsis}, m.foot(w, m.keys.Help))
}

// foot is the note and the keys.
func (m *interview) foot(w int, keys ...key.Binding) []string {
	n := m.note
	if n.text == "" && m.snap.State.Answering() && m.live.Phase == "loading" {
		n = note{text: report.Line(m.snap.Evaluator.String()) + " is being loaded while you answer " + m.ellipsis}
	}
	if m.offline() {
		return []string{m.env.note(m.connectionNote()), m.legend(w, keys...)}
	}
	if len(n.text) > 0 && m.sent == nil {
		return []string{m.env.note(n), m.legend(w, keys...)}
	}
	if m.sent != nil {
		return []string{m.env.note(note{text: "Sending " + m.ellipsis}), m.legend(w, keys...)}
	}
	return []string{"", m.legend(w, keys...)}
}

// top is the state line and a rule.
func (m *interview) top(w int) []string {
	return []string{m.stateLine(w), m.rule(w)}
}

// stateLine shows the machine with the state it is in; a narrow terminal gets
// the state's name and where it stands among the others.
func (m *interview) stateLine(w int) string {
	left := m.stateNames()
	right := fmt.Sprintf("%d of %d", max(m.snap.Question, 1), m.snap.Questions) + m.sep + m.time()
	if lipgloss.Width(left)+lipgloss.Width(right)+3 > w {
		left = m.stateDots()
	}
	room := w - lipgloss.Width(left) - lipgloss.Width(right) - 4 - lipgloss.Width(m.sep)
	if title := report.Line(m.snap.Bank.Title); title != "" && room >= min(6, lipgloss.Width(title)) {
		right = m.clip(title, room) + m.sep + right
	}
	style := m.mutedStyle
	if m.hurry() {
		style = m.weakStyle.Bold(true)
	}
	return m.header(left, style.Render(right), w)
}

func (m *interview) stateNames() string {
	link := m.mutedStyle.Render(" " + m.line + " ")
	var parts []string
	for _, s := range session.States() {
		name := stateName(s)
		if s == m.snap.State {
			parts = append(parts, m.title.Render(m.here+name))
		} else {
			parts = append(parts, m.mutedStyle.Render(name))
		}
	}
	return strings.Join(parts, link)
}

func stateName(s session.State) string { return report.Line(strings.ReplaceAll(string(s), "_", " ")) }

func (m *interview) stateDots() string {
	var dots []string
	for _, s := range session.States() {
		if s == m.snap.State {
			dots = append(dots, m.accentStyle.Render(m.on))
		} else {
			dots = append(dots, m.mutedStyle.Render(m.off))
		}
	}
	return strings.Join(dots, m.mutedStyle.Render(m.line)) + " " + m.title.Render(stateName(m.snap.State))
}

// viewAnswering is the question, what came of it so far, and the editor. The
// editor keeps a third of the room however long the question is.
func (m *interview) viewAnswering(w, h int) string {
	room := h - 4
	least := max(4, min(8, room/3))
	thread, focus := m.thread(w - 2)
	pane := m.pane(thread, max(1, room-least-1), focus, w)
	boxH := max(3, room-len(pane)-1)
	body := append(pane, "")
	title := "Your answer"
	if m.sent != nil {
		title += m.sep + "sending " + m.ellipsis
	}
	body = append(body, m.ed.view(title, m.savedWord(), w, boxH)...)
	if m.typing() {
		if m.cur = m.ed.cursor(); m.cur != nil {
			m.cur.Y += 2 + len(pane) + 1
		}
	}
	return page(h, m.top(w), body, m.foot(w, m.answeringKeys()...))
}

// pane shows as much of the thread as there is room for and says how much more
// there is. What begins at line focus is in sight; m.scroll moves it.
func (m *interview) pane(lines []string, h, focus, w int) []string {
	if len(lines) <= h {
		m.scroll = 0
		return margin(lines)
	}
	h = max(h-1, 1)
	start := min(focus, len(lines)-h)
	at := max(0, min(start+m.scroll, len(lines)-h))
	m.scroll = at - start
	above, below := at, len(lines)-at-h
	var more []string
	if above > 0 {
		more = append(more, fmt.Sprintf("%d above (pgup)", above))
	}
	if below > 0 {
		more = append(more, fmt.Sprintf("%d below (pgdn)", below))
	}
	hint := m.mutedStyle.Render(m.ellipsis + " lines: " + strings.Join(more, ", "))
	return append(margin(lines[at:at+h]), m.clip(" "+hint, w))
}

// margin sets lines one column in.
func margin(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			out[i] = " " + l
		}
	}
	return out
}

func (m *interview) savedWord() string {
	switch {
	case m.saved == m.gen:
		return "saved"
	case m.note.bad:
		return "not saved"
	}
	return "saving " + m.ellipsis
}

func (m *interview) answeringKeys() []key.Binding {
	k := m.keys
	given, of := m.hints()
	k.Hint.SetHelp("ctrl+t", fmt.Sprintf("hint %d/%d", given, of))
	k.Hint.SetEnabled(of > 0)
	k.Editor.SetEnabled(m.editor != "")
	return []key.Binding{k.Submit, k.Hint, k.Skip, k.Pause, k.Editor, k.Help}
}
