package tui

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// View draws filters, trends and the part of the list around the cursor.
func (m *history) View(w, h int) string {
	head := m.head("History", m.evaluator, w)
	body := []string{m.filters(w, &m.bank, &m.topic, &m.when)}
	foot := m.foot(w)
	room := h - len(head) - len(foot) - len(body)
	if trends := m.trendLines(shownTrends(m.trends, m.topic.id()), max(1, room/3), w); len(trends) > 0 {
		body = append(body, trends...)
		body = append(body, m.rule(w))
	} else if h >= 20 {
		body = append(body, "")
	}
	m.height = max(1, h-len(head)-len(foot)-len(body))
	switch {
	case !m.loaded:
		body = append(body, " "+m.ellipsis)
	case len(m.list) > 0:
		body = append(body, m.rows(&m.cursor, len(m.list), w, m.height, func(i, w int) string { return m.historyRow(m.list[i], w) })...)
	default:
		body = append(body, margin(wrapText(w-2, m.emptyWords(), &m.mutedStyle))...)
	}
	return m.draw(m.look, page(h, head, body, foot), m.helpLines(), w, h)
}

func (m *history) foot(w int) []string {
	open, del := keyEnter, keyDelete
	open.SetEnabled(len(m.list) > 0)
	del.SetEnabled(len(m.list) > 0)
	if m.cursor.at < len(m.list) && m.list[m.cursor.at].State != session.Complete {
		open.SetHelp("enter", "go on")
	}
	n := m.note
	switch {
	case n.text != "":
	case m.asked != m.answered:
		n.text = m.ellipsis
	default:
		n.text = report.Count(len(m.list), "interview")
	}
	return m.feet(n, w, m.movement(), open, del, keyBack, keyHelp)
}

func (m *history) emptyWords() string {
	if (m.filter() != session.Filter{}) {
		return "No interview fits: b, t and w choose others."
	}
	return "No interviews yet. Practise makes the first one."
}

func (m *history) helpLines() []keyRow {
	return []keyRow{
		{m.upDown + " pgup pgdn", "move"},
		{"enter", "open, or go on"},
		{"b, B", "another bank"},
		{"t, T", "another topic"},
		{"w, W", "another time"},
		{"x, delete", "delete the interview"},
		{"r", "read again"},
		{"esc, q", "back"},
	}
}

// historyRow is one interview.
func (k *look) historyRow(s session.Summary, w int) string {
	date := "2006-01-02 15:04"
	if w < 60 {
		date = "01-02"
	}
	when := k.mutedStyle.Render(s.CreatedAt.Local().Format(date)) + "  "
	room := w - len(date) - 2 - 2
	title := max(12, min(28, room-34), min(20, room-28))
	return when + k.pad(report.Line(s.Bank.Title), title) + "  " + k.outcome(s, w >= 48)
}

// outcome is the score of an interview, where there is room with its size, or
// where it stands.
func (k *look) outcome(s session.Summary, room bool) string {
	if s.State != session.Complete {
		return k.mutedStyle.Render(k.standing(s))
	}
	if !room {
		return k.scoreWord(s)
	}
	more := report.Count(s.Questions, "question")
	switch {
	case s.Settings.Again != nil:
		more = "asked again"
	case s.Mode == session.Exam:
		more += ", exam"
	}
	if s.Outcome != session.Finished && s.Outcome != "" {
		more += ", " + report.Line(string(s.Outcome))
	}
	return k.pad(k.scoreWord(s), 15) + k.mutedStyle.Render(more)
}

// scoreWord is the score of a complete interview with its band.
func (k *look) scoreWord(s session.Summary) string {
	if s.Score == nil {
		return k.mutedStyle.Render("not assessed")
	}
	return k.banded(*s.Score)
}

// banded is a score with the name and the colour of its band.
func (k *look) banded(v float64) string {
	b := rubric.BandOf(v)
	return k.bandStyle(b).Render(fmt.Sprintf("%3s %s", report.Whole(v), b))
}

// standing says in plain words how an interview went or where it stands.
func (k *look) standing(s session.Summary) string {
	switch {
	case s.State != session.Complete && s.Question == 0:
		return "open, not begun"
	case s.State != session.Complete:
		return fmt.Sprintf("open, at %d of %d", s.Question, s.Questions)
	case s.Score == nil:
		return "not assessed"
	}
	return report.Whole(*s.Score) + " " + string(rubric.BandOf(*s.Score))
}

// shownTrends are those worth their lines: of each bank; of a single bank its
// topics too; of a topic that was chosen only that.
func shownTrends(trends []session.Trend, topic string) []session.Trend {
	one := true
	for _, t := range trends {
		one = one && t.Bank.ID == trends[0].Bank.ID
	}
	var out []session.Trend
	for _, t := range trends {
		if topic != "" && t.Topic == topic || topic == "" && (t.Topic == "" || one) {
			out = append(out, t)
		}
	}
	return out
}

// trendLines draws trends, at most n lines: the scores, the latest of them and
// how many there are.
func (k *look) trendLines(trends []session.Trend, n, w int) []string {
	more := len(trends) - n
	if more > 0 && n > 1 {
		trends, more = trends[:n-1], more+1
	} else {
		trends = trends[:min(n, len(trends))]
	}
	name := min(30, w-sparkLength-16-8)
	majors := map[string]string{}
	for _, t := range trends {
		if other, ok := majors[t.Bank.ID]; ok && other != t.Major {
			majors[t.Bank.ID] = "" // two: their names tell them apart
		} else if !ok {
			majors[t.Bank.ID] = t.Major
		}
	}
	var out []string
	for _, t := range trends {
		title := k.trendTitle(t, majors[t.Bank.ID] == "", name)
		spark := k.sparkline(t.Scores())
		if len(k.spark) > 0 {
			spark = k.pad(spark, sparkLength+1)
		}
		number := fmt.Sprintf("%s%d", k.times, len(t.Points))
		if w >= 72 {
			number = report.Count(len(t.Points), "interview")
		}
		out = append(out, "   "+title+"  "+k.accentStyle.Render(spark)+k.pad(k.banded(t.Last()), 15)+k.mutedStyle.Render(number))
	}
	if more > 0 && n > 1 {
		out = append(out, "   "+k.mutedStyle.Render(fmt.Sprintf("%s %d more; b and t choose", k.ellipsis, more)))
	}
	return out
}

func (k *look) trendTitle(t session.Trend, versions bool, w int) string {
	title, version := report.Line(t.Bank.Title), ""
	if versions {
		version = " " + report.Line(t.Major) + ".x"
	}
	if t.Topic != "" {
		return k.pad("  "+k.clip(report.Line(t.Topic), w-2-lipgloss.Width(version))+k.mutedStyle.Render(version), w)
	}
	return k.pad(k.strong.Render(k.clip(title, w-lipgloss.Width(version)))+k.mutedStyle.Render(version), w)
}
