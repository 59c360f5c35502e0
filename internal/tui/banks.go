package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// banksPage lists the banks; what there is to know of the one at hand stands
// below.
type banksPage struct {
	*env
	cover
	visit  int
	list   []session.BankInfo
	loaded bool
	height int
	cursor cursor
	note   note
}

type banksLoaded struct {
	visit int
	banks []session.BankInfo
	err   error
}

func newBanks(e *env, visit int) *banksPage { return &banksPage{env: e, visit: visit} }

func (m *banksPage) revisit(visit int) { m.visit, m.note = visit, note{} }

func (m *banksPage) Init() tea.Cmd {
	ctx, interviews, visit := m.ctx, m.interviews, m.visit
	return func() tea.Msg {
		banks, err := interviews.Banks(ctx)
		return banksLoaded{visit, banks, err}
	}
}

func (m *banksPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case banksLoaded:
		if msg.visit != m.visit {
			return nil
		}
		m.loaded = true
		if msg.err != nil {
			m.note = note{"The banks could not be read: " + explain(msg.err) + "; r tries again", true}
			return nil
		}
		m.list = msg.banks
		m.cursor.at = max(0, min(m.cursor.at, len(m.list)-1))
	case tea.KeyPressMsg:
		if cmd, took := m.cover.key(msg); took {
			return cmd
		}
		return m.key(msg)
	}
	return nil
}

var keyPractise = bind("p", "practise", "p")

func (m *banksPage) key(msg tea.KeyPressMsg) tea.Cmd {
	chosen := m.cursor.at < len(m.list)
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case key.Matches(msg, keyRetry):
		m.note = note{}
		return m.Init()
	case key.Matches(msg, keyEnter) && chosen:
		return send(goBank{m.list[m.cursor.at]})
	case key.Matches(msg, keyPractise) && chosen:
		return send(goPractise{m.list[m.cursor.at].ID})
	}
	m.cursor.move(msg, len(m.list), max(1, m.height))
	return nil
}

// View draws the list, and below it the bank at hand.
func (m *banksPage) View(w, h int) string {
	head := m.head("Banks", m.evaluator, w)
	questions, practise := bind("enter", "questions", "enter"), keyPractise
	questions.SetEnabled(len(m.list) > 0)
	practise.SetEnabled(len(m.list) > 0)
	foot := m.feet(m.note, w, m.movement(), questions, practise, keyBack, keyHelp)
	room := h - len(head) - len(foot)
	var about []string
	if m.cursor.at < len(m.list) {
		about = m.aboutBank(m.list[m.cursor.at], w, max(2, room/2))
	}
	m.height = max(1, room-len(about))
	var body []string
	switch {
	case !m.loaded:
		body = []string{" " + m.ellipsis}
	case len(m.list) == 0:
		body = margin(wrapText(w-2, "No banks could be found. elios bank list says why one is missing.", &m.mutedStyle))
	default:
		body = m.rows(&m.cursor, len(m.list), w, m.height, func(i, w int) string { return m.bankRow(m.list[i], w) })
	}
	for len(body) < m.height {
		body = append(body, "")
	}
	return m.draw(m.look, page(h, head, append(body, about...), foot), []keyRow{
		{m.upDown + " pgup pgdn", "move"},
		{"enter", "the bank's questions"},
		{"p", "practise the bank"},
		{"r", "read again"},
		{"esc, q", "back"},
	}, w, h)
}

// bankRow is one bank: its title, its questions, their levels and whether it
// is tested.
func (k *look) bankRow(b session.BankInfo, w int) string {
	if w < 56 {
		return k.pad(report.Line(b.Title), w-14) + "  " + k.mutedStyle.Render(report.Count(b.Questions, "question"))
	}
	about := k.pad(report.Count(b.Questions, "question"), 13) + k.pad(levelsOf(b, k.dash), 12) + testedWords(b.Cases)
	return k.pad(report.Line(b.Title), w-38) + "  " + k.mutedStyle.Render(about)
}

// testedWords says how much a bank or a question is tested.
func testedWords(cases int) string {
	if cases == 0 {
		return "untested"
	}
	return report.Count(cases, "case")
}

// aboutBank is all there is to know of a bank, in at most n lines under a rule.
func (k *look) aboutBank(b session.BankInfo, w, n int) []string {
	var facts []string
	for _, s := range []string{
		testedWords(b.Cases), levelsOf(b, k.dash), b.Source, labelled("licence ", b.License),
		labelled("language ", b.Language), labelled("version ", b.Version), b.ID,
	} {
		if s = report.Line(s); s != "" {
			facts = append(facts, unbroken(s))
		}
	}
	lines := wrapText(w-4, strings.Join(facts, k.sep), &k.mutedStyle)
	if d := report.Line(b.Description); d != "" {
		lines = append(wrapText(w-4, d, nil), lines...)
	}
	if len(lines) > n-1 { // the facts stand first where there is little room
		lines = append(wrapText(w-4, strings.Join(facts, k.sep), &k.mutedStyle), wrapText(w-4, report.Line(b.Description), nil)...)
		lines = lines[:n-1]
	}
	return append([]string{k.rule(w)}, margin(margin(lines))...)
}

// labelled is a value behind its name, nothing without a value.
func labelled(name, value string) string {
	if value == "" {
		return ""
	}
	return name + value
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
