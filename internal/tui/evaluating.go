package tui

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// viewEvaluating is the question, the verdicts as they arrive, and the answer
// as it was handed in. What does not fit scrolls; the verdicts stay in sight.
func (m *interview) viewEvaluating(w, h int) string {
	lines, _ := m.thread(w - 2)
	lines = append(lines, "")
	focus := len(lines)
	if m.snap.Pending != nil {
		lines = append(lines, m.pendingLines(w-2)...)
	} else {
		lines = append(lines, m.liveLines(w-2)...)
	}
	if t := m.current(); t.Answer != "" {
		lines = append(lines, "", m.mutedStyle.Render("Your answer"))
		lines = append(lines, margin(m.handedInLines(t, w-4))...)
	}
	return page(h, m.top(w), m.pane(lines, max(1, h-4), focus, w), m.foot(w, m.evaluatingKeys()...))
}

// handedInLines are the answer with what was heard so far underlined. They are
// drawn once for each verdict: an answer may be long.
func (m *interview) handedInLines(t session.TurnView, w int) []string {
	id := fmt.Sprint(t.Asked.Turn, w, m.dark, m.live.Done, len(m.live.Met))
	if m.handed.id != id {
		m.handed.id = id
		m.handed.lines = m.answerLines(t.Answer, t.Asked.Turn, evidenceSoFar(m.live.Met), &m.mutedStyle, w)
	}
	return m.handed.lines
}

func (m *interview) evaluatingKeys() []key.Binding {
	k := m.keys
	k.Retry.SetEnabled(m.snap.Pending != nil)
	k.EndNow.SetEnabled(m.snap.Pending != nil)
	k.Builtin.SetEnabled(m.snap.Evaluator.Name != session.Builtin)
	return []key.Binding{k.Retry, k.Builtin, k.EndNow, k.Pause, k.Help}
}

// liveLines are the points met so far with the candidate's words, and how far
// the evaluation is.
func (m *interview) liveLines(w int) []string {
	var out []string
	for _, p := range m.live.Met {
		out = append(out, m.metLines(p, w)...)
	}
	if f := report.Line(m.live.Feedback); f != "" {
		out = append(out, wrapText(w, f, &m.mutedStyle)...)
	}
	frame := m.glyphs.spin[m.spin%len(m.glyphs.spin)]
	progress := m.accentStyle.Render(frame) + " "
	if m.live.Of > 0 {
		progress += m.mutedStyle.Render(fmt.Sprintf("point %d of %d", min(m.live.Done+1, m.live.Of), m.live.Of))
		out = append(out, progress, "")
		progress = ""
	}
	return append(out, progress+m.doing())
}

// doing says who does what, and for how long.
func (m *interview) doing() string {
	who := report.Line(m.snap.Evaluator.String())
	if m.snap.Evaluator.Name == session.Builtin || m.snap.Evaluator.Name == "" {
		who = "The " + who
	}
	what := " is reading your answer"
	switch m.live.Phase {
	case "loading":
		what = " is being loaded"
	case "queued":
		what = " will read your answer as soon as it is free"
	}
	s := who + what + " " + m.ellipsis
	if d := m.now().Sub(m.since); d >= time.Second {
		s += fmt.Sprintf(" %d s", int(d.Seconds()))
	}
	return m.mutedStyle.Render(s)
}

// metLines are a point and the quote that shows it: side by side where there
// is room, else below each other.
func (m *interview) metLines(p session.MetPoint, w int) []string {
	mark := m.mark(rubric.Verdict{Status: p.Status}) + " "
	quote := ""
	if len(p.Evidence) > 0 {
		quote = m.quote(p.Evidence[0].Quote)
	}
	text := pointName(p.Point, p.Text, p.Level != nil)
	if p.Level != nil {
		text += " (" + unbroken(levelWords(*p.Level)) + ")"
	}
	if w < 64 || quote == "" {
		out := indent(mark, wrapText(w-2, text, nil))
		if quote == "" {
			return out
		}
		return append(out, indent("  ", wrapText(w-2, quote, &m.mutedStyle))...)
	}
	left := w * 45 / 100
	return m.beside(indent(mark, wrapText(left-2, text, nil)), wrapText(w-left-2, quote, &m.mutedStyle), left)
}

// beside sets two columns next to each other.
func (k *look) beside(left, right []string, w int) []string {
	var out []string
	for i := range max(len(left), len(right)) {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out = append(out, k.pad(l, w)+"  "+r)
	}
	return out
}

// pendingLines say why there is no evaluation, and what can be done.
func (m *interview) pendingLines(w int) []string {
	p := m.snap.Pending
	out := indent(m.badStyle.Render("! "), wrapText(w-2, "Your answer is not judged yet: "+report.Line(p.Why), nil))
	next := "elios waits for you: try again, go on with the built-in evaluator, or end the interview."
	if m.snap.Evaluator.Name == session.Builtin {
		next = "elios waits for you: try again, or end the interview."
	}
	if !p.RetryAt.IsZero() {
		next = fmt.Sprintf("After attempt %d elios tries again in %d s.", p.Attempt, max(0, int(p.RetryAt.Sub(m.now()).Seconds())))
	}
	out = append(out, indent("  ", wrapText(w-2, next, nil))...)
	return append(out, indent("  ", wrapText(w-2, "The answer is safe on disk and no score is made up.", &m.mutedStyle))...)
}
