package tui

import (
	"cmp"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// home is the first page: go on, practise, look back, look around.
type home struct {
	*env
	cover
	visit    int
	facts    facts
	loaded   bool
	health   string // the doctor's line, "" while it is awaited
	creating bool
	cursor   cursor
	note     note
}

// homeLoaded brings what the home page tells about.
type homeLoaded struct {
	visit int
	facts facts
	err   error
}

type doctorSaid struct {
	visit int
	line  string
}

func newHome(e *env, visit int) *home { return &home{env: e, visit: visit} }

func (m *home) revisit(visit int) { m.visit, m.note, m.creating = visit, note{}, false }

func (m *home) Init() tea.Cmd { return tea.Batch(m.load(), m.examine()) }

func (m *home) load() tea.Cmd {
	ctx, interviews, visit := m.ctx, m.interviews, m.visit
	return func() tea.Msg {
		list, err := interviews.List(ctx, session.Filter{})
		banks, errBanks := interviews.Banks(ctx)
		return homeLoaded{visit, gather(list, banks), errors.Join(err, errBanks)}
	}
}

// examine asks the doctor how the evaluator is.
func (m *home) examine() tea.Cmd {
	if m.doctor == nil {
		return nil
	}
	ctx, doctor, visit := m.ctx, m.doctor, m.visit
	return func() tea.Msg { return doctorSaid{visit, doctor(ctx)} }
}

func (m *home) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case homeLoaded:
		if msg.visit == m.visit {
			m.take(msg)
		}
	case doctorSaid:
		if msg.visit == m.visit {
			m.health = cmp.Or(report.Line(msg.line), m.dash)
		}
	case entered:
		if msg.visit == m.visit && msg.err != nil {
			m.note = notOpened(msg)
			if m.creating {
				m.note.text = "No interview yet: " + explain(msg.err) + "; Practise lets you choose anew"
			}
			m.creating = false
		}
	case tea.KeyPressMsg:
		if cmd, took := m.cover.key(msg); took {
			return cmd
		}
		return m.key(msg)
	}
	return nil
}

func (m *home) take(msg homeLoaded) {
	at := m.items()[m.cursor.at].name
	if msg.err != nil {
		m.note = note{"Not everything could be read: " + explain(msg.err) + "; r tries again", true}
	}
	first := !m.loaded
	m.facts, m.loaded = msg.facts, true
	for i, it := range m.items() { // a line that was chosen stays chosen
		if it.name == at && (!first || m.cursor.at > 0) {
			m.cursor.at = i
		}
	}
	m.cursor.at = min(m.cursor.at, len(m.items())-1)
}

var keySame = bind("s", "the same again", "s")

func (m *home) key(msg tea.KeyPressMsg) tea.Cmd {
	items := m.items()
	switch {
	case m.creating:
		return nil
	case key.Matches(msg, keyQuit):
		return send(goQuit{})
	case key.Matches(msg, keyEnter):
		m.note = note{}
		if items[m.cursor.at].name == doctorItem {
			m.health = ""
		}
		return items[m.cursor.at].open
	case key.Matches(msg, keySame):
		return m.same()
	case key.Matches(msg, keyRetry):
		m.note = note{}
		return m.Init()
	}
	m.cursor.move(msg, len(items), len(items))
	return nil
}

// same starts an interview with the settings of the latest one.
func (m *home) same() tea.Cmd {
	switch {
	case !m.loaded:
		return nil
	case m.facts.latest == nil:
		m.note = note{text: "There is no interview to repeat yet; Practise makes the first one."}
		return nil
	}
	m.creating, m.note = true, note{text: "Choosing the questions " + m.ellipsis}
	return m.create(m.visit, m.anew(m.facts.latest.Settings))
}

// doctorItem is where enter asks the doctor once more.
const doctorItem = "Doctor"

// item is a line of the home page.
type item struct {
	name, about string
	open        tea.Cmd
}

func (m *home) items() []item {
	var out []item
	if s := m.facts.open; s != nil {
		out = append(out, item{"Continue", m.continueWords(*s), send(goOpen{s.ID})})
	}
	out = append(out,
		item{"Practise", m.practiseWords(), send(goPractise{})},
		item{"History", m.historyWords(), send(goHistory{})},
		item{"Banks", m.bankWords(), send(goBanks{})})
	if m.doctor != nil {
		line := m.health
		if line == "" {
			line = m.ellipsis
		}
		out = append(out, item{doctorItem, line, m.examine()})
	}
	return out
}
