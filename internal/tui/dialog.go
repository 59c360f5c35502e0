package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/session"
)

// dialog is what lies over the interview, "" for nothing.
func (m *interview) dialog(w int) string {
	switch {
	case !m.loaded:
		return ""
	case m.overlay == helpOverlay:
		return m.helpBox(w)
	case m.overlay == skipOverlay:
		return m.ask("Skip?", m.skipWords(), w, m.keys.Yes, m.keys.No)
	case m.overlay == endOverlay:
		return m.ask("End the interview?", "The report shows what was judged so far. This cannot be undone.", w, m.keys.Yes, m.keys.No)
	case m.snap.Paused:
		return m.ask("Paused", m.pausedWords(), w, m.keys.Resume, m.keys.Home)
	}
	return ""
}

func (m *interview) skipWords() string {
	if m.current().Asked.Kind == session.FollowUpTurn {
		return "The follow-up stays unanswered; the score stays as it is."
	}
	return "The question scores 0 and the interview goes on."
}

func (m *interview) pausedWords() string {
	s := fmt.Sprintf("Question %d of %d waits. Your words are saved.", max(1, m.snap.Question), m.snap.Questions)
	if m.snap.Remaining > 0 {
		s += " " + mmss(m.snap.Remaining) + " left for this answer."
	}
	return s
}

// ask is a small box with words and the keys that answer it.
func (k *look) ask(title, words string, w int, keys ...key.Binding) string {
	inner := min(w-8, 52)
	lines := append([]string{""}, wrapText(inner, words, nil)...)
	lines = append(lines, "", strings.TrimPrefix(k.legend(inner+1, keys...), " "))
	return k.dialogBox(title, lines, inner)
}

func (k *look) dialogBox(title string, lines []string, inner int) string {
	for _, l := range lines {
		inner = max(inner, min(lipgloss.Width(l), inner))
	}
	return strings.Join(k.box(lines, k.title.Render(title), "", inner+4, len(lines)+2), "\n")
}

// helpBox lists every key of the interview.
func (m *interview) helpBox(w int) string {
	var lines []string
	row := func(keys, does string) { lines = append(lines, m.pad(keys, 20)+m.mutedStyle.Render(does)) }
	row("ctrl+s, alt+enter", "submit the answer")
	row("ctrl+t", "hint")
	row("ctrl+r", "skip")
	row("ctrl+p", "pause")
	row("ctrl+o", "write in $EDITOR")
	row("pgup, pgdn", "scroll the question")
	row("ctrl+y", "bring back lost words")
	row("ctrl+x", "end the interview")
	row("ctrl+c", "save, pause and quit")
	lines = append(lines, m.mutedStyle.Render("any key closes this"))
	return m.dialogBox("Keys", lines, min(w-8, 44))
}
