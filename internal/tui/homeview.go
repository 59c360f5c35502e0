package tui

import (
	"fmt"
	"math"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// facts are what the home page says of all interviews and banks.
type facts struct {
	open      *session.Summary // the interview to continue: the latest that is not COMPLETE
	latest    *session.Summary // the latest that is no question asked again
	complete  int
	trend     *session.Trend // of the bank with the latest interview
	manyBanks bool           // there are trends of others
	banks     int
	questions int
}

func gather(list []session.Summary, banks []session.BankInfo) facts {
	f := facts{banks: len(banks)}
	for i := range list {
		s := &list[i]
		switch {
		case s.State == session.Complete:
			f.complete++
		case f.open == nil:
			f.open = s
		}
		if f.latest == nil && s.Settings.Again == nil {
			f.latest = s
		}
	}
	for _, t := range session.Trends(list) {
		switch {
		case t.Topic != "":
		case f.trend == nil:
			f.trend = &t
		default:
			f.manyBanks = true
		}
	}
	for _, b := range banks {
		f.questions += b.Questions
	}
	return f
}

func (m *home) continueWords(s session.Summary) string {
	parts := []string{report.Line(s.Bank.Title)}
	if s.Question > 0 {
		parts = append(parts, fmt.Sprintf("question %d of %d", s.Question, s.Questions))
	} else {
		parts = append(parts, report.Count(s.Questions, "question"))
	}
	if s.Mode == session.Exam {
		parts = append(parts, "exam")
	}
	if when := ago(s.ActiveAt, m.now()); when != "" {
		if s.Paused {
			when = "paused " + when
		}
		parts = append(parts, when)
	}
	return strings.Join(parts, m.sep)
}

func (m *home) practiseWords() string {
	if s := m.facts.latest; s != nil && s.Bank.Title != "" {
		return "choose a bank and a length, or s: " + report.Line(s.Bank.Title) + " again"
	}
	return "choose a bank and a length"
}

func (m *home) historyWords() string {
	f := m.facts
	switch {
	case !m.loaded:
		return m.ellipsis
	case f.complete == 0 && f.open != nil:
		return "none complete yet"
	case f.complete == 0:
		return "no interviews yet"
	case f.trend == nil:
		return report.Count(f.complete, "interview")
	}
	last := report.Count(f.complete, "interview") + m.sep + "last " + report.Whole(f.trend.Last())
	if f.manyBanks {
		last += " in " + report.Line(f.trend.Bank.Title)
	}
	return strings.TrimSpace(last + " " + m.sparkline(f.trend.Scores()))
}

// sparkLength is how many scores a sparkline shows.
const sparkLength = 8

// sparkline draws the last of some scores, the earliest first; "" for a single
// one, and where the terminal has no signs for it.
func (k *look) sparkline(scores []float64) string {
	if len(scores) < 2 || len(k.spark) == 0 {
		return ""
	}
	var b strings.Builder
	for _, v := range scores[max(0, len(scores)-sparkLength):] {
		level := int(math.Round(v / 100 * float64(len(k.spark)-1)))
		b.WriteString(k.spark[max(0, min(level, len(k.spark)-1))])
	}
	return b.String()
}

func (m *home) bankWords() string {
	if !m.loaded {
		return m.ellipsis
	}
	return report.Count(m.facts.banks, "bank") + ", " + report.Count(m.facts.questions, "question")
}

// homeIndent is where what is said of an item begins.
const homeIndent = 18

// View draws the menu. What does not fit beside the item at hand stands below.
func (m *home) View(w, h int) string {
	head := []string{m.header(m.title.Render("elios"), m.mutedStyle.Render(report.Line(m.evaluator)), w), ""}
	items := m.items()
	var body []string
	for i, it := range items {
		here := i == m.cursor.at
		name := m.pad(it.name, homeIndent-5)
		if here {
			name = m.strong.Render(name)
		}
		body = append(body, m.clip("   "+m.pointer(here)+name+m.mutedStyle.Render(it.about), w-1))
	}
	if about := items[m.cursor.at].about; homeIndent+lipgloss.Width(about) > w-1 {
		body = append(body, "")
		body = append(body, indent("     ", wrapText(w-8, about, &m.mutedStyle))...)
	}
	same := keySame
	same.SetEnabled(m.facts.latest != nil)
	foot := m.feet(m.note, w, m.movement(), keyEnter, same, keyQuit, keyHelp)
	return m.draw(m.look, page(h, head, body, foot), m.helpLines(), w, h)
}

func (m *home) helpLines() []keyRow {
	return []keyRow{
		{m.upDown, "move"},
		{keyEnter.Help().Key, "open"},
		{keySame.Help().Key, "the same again, at once"},
		{keyRetry.Help().Key, "read everything again"},
		{"q, esc", "quit"},
		{"ctrl+c", "quit, everywhere"},
	}
}
