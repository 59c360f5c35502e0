package tui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

type setupLoaded struct {
	visit  int
	banks  []session.BankInfo
	latest *session.Settings // of the latest interview, nil when there is none
	err    error
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

// findBank finds the bank of the settings in the list, the first bank of all
// where none is named. A path is no bank of the list and joins it.
func (m *setup) findBank() {
	want := m.settings.Bank
	at := func(id string) int {
		return slices.IndexFunc(m.banks, func(b session.BankInfo) bool { return b.ID == id })
	}
	m.bank = at(want)
	if want == "" {
		m.bank = at(m.firstBank)
	}
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
