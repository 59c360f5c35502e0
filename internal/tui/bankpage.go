package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// bankPage lists the questions of a bank.
type bankPage struct {
	*env
	cover
	visit        int
	bank         session.BankInfo
	all, list    []session.QuestionInfo // list: those that pass the filters
	topic, level ring
	loaded       bool
	height       int
	cursor       cursor
	note         note
}

type questionsLoaded struct {
	visit int
	bank  string
	list  []session.QuestionInfo
	err   error
}

func newBankPage(e *env, visit int, bank session.BankInfo) *bankPage {
	return &bankPage{
		env: e, visit: visit, bank: bank,
		topic: ring{key: "t", name: "topic", all: "all"},
		level: ring{key: "v", name: "level", all: "all"},
	}
}

func (m *bankPage) revisit(visit int) { m.visit, m.note = visit, note{} }

func (m *bankPage) Init() tea.Cmd { return m.questions(m.visit, m.bank.ID) }

// questions reads the questions of a bank.
func (e *env) questions(visit int, bank string) tea.Cmd {
	ctx, interviews := e.ctx, e.interviews
	return func() tea.Msg {
		list, err := interviews.Questions(ctx, bank)
		return questionsLoaded{visit, bank, list, err}
	}
}

func (m *bankPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case questionsLoaded:
		if msg.visit == m.visit {
			m.take(msg)
		}
	case tea.KeyPressMsg:
		if cmd, took := m.cover.key(msg); took {
			return cmd
		}
		return m.key(msg)
	}
	return nil
}

func (m *bankPage) take(msg questionsLoaded) {
	m.loaded = true
	if msg.err != nil {
		m.note = note{"The questions could not be read: " + explain(msg.err) + "; r tries again", true}
		return
	}
	m.all = msg.list
	var topics, levels []option
	for _, q := range m.all {
		if o := (option{q.Topic, q.Topic}); !slices.Contains(topics, o) {
			topics = append(topics, o)
		}
		if o := (option{strconv.Itoa(q.Level), strconv.Itoa(q.Level)}); !slices.Contains(levels, o) {
			levels = append(levels, o)
		}
	}
	slices.SortFunc(levels, func(a, b option) int { return strings.Compare(a.id, b.id) })
	m.topic.fill(topics)
	m.level.fill(levels)
	m.sift()
}

// sift lists the questions that pass the filters.
func (m *bankPage) sift() {
	m.list = nil
	for _, q := range m.all {
		if (m.topic.at == 0 || q.Topic == m.topic.id()) && (m.level.at == 0 || strconv.Itoa(q.Level) == m.level.id()) {
			m.list = append(m.list, q)
		}
	}
	m.cursor.at = max(0, min(m.cursor.at, len(m.list)-1))
}

func (m *bankPage) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case key.Matches(msg, keyRetry):
		m.note = note{}
		return m.Init()
	case key.Matches(msg, keyPractise):
		return send(goPractise{m.bank.ID})
	case m.topic.turn(msg), m.level.turn(msg):
		m.sift()
		return nil
	case key.Matches(msg, keyEnter) && m.cursor.at < len(m.list):
		return send(goQuestion{m.bank, m.list, m.cursor.at})
	}
	m.cursor.move(msg, len(m.list), max(1, m.height))
	return nil
}

// View draws the filters and the questions.
func (m *bankPage) View(w, h int) string {
	head := m.head(report.Line(m.bank.Title), m.size(), w)
	open := keyEnter
	open.SetEnabled(len(m.list) > 0)
	foot := m.feet(m.note, w, m.movement(), open, keyPractise, keyBack, keyHelp)
	body := []string{m.filters(w, &m.topic, &m.level)}
	if h >= 20 {
		body = append(body, "")
	}
	m.height = max(1, h-len(head)-len(foot)-len(body))
	switch {
	case !m.loaded:
		body = append(body, " "+m.ellipsis)
	case len(m.list) == 0 && !m.note.bad:
		body = append(body, margin(wrapText(w-2, "No question fits: t and v choose others.", &m.mutedStyle))...)
	default:
		body = append(body, m.rows(&m.cursor, len(m.list), w, m.height, func(i, w int) string { return m.questionRow(m.list[i], w) })...)
	}
	return m.draw(m.look, page(h, head, body, foot), []keyRow{
		{m.upDown + " pgup pgdn", "move"},
		{"enter", "open the question"},
		{"t, T", "another topic"},
		{"v, V", "another level"},
		{"p", "practise this bank"},
		{"r", "read again"},
		{"esc, q", "back"},
	}, w, h)
}

// size is how many questions are listed, and of how many.
func (m *bankPage) size() string {
	switch n := len(m.all); {
	case !m.loaded:
		return ""
	case len(m.list) == n:
		return report.Count(n, "question") + m.sep + testedWords(m.bank.Cases)
	default:
		return fmt.Sprintf("%d of %s", len(m.list), report.Count(n, "question"))
	}
}

// questionRow is one question: level, tested or not, type, topic and the first
// line. A narrow terminal gets the level and the line.
func (k *look) questionRow(q session.QuestionInfo, w int) string {
	tested := " "
	if q.Cases > 0 {
		tested = k.verdict(rubric.Met)
	}
	lead := k.mutedStyle.Render(strconv.Itoa(q.Level)+" ") + k.goodStyle.Render(tested) + " "
	if w >= 64 {
		lead += k.mutedStyle.Render(k.pad(report.Line(q.Topic), min(28, w/5))+"  "+k.pad(report.Line(string(q.Type)), 12)) + "  "
	}
	return lead + k.firstLine(q.Ask)
}
