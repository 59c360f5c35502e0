package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/session"
)

// viewOpened is one question with everything said on it.
func (m *reportPage) viewOpened(w, h int) string {
	q := m.report.Questions[m.cursor.at]
	left := fmt.Sprintf("%d of %d", q.Number, len(m.report.Questions))
	about := m.sep + oneLine(q.Topic)
	if q.Level > 0 {
		about += fmt.Sprintf("%slevel %d", m.sep, q.Level)
	}
	score := m.scoreBand(q.Result.Final)
	title := m.clip(m.title.Render(left)+m.mutedStyle.Render(about), w-lipgloss.Width(score)-4)
	head := []string{m.header(title, score, w), m.rule(w)}
	lines := m.detail(q, w-2)
	m.height = max(1, h-4)
	m.scroll = max(0, min(m.scroll, len(lines)-m.height))
	shown, _ := window(lines, m.height, m.scroll, m.scroll)
	below := ""
	if n := len(lines) - m.scroll - m.height; n > 0 {
		below = " " + m.mutedStyle.Render(count(n, "more line", "more lines"))
	}
	move := m.movement()
	move.SetHelp(m.upDown, "scroll")
	other := bind(m.leftRight, "other question", "left", "right")
	other.SetEnabled(len(m.report.Questions) > 1)
	return page(h, head, margin(shown), []string{below, m.legend(w, move, other, keyBack)})
}

// detail is drawn once for each question and width.
func (m *reportPage) detail(q session.QuestionReport, w int) []string {
	id := detailID{q.Number, w, m.dark}
	if m.drawn.id == id {
		return m.drawn.lines
	}
	lines := m.markdown(q.Ask, w)
	var main, rest []session.TurnReport
	for _, t := range q.Turns {
		if t.Asked.Kind == session.FollowUpTurn {
			rest = append(rest, t)
		} else {
			main = append(main, t)
		}
	}
	for _, t := range main {
		lines = append(lines, m.turnLines("Your answer", t, q.Reveal, w)...)
	}
	if q.Reveal != nil {
		lines = append(lines, "", m.strong.Render("Key points"))
		lines = append(lines, m.revealLines(q.Reveal, w)...)
	}
	for i, t := range rest {
		if i == 0 {
			lines = append(lines, "", m.strong.Render("Follow-ups"))
		}
		lines = append(lines, m.followUpLines(i+1, t, q.Reveal, w)...)
	}
	m.drawn.id, m.drawn.lines = id, lines
	return lines
}

// turnLines are an answer, how long it took, and what it is worth so far.
func (m *reportPage) turnLines(title string, t session.TurnReport, r *session.Reveal, w int) []string {
	var about []string
	if t.Took > 0 {
		about = append(about, mmss(t.Took))
	}
	if n := len(t.HintsGiven); n > 0 {
		about = append(about, count(n, "hint", "hints"))
	}
	if e := t.Evaluation; e != nil {
		about = append(about, oneLine(e.By.String()))
		if e.Score != nil && e.Score.Judged {
			about = append(about, "score "+m.scoreRange(e.Score.Value, e.Score.Upper))
		}
	}
	out := []string{"", m.strong.Render(title) + m.mutedStyle.Render("  "+strings.Join(about, m.sep))}
	switch {
	case t.Skipped:
		return append(out, m.mutedStyle.Render("skipped"))
	case !t.Answered:
		return append(out, m.mutedStyle.Render("not answered"))
	}
	return append(out, m.answerLines(t.Answer, t.Asked.Turn, r, w)...)
}

// followUpLines hang a follow-up on its thread.
func (m *reportPage) followUpLines(n int, t session.TurnReport, r *session.Reveal, w int) []string {
	lead := fmt.Sprintf("%s %d  ", m.glyphs.thread, n)
	at := len([]rune(lead))
	out := indent(m.accentStyle.Render(lead), m.markdown(t.Asked.Ask, w-at))
	answer := m.turnLines("You", t, r, w-at)
	return append(out, indent(strings.Repeat(" ", at), answer[1:])...)
}
