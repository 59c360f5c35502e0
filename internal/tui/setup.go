package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// The rows of the setup page.
const (
	rowBank = iota
	rowTopics
	rowLevel
	rowCount
	rowFollowUps
	rowMode
	setupRows
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
	visit    int
	settings session.Settings
	banks    []session.BankInfo
	bank     int // in banks
	topic    int // the topic under the cursor
	at       int
	loaded   bool
	creating bool
	start    bool // create as soon as there is a bank
	note     note
}

type banksLoaded struct {
	visit int
	banks []session.BankInfo
	err   error
}

func newSetup(e *env, visit int, s session.Settings, start bool) *setup {
	if s.Count <= 0 {
		s.Count = defaultCount
	}
	if s.Mode == "" {
		s.Mode = session.Practice
	}
	s.Topics = slices.Clone(s.Topics)
	return &setup{env: e, visit: visit, settings: s, start: start}
}

func (m *setup) Init() tea.Cmd {
	if m.start && m.settings.Bank != "" {
		return m.create()
	}
	return m.loadBanks()
}

func (m *setup) loadBanks() tea.Cmd {
	ctx, interviews, visit := m.ctx, m.interviews, m.visit
	return func() tea.Msg {
		banks, err := interviews.Banks(ctx)
		return banksLoaded{visit, banks, err}
	}
}

func (m *setup) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case banksLoaded:
		if msg.visit == m.visit {
			return m.load(msg)
		}
	case entered:
		if msg.visit == m.visit && msg.err != nil {
			m.creating, m.start = false, false
			m.note = note{"No interview yet: " + explain(msg.err), true}
			if !m.loaded {
				return m.loadBanks()
			}
		}
	case tea.KeyPressMsg:
		return m.key(msg)
	}
	return nil
}

func (m *setup) load(msg banksLoaded) tea.Cmd {
	m.banks, m.loaded = msg.banks, true
	if msg.err != nil {
		m.note = note{"The banks could not be read: " + explain(msg.err), true}
	}
	want := m.settings.Bank
	m.bank = slices.IndexFunc(m.banks, func(b session.BankInfo) bool { return b.ID == want })
	switch {
	case m.bank >= 0:
	case want != "": // a path, which is no bank of the list
		m.banks = append([]session.BankInfo{{ID: want, Title: want}}, m.banks...)
		m.bank = 0
	default:
		m.bank = 0
	}
	if len(m.banks) > 0 {
		m.settings.Bank = m.banks[m.bank].ID
	}
	if m.start {
		return m.create()
	}
	return nil
}

// create asks for the interview; the root goes on when it is there.
func (m *setup) create() tea.Cmd {
	m.start = false
	if m.creating || m.settings.Bank == "" {
		return nil
	}
	m.creating, m.note = true, note{text: "Choosing the questions " + m.ellipsis}
	ctx, interviews, visit, s := m.ctx, m.interviews, m.visit, m.settings
	return func() tea.Msg {
		room, err := interviews.Create(ctx, s)
		return entered{visit, room, err}
	}
}

func (m *setup) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.creating {
		return nil
	}
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case key.Matches(msg, keyEnter):
		return m.create()
	case key.Matches(msg, keyUp):
		m.at = max(0, m.at-1)
	case key.Matches(msg, keyDown):
		m.at = min(setupRows-1, m.at+1)
	case key.Matches(msg, keyLeft):
		m.change(-1)
	case key.Matches(msg, keyRight):
		m.change(1)
	case key.Matches(msg, keySpace) && m.at == rowTopics:
		m.toggleTopic()
	case key.Matches(msg, keySpace):
		m.change(1)
	}
	return nil
}

var keySpace = bind("space", "choose", "space")

// change turns the row at hand by one.
func (m *setup) change(by int) {
	s := &m.settings
	switch m.at {
	case rowBank:
		m.turnBank(by)
	case rowTopics:
		m.topic = turn(m.topic, by, len(m.topics()))
	case rowLevel:
		i := turn(slices.Index(m.levels(), [2]int{s.MinLevel, s.MaxLevel}), by, len(m.levels()))
		s.MinLevel, s.MaxLevel = m.levels()[i][0], m.levels()[i][1]
	case rowCount:
		s.Count = max(1, min(maxCount, s.Count+by))
	case rowFollowUps:
		s.FollowUps = turnFollowUps(s.FollowUps, by)
	case rowMode:
		if s.Mode == session.Practice {
			s.Mode = session.Exam
		} else {
			s.Mode = session.Practice
		}
	}
}

// turn moves round a ring of n.
func turn(i, by, n int) int {
	if n == 0 {
		return 0
	}
	return ((i+by)%n + n) % n
}

func turnFollowUps(now *int, by int) *int {
	i := 0 // the bank's
	if now != nil {
		i = *now + 1
	}
	i = turn(i, by, session.MaxFollowUps+2)
	if i == 0 {
		return nil
	}
	i--
	return &i
}

func (m *setup) turnBank(by int) {
	if len(m.banks) == 0 {
		return
	}
	m.bank = turn(m.bank, by, len(m.banks))
	m.settings.Bank = m.banks[m.bank].ID
	m.settings.Topics, m.topic = nil, 0 // those of another bank
}
