package tui

import (
	"fmt"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// remarks are the small print: how it ended, hints, the candidate's own score.
func (m *reportPage) remarks(w int) []string {
	r := m.report
	var parts []string
	if o := r.Interview.Outcome; o != "" && o != session.Finished {
		parts = append(parts, report.Line(string(o))+" before the last question was over")
	}
	if n := len(r.Questions); r.Judged > 0 && r.Judged < n {
		parts = append(parts, fmt.Sprintf("mean of %d of %d questions", r.Judged, n))
	}
	if r.Hints > 0 {
		parts = append(parts, report.Count(r.Hints, "hint"))
	}
	if r.SelfMarked != nil {
		parts = append(parts, fmt.Sprintf("with your own marks %.0f", *r.SelfMarked))
	}
	var out []string
	if len(parts) > 0 {
		for i := range parts {
			parts[i] = unbroken(parts[i])
		}
		out = margin(wrapText(w-2, strings.Join(parts, m.sep), &m.mutedStyle))
	}
	for _, c := range m.calibrated {
		out = append(out, margin(wrapText(w-2, report.Line(c), &m.mutedStyle))...)
	}
	return append(out, m.linkLines(w)...)
}

// linkLines tell of an interview that asked a question again what it was then
// and what it is now.
func (m *reportPage) linkLines(w int) []string {
	link := m.report.Interview.Settings.Again
	if link == nil || len(m.report.Questions) == 0 {
		return nil
	}
	if m.before == nil {
		return margin(wrapText(w-2, "Asked again; the earlier interview is no longer there.", &m.mutedStyle))
	}
	then, now := m.before.Question.Result.Final, m.report.Questions[0].Result.Final
	about := fmt.Sprintf("Asked again: question %d of %s  ", link.Question, day(m.before.Interview.CreatedAt))
	return margin(wrap(w-2, span{about, &m.mutedStyle}, span{unbroken("then " + m.scoreText(then) + " " + m.arrow + " now " + m.scoreText(now)), &m.strong}))
}
