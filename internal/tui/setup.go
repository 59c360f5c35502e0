package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// Questions an interview from this page may have, and how many it has when
// nobody says.
const (
	defaultCount = 3
	maxCount     = 50
)

// setup chooses what to practise.
type setup struct {
	*env
	cover
	visit     int
	settings  session.Settings
	remember  bool // begin as the latest interview did
	banks     []session.BankInfo
	questions map[string][]session.QuestionInfo // by bank
	bank      int                               // in banks
	topic     int                               // the topic under the cursor
	at        int                               // the field at hand
	typed     string                            // digits of the field at hand
	loaded    bool
	early     []tea.KeyPressMsg // keys that came before the banks
	creating  bool
	start     bool // create as soon as there is a bank
	note      note
}

// newSetup begins with settings that are given.
func newSetup(e *env, visit int, s session.Settings) *setup {
	if s.Mode == "" { // nothing was said
		s.Mode = session.Practice
		if s.Count <= 0 {
			s.Count = defaultCount
		}
	}
	s.Again, s.Topics = nil, slices.Clone(s.Topics)
	return &setup{env: e, visit: visit, settings: s, questions: map[string][]session.QuestionInfo{}}
}

// newPractice begins with a bank, "" for any, and what was chosen last.
func newPractice(e *env, visit int, bank string) *setup {
	s := e.defaults
	if bank != "" && bank != s.Bank {
		s.Bank, s.Topics = bank, nil
	}
	m := newSetup(e, visit, s)
	m.remember = true
	return m
}

// starting makes the page create the interview by itself.
func (m *setup) starting() *setup {
	m.start = true
	return m
}

func (m *setup) Init() tea.Cmd {
	if m.start && m.settings.Bank != "" {
		return m.begin()
	}
	return m.load()
}

func (m *setup) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case setupLoaded:
		if msg.visit == m.visit {
			return m.take(msg)
		}
	case questionsLoaded:
		if msg.visit == m.visit {
			m.takeQuestions(msg)
		}
	case entered:
		if msg.visit == m.visit && msg.err != nil {
			m.creating, m.start = false, false
			m.note = note{"No interview yet: " + explain(msg.err), true}
			if !m.loaded {
				return m.load()
			}
		}
	case tea.KeyPressMsg:
		return m.pressed(msg)
	}
	return nil
}

// begin asks for the interview; the root goes on when it is there.
func (m *setup) begin() tea.Cmd {
	m.start = false
	if n, known := m.fitting(); known && n == 0 {
		m.note = note{"No question fits: choose more topics or other levels.", true}
		return nil
	}
	if m.creating || m.settings.Bank == "" {
		return nil
	}
	m.creating, m.note = true, note{text: "Choosing the questions " + m.ellipsis}
	return m.create(m.visit, m.settings)
}

func (m *setup) pressed(msg tea.KeyPressMsg) tea.Cmd {
	if cmd, took := m.cover.key(msg); took {
		return cmd
	}
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case m.creating:
		return nil
	case !m.loaded:
		m.early = append(m.early, msg)
		return nil
	}
	return m.key(msg)
}
