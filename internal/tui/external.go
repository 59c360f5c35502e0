package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/text"
)

// What the way through the candidate's own editor brings.
type (
	editorReady struct {
		path string
		turn int
		err  error
	}
	editorClosed struct {
		path string
		turn int
		err  error
	}
	editorRead struct {
		text string
		turn int
		err  error
	}
)

// openEditor writes the answer into a file for $EDITOR.
func (m *interview) openEditor() tea.Cmd {
	if m.editor == "" {
		m.say("No editor is set: put one into $VISUAL or $EDITOR.")
		return nil
	}
	value, turn := m.ed.value, m.edTurn
	return m.run(func(context.Context) any {
		path, err := writeTemp(value)
		return editorReady{path, turn, err}
	})
}

// writeTemp makes a file only its owner can read.
func writeTemp(value string) (string, error) {
	f, err := os.CreateTemp("", "elios-answer-*.md") // 0600
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(value)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// external goes on with the editor: run it, read what it left, take it over.
func (m *interview) external(what any) tea.Cmd {
	switch msg := what.(type) {
	case editorReady:
		if msg.err != nil {
			m.fail("The editor could not be opened", msg.err, "write here instead")
			return nil
		}
		visit := m.visit
		return tea.ExecProcess(editorCommand(m.editor, msg.path), func(err error) tea.Msg {
			return roomMsg{visit, editorClosed{msg.path, msg.turn, err}}
		})
	case editorClosed:
		return m.run(func(context.Context) any { return readTemp(msg) })
	case editorRead:
		return m.takeOver(msg)
	}
	return nil
}

// editorCommand runs the editor as git does: its value may hold flags and
// quotes, which is the shell's language.
func editorCommand(editor, path string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		parts := append(strings.Fields(editor), path)
		return exec.Command(parts[0], parts[1:]...)
	}
	return exec.Command("sh", "-c", editor+` "$1"`, "elios", path)
}

func readTemp(msg editorClosed) editorRead {
	b, err := os.ReadFile(msg.path)
	if msg.err != nil {
		// What was saved before the editor failed is still in the file, so the
		// file stays.
		return editorRead{turn: msg.turn, err: fmt.Errorf("%w (your text is in %s)", msg.err, msg.path)}
	}
	if err != nil {
		return editorRead{turn: msg.turn, err: err}
	}
	_ = os.Remove(msg.path)
	return editorRead{text: strings.TrimRight(text.Clean(string(b)), "\n"), turn: msg.turn}
}

func (m *interview) takeOver(msg editorRead) tea.Cmd {
	switch {
	case msg.err != nil:
		m.fail("The editor did not end well", msg.err, "the answer here is as it was")
	case msg.turn != m.edTurn || !m.answering():
		m.stash = msg.text
		m.say("The turn went on meanwhile. ctrl+y brings your words back.")
	default:
		m.ed.set(msg.text)
		return m.changed()
	}
	return nil
}
