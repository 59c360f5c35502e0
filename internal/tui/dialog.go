package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/session"
)

// dialog is what lies over the interview, "" for nothing.
func (m *interview) dialog(w, h int) string {
	switch {
	case !m.loaded:
		return ""
	case m.overlay == helpOverlay:
		return m.keysBox(m.keysHere(), w, h)
	case m.overlay == skipOverlay:
		return m.ask("Skip?", m.skipWords(), w, m.keys.Yes, m.keys.No)
	case m.overlay == endOverlay:
		return m.ask("End the interview?", m.endWords(), w, m.keys.Yes, m.keys.No)
	case m.overlay == builtinOverlay:
		return m.ask("Go on with the built-in evaluator?", "It judges this answer and all that follow. There is no way back in this interview.", w, m.keys.Yes, m.keys.No)
	case m.paused():
		return m.ask("Paused", m.pausedWords(), w, m.keys.Resume, m.keys.Home)
	}
	return ""
}

func (m *interview) skipWords() string {
	s := "The question scores 0 and the interview goes on."
	if m.current().Asked.Kind == session.FollowUpTurn {
		s = "The follow-up stays unanswered; the score stays as it is."
	}
	if m.ed.words > 0 {
		s += " What you have written is not handed in; ctrl+y brings it back in the next turn."
	}
	return s
}

func (m *interview) endWords() string {
	s := "The report shows what was judged so far. This cannot be undone."
	if m.answering() && m.ed.words > 0 {
		s = "What you have written here is not judged. " + s
	}
	return s
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
