package tui

import (
	"slices"
	"unicode/utf8"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// answerLines are an answer with the evidence underlined in place; a terminal
// too plain for that gets it between _lines_. style is that of the other words.
func (k *look) answerLines(answer string, turn int, evidence []rubric.Evidence, style *lipgloss.Style, w int) []string {
	var spans []span
	at := 0
	for _, e := range within(answer, turn, evidence) {
		e.Start = max(e.Start, at) // two points shown by the same words
		if e.End <= e.Start {
			continue
		}
		spans = append(spans, span{answer[at:e.Start], style}, span{k.said + answer[e.Start:e.End] + k.said, &k.evidence})
		at = e.End
	}
	return wrap(w, append(spans, span{answer[at:], style})...)
}

// within lists the evidence that lies in a turn's answer, in order. Offsets
// that do not fit the answer (another version wrote them) are left out.
func within(answer string, turn int, evidence []rubric.Evidence) []rubric.Evidence {
	var out []rubric.Evidence
	for _, e := range evidence {
		if e.Answer == turn && boundary(answer, e.Start) && boundary(answer, e.End) && e.Start < e.End {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b rubric.Evidence) int { return a.Start - b.Start })
	return out
}

func boundary(s string, i int) bool {
	return i >= 0 && i <= len(s) && (i == len(s) || utf8.RuneStart(s[i]))
}

// evidenceOf is everything in a question's answers that shows a point.
func evidenceOf(r *session.Reveal) []rubric.Evidence {
	if r == nil {
		return nil
	}
	var out []rubric.Evidence
	for _, p := range append(slices.Clone(r.Points), r.Own...) {
		out = append(out, p.Verdict.Evidence...)
	}
	return out
}

// evidenceSoFar is the same while the answer is being judged.
func evidenceSoFar(points []session.MetPoint) []rubric.Evidence {
	var out []rubric.Evidence
	for _, p := range points {
		out = append(out, p.Evidence...)
	}
	return out
}
