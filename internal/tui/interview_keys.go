package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// interviewKeys are the keys of an interview. None of them is one a terminal
// keeps for itself or sends for something else (ctrl+i, ctrl+m, ctrl+h).
type interviewKeys struct {
	Submit, Hint, Skip, Pause, Editor, End, Back, Help key.Binding
	PageUp, PageDown                                   key.Binding
	Retry, Builtin, EndNow                             key.Binding
	Next, Resume, Home, Yes, No                        key.Binding
}

func newInterviewKeys() interviewKeys {
	return interviewKeys{
		Submit:   bind("ctrl+s", "submit", "ctrl+s", "alt+enter"),
		Hint:     bind("ctrl+t", "hint", "ctrl+t"),
		Skip:     bind("ctrl+r", "skip", "ctrl+r"),
		Pause:    bind("ctrl+p", "pause", "ctrl+p"),
		Editor:   bind("ctrl+o", "edit", "ctrl+o"),
		End:      bind("ctrl+x", "end", "ctrl+x"),
		Back:     bind("ctrl+y", "words back", "ctrl+y"),
		Help:     bind("f1", "help", "f1", "ctrl+g"),
		PageUp:   bind("pgup", "question up", "pgup", "alt+up"),
		PageDown: bind("pgdn", "question down", "pgdown", "alt+down"),
		Retry:    bind("r", "retry", "r"),
		Builtin:  bind("b", "built-in evaluator", "b"),
		EndNow:   bind("e", "end", "e"),
		Next:     bind("enter", "next question", "enter"),
		Resume:   bind("enter", "go on", "enter", "space"),
		Home:     bind("q", "home", "q", "esc"),
		Yes:      bind("y", "yes", "y"),
		No:       bind("n", "no", "n", "esc"),
	}
}

// key goes to the topmost thing that has the keys.
func (m *interview) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.now().Sub(m.noted) > noteStays {
		m.note = note{}
	}
	switch {
	case m.leaving != nil:
		return nil
	case !m.loaded:
		return m.keyUnloaded(msg)
	case m.overlay != noOverlay:
		return m.keyOverlay(msg)
	case m.paused():
		return m.keyPaused(msg)
	case len(m.over) > 0:
		return m.keyInterlude(msg)
	case m.snap.State == session.Evaluating:
		return m.keyEvaluating(msg)
	case m.answering():
		return m.keyAnswering(msg)
	}
	return m.keyAnywhere(msg)
}

func (m *interview) keyUnloaded(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Retry):
		m.note = note{}
		return m.loadSnapshot()
	case key.Matches(msg, m.keys.Home):
		return m.leave(goHome{})
	}
	return nil
}

// keyAnswering tries our keys first: the textarea has its own use for most.
func (m *interview) keyAnswering(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Submit):
		return m.submit()
	case key.Matches(msg, m.keys.Hint):
		return m.hint()
	case key.Matches(msg, m.keys.Skip):
		m.overlay = skipOverlay
	case key.Matches(msg, m.keys.Editor):
		return m.openEditor()
	case key.Matches(msg, m.keys.Back):
		return m.wordsBack()
	case key.Matches(msg, m.keys.PageUp):
		m.scroll--
	case key.Matches(msg, m.keys.PageDown):
		m.scroll++
	case key.Matches(msg, m.keys.Pause, m.keys.End, m.keys.Help):
		return m.keyAnywhere(msg)
	default:
		return m.typed(msg)
	}
	return nil
}

// typed gives a key or a paste to the editor.
func (m *interview) typed(msg tea.Msg) tea.Cmd {
	if !m.typing() {
		return nil
	}
	changed, cmd := m.ed.Update(msg)
	if changed {
		cmd = tea.Batch(cmd, m.changed())
	}
	return cmd
}

func (m *interview) keyAnywhere(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case m.snap.Completed != nil && key.Matches(msg, m.keys.Pause, m.keys.End): // nothing left to stop
	case key.Matches(msg, m.keys.Pause) && m.reading:
		m.reading = false // from now on the pause is the candidate's
	case key.Matches(msg, m.keys.Pause):
		return tea.Batch(m.saveDraft(), m.do(session.Pause{}))
	case key.Matches(msg, m.keys.End):
		m.overlay = endOverlay
	case key.Matches(msg, m.keys.Help):
		m.overlay = helpOverlay
	}
	return nil
}

func (m *interview) keyOverlay(msg tea.KeyPressMsg) tea.Cmd {
	was := m.overlay
	switch {
	case was == helpOverlay || key.Matches(msg, m.keys.No):
		m.overlay = noOverlay
	case key.Matches(msg, m.keys.Yes) && was == skipOverlay:
		m.overlay = noOverlay
		return m.skip()
	case key.Matches(msg, m.keys.Yes) && was == builtinOverlay:
		m.overlay = noOverlay
		return m.do(session.UseBuiltin{})
	case key.Matches(msg, m.keys.Yes) && was == endOverlay:
		m.overlay = noOverlay
		return tea.Batch(m.saveDraft(), m.do(session.End{}))
	}
	return nil
}

func (m *interview) keyPaused(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Resume) && m.interluding() && m.snap.Remaining > 0:
		m.reading = true // the clock goes on with the next question
	case key.Matches(msg, m.keys.Resume):
		return m.do(session.Resume{})
	case key.Matches(msg, m.keys.Home):
		return m.leave(goHome{})
	}
	return nil
}

func (m *interview) keyEvaluating(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Retry) && m.snap.Pending != nil:
		return m.do(session.Retry{})
	case key.Matches(msg, m.keys.Builtin) && m.snap.Evaluator.Name != session.Builtin:
		m.overlay = builtinOverlay
	case key.Matches(msg, m.keys.PageUp):
		m.scroll--
	case key.Matches(msg, m.keys.PageDown):
		m.scroll++
	case key.Matches(msg, m.keys.EndNow) && m.snap.Pending != nil:
		m.overlay = endOverlay
	default:
		return m.keyAnywhere(msg)
	}
	return nil
}
