package tui

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// row is a line of a list page and where enter leads.
type row struct {
	text func(w int) string
	to   tea.Msg
}

// listPage is a page with a list: History and Banks.
type listPage struct {
	*env
	visit  int
	title  string
	empty  string
	enter  string
	rows   []row
	loaded bool
	height int
	cursor cursor
	note   note
	load   func(ctx context.Context) ([]row, error)
}

type rowsLoaded struct {
	visit int
	rows  []row
	err   error
}

func (m *listPage) Init() tea.Cmd {
	ctx, load, visit := m.ctx, m.load, m.visit
	return func() tea.Msg {
		rows, err := load(ctx)
		return rowsLoaded{visit, rows, err}
	}
}

func (m *listPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rowsLoaded:
		if msg.visit != m.visit {
			return nil
		}
		m.rows, m.loaded = msg.rows, true
		if msg.err != nil {
			m.note = note{"The list could not be read: " + explain(msg.err), true}
		}
	case entered:
		if msg.visit == m.visit && msg.err != nil {
			m.note = note{"The interview could not be opened: " + explain(msg.err), true}
		}
	case tea.KeyPressMsg:
		return m.key(msg)
	}
	return nil
}

func (m *listPage) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case key.Matches(msg, keyEnter) && len(m.rows) > 0:
		return send(m.rows[m.cursor.at].to)
	}
	m.cursor.move(msg, len(m.rows), max(1, m.height))
	return nil
}

// View draws the part of the list around the cursor.
func (m *listPage) View(w, h int) string {
	m.height = max(1, h-4)
	var lines []string
	for i, r := range m.rows {
		lines = append(lines, " "+m.pointer(i == m.cursor.at)+m.clip(r.text(w-4), w-4))
	}
	lines, m.cursor.offset = window(lines, m.height, m.cursor.at, m.cursor.offset)
	switch {
	case !m.loaded:
		lines = []string{"", " " + m.ellipsis}
	case len(m.rows) == 0:
		lines = []string{"", " " + m.mutedStyle.Render(m.empty)}
	}
	open := bind("enter", m.enter, "enter")
	open.SetEnabled(len(m.rows) > 0)
	foot := []string{m.env.note(m.note), m.legend(w, m.movement(), open, keyBack)}
	return page(h, m.head(m.title, m.evaluator, w), lines, foot)
}

func newHistory(e *env, visit int) *listPage {
	p := &listPage{env: e, visit: visit, title: "History", enter: "open", empty: "No interviews yet. Practise makes the first one."}
	p.load = func(ctx context.Context) ([]row, error) {
		list, err := e.interviews.List(ctx, session.Filter{})
		rows := make([]row, 0, len(list))
		for _, s := range list {
			rows = append(rows, e.historyRow(s))
		}
		return rows, err
	}
	return p
}

// historyRow is one interview; an open one leads back into it.
func (e *env) historyRow(s session.Summary) row {
	var to tea.Msg = goReport{s.ID}
	if s.State != session.Complete {
		to = goOpen{s.ID}
	}
	return row{func(w int) string {
		date := "2006-01-02 15:04"
		if w < 64 {
			date = "01-02"
		}
		when := e.mutedStyle.Render(s.CreatedAt.Local().Format(date)) + "  "
		return when + e.pad(oneLine(s.Bank.Title), max(8, min(28, w-len(date)-18))) + "  " + e.outcome(s)
	}, to}
}

// outcome is the score of an interview, or where it stands.
func (e *env) outcome(s session.Summary) string {
	if s.State != session.Complete {
		return e.mutedStyle.Render(fmt.Sprintf("open, at %d of %d", s.Question, s.Questions))
	}
	score := e.mutedStyle.Render("not assessed")
	if s.Score != nil {
		b := rubric.BandOf(*s.Score)
		score = e.bandStyle(b).Render(fmt.Sprintf("%3.0f %s", *s.Score, b))
	}
	more := count(s.Questions, "question", "questions")
	if s.Outcome != session.Finished && s.Outcome != "" {
		more += ", " + oneLine(string(s.Outcome))
	}
	return e.pad(score, 15) + e.mutedStyle.Render(more)
}

func newBanks(e *env, visit int) *listPage {
	p := &listPage{env: e, visit: visit, title: "Banks", enter: "practise", empty: "No banks could be found."}
	p.load = func(ctx context.Context) ([]row, error) {
		list, err := e.interviews.Banks(ctx)
		rows := make([]row, 0, len(list))
		for _, b := range list {
			rows = append(rows, row{func(w int) string { return e.bankRow(b, w) }, goSetup{session.Settings{Bank: b.ID}}})
		}
		return rows, err
	}
	return p
}

func (e *env) bankRow(b session.BankInfo, w int) string {
	about := []string{count(b.Questions, "question", "questions"), levelsOf(b, e.dash)}
	if b.Cases == 0 {
		about = append(about, "untested")
	}
	if b.Source != "" && b.Source != "built-in" {
		about = append(about, oneLine(b.Source))
	}
	if b.Language != "" && b.Language != "en" {
		about = append(about, oneLine(b.Language))
	}
	return e.pad(oneLine(b.Title), max(10, min(28, w-24))) + "  " + e.mutedStyle.Render(strings.Join(append(about, oneLine(b.Version)), e.sep))
}

// levelsOf is the span of levels that occur in a bank.
func levelsOf(b session.BankInfo, dash string) string {
	switch n := len(b.Levels); {
	case n == 0:
		return "no levels"
	case n == 1 || b.Levels[0] == b.Levels[n-1]:
		return fmt.Sprintf("level %d", b.Levels[0])
	default:
		return fmt.Sprintf("levels %d%s%d", b.Levels[0], dash, b.Levels[n-1])
	}
}
