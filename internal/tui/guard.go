package tui

import (
	"fmt"
	"runtime/debug"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// CrashError says that the screens broke. The interview itself is on disk.
type CrashError struct {
	Value any
	Stack []byte // for a log, never for the screen
}

func (e *CrashError) Error() string {
	return fmt.Sprintf("the screens of elios broke (%v); your interview is saved: start elios again to go on, or use --plain", e.Value)
}

// guard is the model the program runs: the root behind a net. Bubble Tea has a
// net of its own, but it writes the stack onto the terminal.
type guard struct {
	*root
	quit func() // ends the program from within View

	mu    sync.Mutex
	crash *CrashError
}

func (g *guard) record(v any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.crash == nil {
		g.crash = &CrashError{Value: v, Stack: debug.Stack()}
	}
}

// crashed gives what was caught, nil for nothing.
func (g *guard) crashed() *CrashError {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.crash
}

func (g *guard) Init() tea.Cmd { return g.watch(g.root.Init()) }

func (g *guard) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	if g.crashed() != nil {
		return g, tea.Quit
	}
	defer func() {
		if v := recover(); v != nil {
			g.record(v)
			same, cmd = g, tea.Quit
		}
	}()
	return g, g.watch(g.root.Update(msg))
}

func (g *guard) View() (v tea.View) {
	v.AltScreen = true
	if g.crashed() != nil {
		return v
	}
	defer func() {
		if r := recover(); r != nil {
			g.record(r)
			v = tea.View{AltScreen: true}
			if g.quit != nil {
				go g.quit() // Send would wait for the loop that is drawing
			}
		}
	}()
	return g.root.View()
}

// watch puts the net under a command and those it brings.
func (g *guard) watch(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				g.record(v)
				msg = tea.QuitMsg{}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.watch(batch[i])
			}
		}
		return msg
	}
}
