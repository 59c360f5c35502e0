package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// The smallest terminal elios draws in.
const (
	minWidth  = 40
	minHeight = 12
)

// root routes messages to the one screen that is shown and has the keys, and
// alone speaks to the terminal.
type root struct {
	*env
	width, height int
	screen        screen
	below         []place    // the pages esc leads back to, the nearest last
	interview     *interview // the one entered last
	visits        int        // screens so far; late answers to an earlier one are dropped
	first         tea.Cmd
	notices       <-chan string
}

// noticed is what came from outside of the screens.
type noticed string

func newRoot(e *env, o Options) *root {
	r := &root{env: e, notices: o.Notices}
	switch {
	case o.Room != nil:
		r.first = r.enter(o.Room)
	case o.Start:
		r.first = r.show(newSetup(e, r.visit(), o.Settings).starting())
	default:
		r.first = r.show(newHome(e, r.visit()))
	}
	return r
}

func (r *root) visit() int {
	r.visits++
	return r.visits
}

// show makes a screen the current one.
func (r *root) show(s beginning) tea.Cmd {
	if m, ok := r.screen.(*interview); ok {
		m.cancel() // its commands have nobody to answer to
	}
	r.screen = s
	return s.Init()
}

func (r *root) enter(room session.Room) tea.Cmd {
	r.below = nil // from an interview one comes home
	r.interview = newInterview(r.env, room, r.visit())
	return r.show(r.interview)
}

// Init asks for the background's colour; not every terminal answers.
func (r *root) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, r.first, r.nextNotice())
}

// nextNotice waits for a notice.
func (r *root) nextNotice() tea.Cmd {
	if r.notices == nil {
		return nil
	}
	ctx, notices := r.ctx, r.notices
	return func() tea.Msg {
		select {
		case s := <-notices:
			return noticed(s)
		case <-ctx.Done():
			return nil
		}
	}
}

// Update handles what concerns the whole program.
func (r *root) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.width, r.height = msg.Width, msg.Height
		return nil
	case tea.BackgroundColorMsg:
		r.restyle(msg.IsDark())
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return r.quit()
		}
	case noticed:
		if m, ok := r.screen.(*interview); ok {
			m.say(string(msg))
		}
		return r.nextNotice()
	case entered:
		if msg.err == nil {
			return r.arrived(msg)
		}
	default:
		if cmd, ok := r.route(msg); ok {
			return cmd
		}
	}
	return r.screen.Update(msg)
}

// arrived enters a room somebody still waits for, and leaves any other.
func (r *root) arrived(msg entered) tea.Cmd {
	if msg.visit == r.visits {
		return r.enter(msg.room)
	}
	return func() tea.Msg {
		_ = msg.room.Close() // nobody is in it
		return nil
	}
}

// quit ends the program; an interview or a report is left in order first.
func (r *root) quit() tea.Cmd {
	if s, ok := r.screen.(interface{ leave(tea.Msg) tea.Cmd }); ok {
		return s.leave(goQuit{})
	}
	return tea.Quit
}

// route goes where a screen asks to go.
func (r *root) route(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case goHome:
		return r.back(), true
	case goSetup:
		return r.deeper(newSetup(r.env, r.visit(), msg.settings)), true
	case goPractise:
		return r.deeper(newPractice(r.env, r.visit(), msg.bank)), true
	case goHistory:
		return r.deeper(newHistory(r.env, r.visit())), true
	case goBanks:
		return r.deeper(newBanks(r.env, r.visit())), true
	case goBank:
		return r.deeper(newBankPage(r.env, r.visit(), msg.bank)), true
	case goQuestion:
		return r.deeper(newQuestionPage(r.env, r.visit(), msg)), true
	case goAttempts:
		return r.deeper(newAttemptsPage(r.env, r.visit(), msg)), true
	case goReport:
		return r.deeper(newReport(r.env, r.visit(), msg.id)), true
	case goOpen:
		return r.open(msg.ref), true
	case goQuit:
		return tea.Quit, true
	}
	return nil, false
}

func (r *root) open(ref string) tea.Cmd {
	ctx, interviews, visit := r.ctx, r.interviews, r.visits
	return func() tea.Msg {
		room, err := interviews.Open(ctx, ref)
		return entered{visit, room, err}
	}
}

// View is a frame: always in the alternate screen, and exactly as large as the
// terminal.
func (r *root) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "elios"}
	switch {
	case r.width == 0: // drawn once before the size is known
	case r.width < minWidth || r.height < minHeight:
		small := fmt.Sprintf("elios needs %d%s%d", minWidth, r.times, minHeight)
		v.SetContent(r.fit(small+fmt.Sprintf("\nit has %d%s%d", r.width, r.times, r.height), r.width, r.height))
	default:
		v.SetContent(r.fit(r.screen.View(r.width, r.height), r.width, r.height))
		if c, ok := r.screen.(cursored); ok {
			v.Cursor = c.Cursor()
		}
	}
	return v
}
