package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// View draws the report, or the question that is open.
func (m *reportPage) View(w, h int) string {
	m.cur = nil
	s := m.base(w, h)
	box := ""
	switch {
	case m.help:
		box = m.keysBox(m.keysHere(), w, h)
	case m.export != nil:
		box = m.exportBox(w)
	default:
		return s
	}
	m.cur = nil
	s = s[:strings.LastIndexByte(s, '\n')+1] // the keys below are not those that work now
	return over(m.fit(s, w, h), box, w, h)
}

func (m *reportPage) base(w, h int) string {
	switch {
	case !m.loaded:
		foot := []string{m.env.note(m.note), m.legend(w, keyHome)}
		return page(h, m.head("Report", "", w), []string{"", " Adding up " + m.ellipsis}, foot)
	case m.earlier != nil:
		return m.viewEarlier(w, h)
	case m.opened:
		return m.viewOpened(w, h)
	}
	return m.viewOverview(w, h)
}

func (m *reportPage) viewOverview(w, h int) string {
	lines, first := m.overview(w)
	m.height, m.focus = max(1, h-4), first+m.cursor.at
	focus := m.focus
	if focus >= m.cursor.offset+m.height { // not yet come to: keep what is above in sight
		focus = m.cursor.offset
	}
	lines, m.cursor.offset = window(lines, m.height, focus, m.cursor.offset)
	open, again := bind("enter", "open", "enter"), keyAgain
	open.SetEnabled(len(m.report.Questions) > 0)
	again.SetEnabled(m.cursor.at < len(m.report.Questions) && m.report.Questions[m.cursor.at].Result.Over)
	foot := []string{m.env.note(m.note), m.legend(w, m.movement(), open, again, keyNew, keyExport, keyHome, keyHelp)}
	return page(h, []string{m.headline(w), m.rule(w)}, lines, foot)
}

// headline names the interview and its score; on a narrow screen who judged
// yields first.
func (m *reportPage) headline(w int) string {
	r := m.report
	right := m.mutedStyle.Render("not assessed")
	if r.Judged > 0 {
		right = m.bandStyle(r.Band).Bold(true).Render(m.scoreRange(r.Score, r.Upper))
		if r.Band != rubric.NoBand {
			right += "  " + m.bandStyle(r.Band).Render(report.Line(string(r.Band)))
		}
	}
	left := m.title.Render(report.Line(r.Interview.Bank.Title))
	room := w - lipgloss.Width(right) - 5
	for _, more := range append([]string{report.Count(len(r.Questions), "question"), report.Length(r.Duration)}, m.judges()...) {
		if next := left + m.mutedStyle.Render(m.sep+more); lipgloss.Width(next) <= room {
			left = next
		}
	}
	return m.header(m.clip(left, room), right, w)
}

func (m *reportPage) judges() []string {
	var out []string
	for _, e := range m.report.Evaluators {
		out = append(out, report.Line(e.String()))
	}
	return out
}

// overview is everything above the questions, then one line for each of them;
// first is where those begin.
func (m *reportPage) overview(w int) (lines []string, first int) {
	r := m.report
	lines = append(lines, m.bars(w)...)
	lines = append(lines, m.remarks(w)...)
	lines = append(lines, m.topicLines(w)...)
	if len(r.Learn) > 0 {
		lines = append(lines, "", " "+m.strong.Render("Learn next"))
		for i, l := range r.Learn {
			gain := fmt.Sprintf("+%.0f", max(l.Gain, 1))
			lines = append(lines, fmt.Sprintf("  %d  %s", i+1, m.header(m.clip(report.Line(l.Text), w-14), m.mutedStyle.Render(gain), w-6)[1:]))
		}
	}
	lines = append(lines, "")
	first = len(lines)
	for i, q := range r.Questions {
		lines = append(lines, m.questionLine(q, i == m.cursor.at, w))
	}
	return lines, first
}

func (m *reportPage) bars(w int) []string {
	r := m.report
	if r.Judged == 0 {
		return []string{"", " " + m.mutedStyle.Render("Nothing could be assessed, so there is no score.")}
	}
	assessed := fmt.Sprintf("assessed %d of %s", r.Assessed, report.Count(r.Points, "point"))
	room := w - 17 - len(assessed) - 3
	after := assessed
	if room < 12 {
		room, after = w-18, ""
	}
	room = min(room, 40)
	bar := func(name string, v float64) string {
		return fmt.Sprintf(" %-10s %3.0f ", name, v) + m.bar(v, room)
	}
	out := []string{bar("unprompted", r.Unprompted), bar("probed", r.Score)}
	if after == "" {
		return append(out, " "+m.mutedStyle.Render(assessed))
	}
	out[1] += "   " + m.mutedStyle.Render(after)
	return out
}

// topicLines set the topics side by side as far as they fit.
func (m *reportPage) topicLines(w int) []string {
	var spans []span
	for _, t := range m.report.Topics {
		n := rounded(t.Score / 10)
		spans = append(spans, span{unbroken(m.clip(report.Line(t.Topic), 24) + fmt.Sprintf(" %3.0f ", t.Score)), nil},
			span{strings.Repeat(m.full, n), &m.accentStyle}, span{"    ", nil})
	}
	if len(spans) == 0 {
		return nil
	}
	return append([]string{""}, margin(wrap(w-2, spans...))...)
}

func (m *reportPage) questionLine(q session.QuestionReport, here bool, w int) string {
	res := q.Result
	score := m.scoreBand(res.Final)
	switch {
	case res.Skipped:
		score = m.mutedStyle.Render("skipped ") + m.score(res.Final)
	case !res.Over:
		score = m.mutedStyle.Render("not over")
	case res.Final.Judged && res.Unprompted.Judged && rounded(res.Unprompted.Value) != rounded(res.Final.Value):
		score = m.mutedStyle.Render(fmt.Sprintf("%.0f %s ", res.Unprompted.Value, m.arrow)) + score
	}
	left := m.pointer(here) + fmt.Sprintf("%2d  ", q.Number)
	ask := m.clip(m.flat(q.Ask), max(8, w-lipgloss.Width(score)-lipgloss.Width(left)-5))
	if here {
		ask = m.strong.Render(ask)
	}
	return m.header(left+ask, score, w)
}
