package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// history lists interviews with the trend of their scores.
type history struct {
	*env
	cover
	visit             int
	asked, answered   int // readings; the answer to any but the last is late
	bank, topic, when ring
	known             []session.Trend // of all interviews: where topics come from
	list              []session.Summary
	trends            []session.Trend // of the list
	loaded            bool
	height            int
	cursor            cursor
	note              note
}

type historyLoaded struct {
	visit, asked int
	all          bool // nothing was filtered
	list         []session.Summary
	trends       []session.Trend
	err          error
}

func newHistory(e *env, visit int) *history {
	return &history{
		env: e, visit: visit,
		bank:  ring{key: "b", name: "bank", all: "all"},
		topic: ring{key: "t", name: "topic", all: "all"},
		when:  ring{key: "w", name: "when", all: "all time", options: []option{{"7", "7 days"}, {"30", "30 days"}, {"365", "365 days"}}},
	}
}

func (m *history) revisit(visit int) { m.visit, m.note = visit, note{} }

// filter is what the rings are turned to.
func (m *history) filter() session.Filter {
	f := session.Filter{Bank: m.bank.id(), Topic: m.topic.id()}
	if days := []int{0, 7, 30, 365}[m.when.at]; days > 0 {
		f.Since = m.now().AddDate(0, 0, -days)
	}
	return f
}

func (m *history) Init() tea.Cmd {
	m.asked++
	ctx, interviews, visit, asked, f := m.ctx, m.interviews, m.visit, m.asked, m.filter()
	return func() tea.Msg {
		list, err := interviews.List(ctx, f)
		return historyLoaded{visit, asked, f == session.Filter{}, list, session.Trends(list), err}
	}
}

func (m *history) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case historyLoaded:
		if msg.visit == m.visit && msg.asked == m.asked {
			m.take(msg)
		}
	case deleted:
		if msg.visit == m.visit {
			return m.wasDeleted(msg)
		}
	case entered:
		if msg.visit == m.visit && msg.err != nil {
			m.note = notOpened(msg)
		}
	case tea.KeyPressMsg:
		if cmd, took := m.cover.key(msg); took {
			return cmd
		}
		return m.key(msg)
	}
	return nil
}

func (m *history) take(msg historyLoaded) {
	m.loaded, m.answered = true, msg.asked
	if msg.err != nil {
		m.note = note{"The interviews could not be read: " + explain(msg.err) + "; r tries again", true}
		return
	}
	if msg.all {
		m.known = msg.trends
		m.bank.fill(banksOf(msg.list))
		m.topic.fill(m.topics())
	}
	m.keepPlace(msg.list)
	m.list, m.trends = msg.list, msg.trends
}

// keepPlace leaves the cursor on the interview it is on, or near its place.
func (m *history) keepPlace(list []session.Summary) {
	if m.cursor.at < len(m.list) {
		id := m.list[m.cursor.at].ID
		if i := slices.IndexFunc(list, func(s session.Summary) bool { return s.ID == id }); i >= 0 {
			m.cursor.at = i
		}
	}
	m.cursor.at = max(0, min(m.cursor.at, len(list)-1))
}

// banksOf are the banks that occur in a list, the latest first.
func banksOf(list []session.Summary) []option {
	var out []option
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s.Bank.ID] {
			seen[s.Bank.ID] = true
			out = append(out, option{s.Bank.ID, s.Bank.Title})
		}
	}
	return out
}

// topics are those with a score in the bank at hand.
func (m *history) topics() []option {
	var out []option
	for _, t := range m.known {
		o := option{t.Topic, t.Topic}
		if t.Topic != "" && (m.bank.at == 0 || t.Bank.ID == m.bank.id()) && !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

var keyDelete = bind("x", "delete", "x", "delete")

func (m *history) key(msg tea.KeyPressMsg) tea.Cmd {
	chosen := m.cursor.at < len(m.list)
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case key.Matches(msg, keyRetry):
		m.note = note{}
		return m.Init()
	case m.bank.turn(msg):
		m.topic.fill(m.topics())
		return m.filtered()
	case m.topic.turn(msg), m.when.turn(msg):
		return m.filtered()
	case key.Matches(msg, keyEnter) && chosen:
		m.note = note{}
		return m.open(m.list[m.cursor.at])
	case key.Matches(msg, keyDelete) && chosen:
		m.askDelete(m.list[m.cursor.at])
		return nil
	}
	m.cursor.move(msg, len(m.list), max(1, m.height))
	return nil
}

func (m *history) filtered() tea.Cmd {
	m.note = note{}
	return m.Init()
}

// open shows the report of an interview; an open one is gone on with.
func (m *history) open(s session.Summary) tea.Cmd {
	if s.State != session.Complete {
		return send(goOpen{s.ID})
	}
	return send(goReport{s.ID})
}
