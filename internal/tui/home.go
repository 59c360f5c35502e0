package tui

import (
	"fmt"
	"math"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// home is the first page: go on, practise, look back, look around.
type home struct {
	*env
	visit  int
	list   []session.Summary
	banks  []session.BankInfo
	loaded bool
	cursor cursor
	note   note
}

// item is a line of the home page.
type item struct {
	name, about string
	to          tea.Msg
}

// homeLoaded brings what the home page tells about.
type homeLoaded struct {
	visit int
	list  []session.Summary
	banks []session.BankInfo
	err   error
}

func newHome(e *env, visit int, n note) *home { return &home{env: e, visit: visit, note: n} }

func (m *home) Init() tea.Cmd {
	ctx, interviews, visit := m.ctx, m.interviews, m.visit
	return func() tea.Msg {
		list, err := interviews.List(ctx, session.Filter{})
		if err != nil {
			return homeLoaded{visit: visit, err: err}
		}
		banks, err := interviews.Banks(ctx)
		return homeLoaded{visit, list, banks, err}
	}
}

func (m *home) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case homeLoaded:
		if msg.visit == m.visit {
			m.load(msg)
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

func (m *home) load(msg homeLoaded) {
	at := m.items()[m.cursor.at].name
	if msg.err != nil {
		m.note = note{"Not everything could be read: " + explain(msg.err), true}
	}
	m.list, m.banks, m.loaded = msg.list, msg.banks, true
	for i, it := range m.items() { // a line that was chosen stays chosen
		if it.name == at && m.cursor.at > 0 {
			m.cursor.at = i
		}
	}
}

func (m *home) key(msg tea.KeyPressMsg) tea.Cmd {
	items := m.items()
	switch {
	case key.Matches(msg, keyQuit):
		return send(goQuit{})
	case key.Matches(msg, keyEnter):
		m.note = note{}
		return send(items[m.cursor.at].to)
	}
	m.cursor.move(msg, len(items), len(items))
	return nil
}

// The keys of lists.
var (
	keyEnter = bind("enter", "open", "enter")
	keyQuit  = bind("q", "quit", "q", "esc")
	keyBack  = bind("esc", "back", "esc", "q")
)

func (m *home) items() []item {
	var out []item
	if s, ok := m.open(); ok {
		out = append(out, item{"Continue", m.continueWords(s), goOpen{s.ID}})
	}
	return append(out,
		item{"Practise", "choose a bank and a length", goSetup{}},
		item{"History", m.historyWords(), goHistory{}},
		item{"Banks", m.bankWords(), goBanks{}},
		item{"Quit", "", goQuit{}})
}

// open is the interview to continue: the latest that is not COMPLETE.
func (m *home) open() (session.Summary, bool) {
	for _, s := range m.list {
		if s.State != session.Complete {
			return s, true
		}
	}
	return session.Summary{}, false
}

func (m *home) continueWords(s session.Summary) string {
	parts := []string{oneLine(s.Bank.Title)}
	if s.Question > 0 {
		parts = append(parts, fmt.Sprintf("question %d of %d", s.Question, s.Questions))
	} else {
		parts = append(parts, count(s.Questions, "question", "questions"))
	}
	when := ago(s.ActiveAt, m.now())
	if s.Paused && when != "" {
		when = "paused " + when
	}
	if s.Mode == session.Exam {
		parts = append(parts, "exam")
	}
	return strings.Join(append(parts, when), m.sep)
}

func (m *home) historyWords() string {
	var scores []float64
	n := 0
	for _, s := range m.list {
		if s.State == session.Complete {
			n++
			if s.Score != nil {
				scores = append(scores, *s.Score)
			}
		}
	}
	switch {
	case !m.loaded:
		return m.ellipsis
	case n == 0:
		return "no interviews yet"
	case len(scores) == 0:
		return count(n, "interview", "interviews")
	}
	return strings.TrimSpace(fmt.Sprintf("%s%slast %.0f %s", count(n, "interview", "interviews"), m.sep, scores[0], m.sparkline(scores)))
}

// sparkline draws the last scores, the oldest first.
func (k *look) sparkline(latestFirst []float64) string {
	n := min(len(latestFirst), 8)
	if n < 2 || len(k.spark) == 0 {
		return ""
	}
	var b strings.Builder
	for i := n - 1; i >= 0; i-- {
		level := int(math.Round(latestFirst[i] / 100 * float64(len(k.spark)-1)))
		b.WriteString(k.spark[max(0, min(level, len(k.spark)-1))])
	}
	return b.String()
}

func (m *home) bankWords() string {
	questions := 0
	for _, b := range m.banks {
		questions += b.Questions
	}
	if !m.loaded {
		return m.ellipsis
	}
	return count(len(m.banks), "bank", "banks") + ", " + count(questions, "question", "questions")
}

// View draws the menu.
func (m *home) View(w, h int) string {
	head := []string{m.header(m.title.Render("elios"), m.mutedStyle.Render(oneLine(m.evaluator)), w), ""}
	var body []string
	for i, it := range m.items() {
		here := i == m.cursor.at
		name := m.pad(it.name, 13)
		if here {
			name = m.strong.Render(name)
		}
		body = append(body, m.clip("   "+m.pointer(here)+name+m.mutedStyle.Render(it.about), w-1))
	}
	foot := []string{m.env.note(m.note), m.legend(w, m.movement(), keyEnter, keyQuit)}
	return page(h, head, body, foot)
}
