package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// reportPage shows how an interview went; a question can be opened.
type reportPage struct {
	*env
	visit      int
	id         string
	report     session.Report
	loaded     bool
	calibrated []string         // a line for each evaluator
	before     *session.Attempt // at the question that this interview asked again
	cursor     cursor
	height     int
	focus      int // the line of the question under the cursor
	opened     bool
	review     *review // of the open question
	out        *outbox
	earlier    *earlier // answers to the open question, nil while not shown
	export     *export  // the choice of a format, nil while not shown
	help       bool
	busy       bool    // another interview is on its way
	leaving    tea.Msg // where to, once marks and disputes are on disk
	note       note
	cur        *tea.Cursor
}

func newReport(e *env, visit int, id string) *reportPage {
	m := &reportPage{env: e, visit: visit, id: id}
	m.out = &outbox{newID: e.newID, do: m.remark}
	m.review = newReview(e, m.out)
	return m
}

// Init reads the report.
func (m *reportPage) Init() tea.Cmd { return m.read() }

// Cursor is where one types, nil when the keys go elsewhere.
func (m *reportPage) Cursor() *tea.Cursor { return m.cur }

// Update hands keys to what lies on top.
func (m *reportPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.BackgroundColorMsg:
		m.review.restyle()
	case entered:
		if msg.visit == m.visit {
			m.busy = false
			m.note = note{"The question could not be asked again: " + explain(msg.err), true}
		}
	case reportMsg:
		if msg.visit == m.visit {
			return m.heard(msg.what)
		}
	default: // a paste, and the textarea's own messages
		return m.review.typed(msg)
	}
	return nil
}

// heard takes what a command of this visit brought back.
func (m *reportPage) heard(what any) tea.Cmd {
	switch msg := what.(type) {
	case reportRead:
		m.took(msg)
	case reportRemarked:
		return m.remarked(msg)
	case attemptsRead:
		m.attemptsRead(msg)
	case exported:
		m.exported(msg)
	}
	return nil
}

// The keys of the report. Letters are free here.
var (
	keyAgain   = bind("a", "ask again", "a")
	keyNew     = bind("n", "new like this", "n")
	keyExport  = bind("e", "export", "e")
	keyEarlier = bind("h", "earlier", "h")
	keyOther   = bind("", "other question", "left", "right")
	keyHome    = bind("q", "back", "q", "esc")
	keyReload  = bind("r", "try again", "r")
	keyPage    = bind("", "", "space")
)

func (m *reportPage) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case m.leaving != nil:
		return nil
	case m.help:
		m.help = false
	case m.export != nil:
		return m.keyExport(msg)
	case m.earlier != nil:
		m.keyEarlier(msg)
	case m.opened:
		m.note = note{}
		return m.keyOpened(msg)
	case m.loaded:
		m.note = note{}
		return m.keyOverview(msg)
	case key.Matches(msg, keyReload):
		m.note = note{}
		return m.read()
	case key.Matches(msg, keyHome):
		return m.leave(goHome{})
	}
	return nil
}

func (m *reportPage) keyOverview(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keyHome):
		return m.leave(goHome{})
	case key.Matches(msg, keyNew):
		s := m.report.Interview.Settings
		s.Seed, s.Again = 0, nil // other questions, of the same kind
		return m.leave(goSetup{s})
	case key.Matches(msg, keyAgain) && m.hidden():
		m.cursor.offset = m.focus - m.height + 1
		m.note = note{text: "a asks the chosen question once more."}
	case key.Matches(msg, keyAgain):
		return m.askAgain()
	case key.Matches(msg, keyExport):
		m.openExport()
	case key.Matches(msg, keyHelp):
		m.help = true
	case key.Matches(msg, keyEnter) && len(m.report.Questions) > 0:
		m.opened = true
	default:
		m.move(msg)
	}
	return nil
}

// hidden tells whether the chosen question has not come into sight yet.
func (m *reportPage) hidden() bool { return m.focus >= m.cursor.offset+m.height }

// move scrolls until the questions come into sight, then goes from one to the
// next, and scrolls back up from the first.
func (m *reportPage) move(msg tea.KeyPressMsg) {
	c, hidden := &m.cursor, m.hidden()
	switch {
	case key.Matches(msg, keyDown) && hidden:
		c.offset++
	case key.Matches(msg, keyUp) && (c.at == 0 || hidden):
		c.offset = max(0, c.offset-1)
	default:
		was := c.at
		c.move(msg, len(m.report.Questions), 5)
		if by := c.at - was; by > 0 && !hidden {
			c.offset += max(0, m.focus+by-c.offset-m.height+1)
		}
	}
}
