package tui

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// reasons are why a point could not be assessed, in the words of a person.
var reasons = map[string]string{
	rubric.ReasonLanguage: "the evaluator does not read this language",
	rubric.ReasonEvidence: "no words of yours could be found that show it",
	rubric.ReasonUnclear:  "on topic, but neither for nor against",
	rubric.ReasonMissing:  "the evaluator gave no verdict",
	rubric.ReasonSkipped:  "skipped",
}

// revealLines are every point of a finished question with its mark and quote,
// then the misconceptions, then the ideal answer.
func (k *look) revealLines(r *session.Reveal, w int) []string {
	var out []string
	for _, p := range r.Points {
		out = append(out, k.pointLines(p, w)...)
	}
	for _, p := range r.Misconceptions {
		out = append(out, k.heldLines(p, w)...)
	}
	if len(r.Own) > 0 {
		out = append(out, "", k.strong.Render("Beyond the score"))
	}
	for _, p := range r.Own {
		out = append(out, k.pointLines(p, w)...)
	}
	if f := oneLine(r.Feedback); f != "" {
		out = append(out, "")
		out = append(out, wrapText(w, f, nil)...)
	}
	if strings.TrimSpace(r.Ideal) != "" {
		out = append(out, "", k.strong.Render("An ideal answer"))
		out = append(out, k.markdown(r.Ideal, w)...)
	}
	return append(out, k.referenceLines(r.References, w)...)
}

func (k *look) pointLines(p session.RevealedPoint, w int) []string {
	text := []span{{oneLine(p.Text), nil}}
	if v := p.Verdict; v.Level != nil && v.Status != rubric.CannotAssess {
		text = append(text, span{"  " + unbroken(fmt.Sprintf("level %d of %d", *v.Level, rubric.MaxLevel)), &k.mutedStyle})
	}
	if p.Must {
		text = append(text, span{"  must", &k.mutedStyle})
	}
	out := indent(k.mark(p.Verdict)+" ", wrap(w-2, text...))
	why := ""
	switch p.Verdict.Status {
	case rubric.CannotAssess:
		why = reasons[p.Verdict.Reason]
	case rubric.Contradicted:
		why = "you said otherwise:"
	}
	if why != "" {
		out = append(out, indent("    ", wrapText(w-4, why, &k.mutedStyle))...)
	}
	for _, e := range p.Verdict.Evidence {
		out = append(out, indent("    ", wrapText(w-4, k.quote(e.Quote), &k.mutedStyle))...)
	}
	return out
}

func (k *look) heldLines(p session.RevealedPoint, w int) []string {
	lead, style := "belief: ", k.badStyle
	if p.Verdict.Status == rubric.Missed {
		lead, style = "belief, taken back: ", k.mutedStyle
	}
	out := indent(style.Render(k.missed)+" ", wrap(w-2, span{lead, &style}, span{oneLine(p.Text), nil}))
	for _, e := range p.Verdict.Evidence {
		out = append(out, indent("    ", wrapText(w-4, k.quote(e.Quote), &k.mutedStyle))...)
	}
	return out
}

func (k *look) referenceLines(refs []rubric.Reference, w int) []string {
	if len(refs) == 0 {
		return nil
	}
	out := []string{"", k.strong.Render("Read on")}
	for _, r := range refs {
		s := []span{{oneLine(r.Title), nil}}
		if r.URL != "" {
			s = append(s, span{"  " + oneLine(r.URL), &k.mutedStyle})
		}
		out = append(out, indent(k.bullet+" ", wrap(w-2, s...))...)
	}
	return out
}

// answerLines are an answer with the evidence underlined in place.
func (k *look) answerLines(answer string, turn int, r *session.Reveal, w int) []string {
	var spans []span
	at := 0
	for _, e := range evidenceOf(answer, turn, r) {
		if e.Start < at {
			e.Start = at // two points shown by the same words
		}
		if e.End <= e.Start {
			continue
		}
		spans = append(spans, span{answer[at:e.Start], nil}, span{answer[e.Start:e.End], &k.evidence})
		at = e.End
	}
	return wrap(w, append(spans, span{answer[at:], nil})...)
}

// evidenceOf lists what of a turn's answer shows a point, in order. Offsets
// that do not fit the answer (another version wrote them) are left out.
func evidenceOf(answer string, turn int, r *session.Reveal) []rubric.Evidence {
	if r == nil {
		return nil
	}
	var out []rubric.Evidence
	for _, p := range append(slices.Clone(r.Points), r.Own...) {
		for _, e := range p.Verdict.Evidence {
			if e.Answer == turn && boundary(answer, e.Start) && boundary(answer, e.End) && e.Start < e.End {
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b rubric.Evidence) int { return a.Start - b.Start })
	return out
}

func boundary(s string, i int) bool {
	return i >= 0 && i <= len(s) && (i == len(s) || utf8.RuneStart(s[i]))
}
