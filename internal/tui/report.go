package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// reportPage shows how an interview went; a question can be opened.
type reportPage struct {
	*env
	visit  int
	id     string
	report session.Report
	loaded bool
	opened bool // a question is open
	cursor cursor
	scroll int // in the open question
	height int
	focus  int // the line of the question under the cursor
	note   note
	drawn  struct {
		id    detailID
		lines []string
	}
}

// detailID is what the drawing of an open question depends on.
type detailID struct {
	question, width int
	dark            bool
}

type reportLoaded struct {
	visit  int
	report session.Report
	err    error
}

func newReport(e *env, visit int, id string) *reportPage {
	return &reportPage{env: e, visit: visit, id: id}
}

func (m *reportPage) Init() tea.Cmd {
	ctx, interviews, visit, id := m.ctx, m.interviews, m.visit, m.id
	return func() tea.Msg {
		r, err := interviews.Report(ctx, id)
		return reportLoaded{visit, r, err}
	}
}

func (m *reportPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reportLoaded:
		if msg.visit != m.visit {
			return nil
		}
		if msg.err != nil {
			m.note = note{"The report could not be read: " + explain(msg.err) + "; r tries again", true}
			return nil
		}
		m.report, m.loaded, m.note = msg.report, true, note{}
	case tea.KeyPressMsg:
		if m.opened {
			m.keyOpened(msg)
			return nil
		}
		return m.key(msg)
	}
	return nil
}

// The keys of the report.
var (
	keyAgain  = bind("a", "again", "a")
	keyHome   = bind("q", "home", "q", "esc")
	keyReload = bind("r", "try again", "r")
)

func (m *reportPage) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keyHome):
		return send(goHome{})
	case !m.loaded && key.Matches(msg, keyReload):
		m.note = note{}
		return m.Init()
	case !m.loaded:
		return nil
	case key.Matches(msg, keyAgain):
		s := m.report.Interview.Settings
		s.Seed = 0 // other questions, of the same kind
		return send(goSetup{s})
	case key.Matches(msg, keyEnter) && len(m.report.Questions) > 0:
		m.opened, m.scroll = true, 0
		return nil
	}
	m.move(msg)
	return nil
}

// move scrolls until the questions come into sight, then goes from one to the
// next, and scrolls back up from the first.
func (m *reportPage) move(msg tea.KeyPressMsg) {
	c := &m.cursor
	hidden := m.focus >= c.offset+m.height
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

// keyOpened reads and goes from question to question.
func (m *reportPage) keyOpened(msg tea.KeyPressMsg) {
	n, c := len(m.report.Questions), &m.cursor
	switch {
	case key.Matches(msg, keyBack):
		m.opened = false
	case key.Matches(msg, keyLeft):
		c.at, m.scroll = max(0, c.at-1), 0
	case key.Matches(msg, keyRight):
		c.at, m.scroll = min(n-1, c.at+1), 0
	case key.Matches(msg, keyUp):
		m.scroll--
	case key.Matches(msg, keyDown):
		m.scroll++
	case key.Matches(msg, keyPgUp):
		m.scroll -= m.height
	case key.Matches(msg, keyPgDn), key.Matches(msg, keySpace):
		m.scroll += m.height
	case key.Matches(msg, keyFirst):
		m.scroll = 0
	case key.Matches(msg, keyLast):
		m.scroll = len(m.drawn.lines)
	}
	m.scroll = max(0, min(m.scroll, len(m.drawn.lines)-m.height))
}
