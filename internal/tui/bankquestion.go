package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// questionPage is one question of a bank as a candidate may see it: never what
// a good answer is.
type questionPage struct {
	*env
	cover
	visit    int
	bank     session.BankInfo
	list     []session.QuestionInfo
	at       int
	attempts []session.Attempt
	read     bool // attempts are all there are
	wanted   bool // show them as soon as they are read
	scroll   int
	height   int
	lines    int
	note     note
}

type attemptsLoaded struct {
	visit    int
	question string
	list     []session.Attempt
	err      error
}

func newQuestionPage(e *env, visit int, to goQuestion) *questionPage {
	return &questionPage{env: e, visit: visit, bank: to.bank, list: to.list, at: to.at}
}

func (m *questionPage) revisit(visit int) { m.visit, m.note, m.wanted = visit, note{}, false }

// Init looks for earlier answers to the question.
func (m *questionPage) Init() tea.Cmd {
	ctx, interviews, visit, bank, id := m.ctx, m.interviews, m.visit, m.bank.ID, m.question().ID
	return func() tea.Msg {
		list, err := interviews.Attempts(ctx, session.Filter{Bank: bank, Asked: id})
		return attemptsLoaded{visit, id, list, err}
	}
}

func (m *questionPage) question() session.QuestionInfo { return m.list[m.at] }

func (m *questionPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case attemptsLoaded:
		switch {
		case msg.visit != m.visit || msg.question != m.question().ID:
		case msg.err != nil:
			m.wanted = false
			m.note = note{"Earlier answers could not be read: " + explain(msg.err) + "; r tries again", true}
		default:
			m.attempts, m.read = msg.list, true
			if m.wanted {
				return m.earlier()
			}
		}
	case tea.KeyPressMsg:
		if cmd, took := m.cover.key(msg); took {
			return cmd
		}
		return m.key(msg)
	}
	return nil
}

func (m *questionPage) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keyBack):
		return send(goHome{})
	case key.Matches(msg, keyPractise):
		return send(goPractise{m.bank.ID})
	case key.Matches(msg, keyRetry):
		return m.turnTo(m.at)
	case key.Matches(msg, keyEarlier):
		return m.earlier()
	case key.Matches(msg, keyLeft) && m.at > 0:
		return m.turnTo(m.at - 1)
	case key.Matches(msg, keyRight) && m.at < len(m.list)-1:
		return m.turnTo(m.at + 1)
	case key.Matches(msg, keySpace):
		m.scroll += m.height
	}
	c := cursor{at: m.scroll}
	c.move(msg, max(1, m.lines-m.height+1), max(1, m.height))
	m.scroll = c.at
	return nil
}

// earlier shows the earlier answers, or waits for them.
func (m *questionPage) earlier() tea.Cmd {
	m.wanted = !m.read
	switch {
	case m.wanted:
		m.note = note{text: "Looking for earlier answers " + m.ellipsis}
		return m.Init()
	case len(m.attempts) == 0:
		m.note = note{text: "You have not answered this question yet."}
		return nil
	}
	m.note = note{}
	return send(goAttempts{m.question(), m.attempts})
}

func (m *questionPage) turnTo(i int) tea.Cmd {
	m.at, m.scroll, m.note = i, 0, note{}
	m.attempts, m.read, m.wanted = nil, false, false
	return m.Init()
}

// View draws the question; a long one scrolls.
func (m *questionPage) View(w, h int) string {
	q := m.question()
	head := m.head(report.Line(m.bank.Title), fmt.Sprintf("%d of %d", m.at+1, len(m.list)), w)
	lines := m.markdown(q.Ask, w-2)
	lines = append(append(lines, ""), wrapText(w-2, m.questionFacts(q), &m.mutedStyle)...)
	if n := len(m.attempts); n > 0 {
		lines = append(lines, wrapText(w-2, m.earlierWords(), nil)...)
	}
	m.lines, m.height = len(lines), max(1, h-len(head)-2)
	m.scroll = max(0, min(m.scroll, m.lines-m.height))
	body := lines[m.scroll:min(m.lines, m.scroll+m.height)]
	n := m.note
	if below := m.lines - m.scroll - m.height; below > 0 && n.text == "" {
		n.text = fmt.Sprintf("%s %s below", m.ellipsis, report.Count(below, "line"))
	}
	other, earlier := bind(m.leftRight, "other", "left", "right"), keyEarlier
	other.SetEnabled(len(m.list) > 1)
	earlier.SetEnabled(len(m.attempts) > 0)
	foot := m.feet(n, w, keyPractise, earlier, other, keyBack, keyHelp)
	return m.draw(m.look, page(h, head, margin(body), foot), []keyRow{
		{"p", "practise this bank"},
		{"h", "your earlier answers"},
		{m.leftRight, "the other questions"},
		{m.upDown + " pgup pgdn", "scroll"},
		{"r", "read again"},
		{"esc, q", "back"},
	}, w, h)
}

// questionFacts is what a candidate may know of a question beside its words.
func (k *look) questionFacts(q session.QuestionInfo) string {
	points := report.Count(q.Points, "key point")
	if q.Type == rubric.Behavioral {
		points = report.Count(q.Points, "dimension")
	}
	tested := "untested"
	if q.Cases > 0 {
		tested = "tested with " + report.Count(q.Cases, "case")
	}
	facts := []string{report.Line(q.Topic), fmt.Sprintf("level %d", q.Level), report.Line(string(q.Type)), points, report.Count(q.Hints, "hint"), tested}
	for i, f := range facts {
		facts[i] = unbroken(f)
	}
	return strings.Join(facts, k.sep)
}

// earlierWords says how often the question was answered, and how it went last.
func (m *questionPage) earlierWords() string {
	last := m.attempts[len(m.attempts)-1]
	times := "Answered " + report.Count(len(m.attempts), "time")
	if len(m.attempts) == 1 {
		times = "Answered once"
	}
	return times + ", last " + ago(last.Interview.CreatedAt, m.now()) + ": " + m.attemptScore(last)
}
