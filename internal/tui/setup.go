package tui

import (
	"context"
	"errors"
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

type setupLoaded struct {
	visit  int
	banks  []session.BankInfo
	latest *session.Settings // of the latest interview, nil when there is none
	err    error
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

func (m *setup) load() tea.Cmd {
	ctx, interviews, visit, bank, remember := m.ctx, m.interviews, m.visit, m.settings.Bank, m.remember
	return func() tea.Msg {
		msg := setupLoaded{visit: visit}
		var err error
		if remember {
			msg.latest, err = latest(ctx, interviews, bank)
		}
		msg.banks, msg.err = interviews.Banks(ctx)
		msg.err = errors.Join(err, msg.err)
		return msg
	}
}

// latest are the settings of the latest interview with a bank, "" for any, that
// is no question asked again. It is nearly always among the first few.
func latest(ctx context.Context, interviews session.Interviews, bank string) (*session.Settings, error) {
	for _, limit := range []int{20, 0} {
		list, err := interviews.List(ctx, session.Filter{Bank: bank, Limit: limit})
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			if s.Settings.Again == nil {
				return &s.Settings, nil
			}
		}
		if limit > len(list) {
			break
		}
	}
	return nil, nil
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

// take sets the page up. Keys pressed before count now.
func (m *setup) take(msg setupLoaded) tea.Cmd {
	m.banks, m.loaded = msg.banks, true
	if msg.err != nil {
		m.note = note{"Not everything could be read: " + explain(msg.err) + "; go back and come again", true}
	}
	m.recall(msg.latest)
	m.findBank()
	if m.start {
		return m.begin()
	}
	cmds := []tea.Cmd{m.readQuestions()}
	early := m.early
	m.early = nil
	for _, k := range early {
		cmds = append(cmds, m.key(k))
	}
	return tea.Batch(cmds...)
}

// recall takes up the settings of the latest interview. A bank that is not
// among the others any more, such as one from a path, gives way to the one the
// page began with.
func (m *setup) recall(s *session.Settings) {
	if s == nil {
		return
	}
	was := m.settings
	m.settings = m.anew(*s)
	m.settings.Topics = slices.Clone(s.Topics)
	if !slices.ContainsFunc(m.banks, func(b session.BankInfo) bool { return b.ID == s.Bank }) {
		m.settings.Bank, m.settings.Topics = was.Bank, was.Topics
	}
}

// findBank finds the bank of the settings in the list, the first where none is
// named. A path is no bank of the list and joins it.
func (m *setup) findBank() {
	want := m.settings.Bank
	m.bank = slices.IndexFunc(m.banks, func(b session.BankInfo) bool { return b.ID == want })
	if m.bank < 0 && want != "" {
		m.banks = append([]session.BankInfo{{ID: want, Title: want}}, m.banks...)
	}
	m.bank = max(0, m.bank)
	if len(m.banks) > 0 {
		m.settings.Bank = m.banks[m.bank].ID
	}
}

// readQuestions reads the questions of the bank at hand, once.
func (m *setup) readQuestions() tea.Cmd {
	bank := m.settings.Bank
	if _, known := m.questions[bank]; known || bank == "" {
		return nil
	}
	return m.env.questions(m.visit, bank)
}

func (m *setup) takeQuestions(msg questionsLoaded) {
	if msg.err == nil {
		m.questions[msg.bank] = msg.list
	} else if msg.bank == m.settings.Bank {
		m.note = note{"The bank could not be read: " + explain(msg.err) + "; choose another", true}
	}
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
