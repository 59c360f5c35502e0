package tui

import (
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// reasons are why a point could not be assessed, in the words of a person.
var reasons = map[string]string{
	rubric.ReasonLanguage:    "the evaluator does not read this language",
	rubric.ReasonEvidence:    "no words of yours could be found that show it",
	rubric.ReasonUnclear:     "on topic, but neither for nor against",
	rubric.ReasonMissing:     "the evaluator gave no verdict",
	rubric.ReasonSkipped:     "skipped",
	rubric.ReasonUnsupported: "unsupported: the quote has no word to do with it",
}

// pointLines are a point with its mark and what was heard.
func (k *look) pointLines(p session.RevealedPoint, w int) []string {
	text := []span{{pointName(p.ID, p.Text, len(p.Anchors) > 0), nil}}
	v := p.Verdict
	if v.Level != nil && v.Status != rubric.CannotAssess {
		text = append(text, span{"  " + unbroken(levelWords(*v.Level)), &k.mutedStyle})
	}
	if p.Must {
		text = append(text, span{"  must", &k.mutedStyle})
	}
	out := indent(k.mark(v)+" ", wrap(w-2, text...))
	if why := k.whyLine(v); why != "" {
		out = append(out, indent("    ", wrapText(w-4, why, &k.mutedStyle))...)
	}
	for _, e := range v.Evidence {
		out = append(out, indent("    ", wrapText(w-4, k.quote(e.Quote), &k.mutedStyle))...)
	}
	return append(out, k.anchorLines(p, w)...)
}

func (k *look) whyLine(v rubric.Verdict) string {
	switch v.Status {
	case rubric.CannotAssess:
		return reasons[v.Reason]
	case rubric.Contradicted:
		return "you said otherwise:"
	case rubric.Met, rubric.Partial:
		if v.Reason == rubric.ReasonUnsupported {
			return reasons[v.Reason]
		}
	}
	return ""
}

// heldLines are a misconception with the words that hold it.
func (k *look) heldLines(p session.RevealedPoint, w int) []string {
	lead, style := "belief: ", k.badStyle
	if p.Verdict.Status == rubric.Missed {
		lead, style = "belief, taken back: ", k.mutedStyle
	}
	out := indent(style.Render(k.verdict(rubric.Missed))+" ", wrap(w-2, span{lead, &style}, span{report.Line(p.Text), nil}))
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
		s := []span{{report.Line(r.Title), nil}}
		if r.URL != "" {
			s = append(s, span{"  " + report.Line(r.URL), &k.mutedStyle})
		}
		out = append(out, indent(k.bullet+" ", wrap(w-2, s...))...)
	}
	return out
}

// tallySentence is how the built-in evaluator's feedback begins.
const tallySentence = "You covered "

// feedback is an evaluator's own words, without a first sentence that counts
// the points: every screen that shows feedback has counted them already.
func feedback(s string) string {
	s = report.Line(s)
	if !strings.HasPrefix(s, tallySentence) {
		return s
	}
	first, rest, _ := strings.Cut(s, ". ")
	if strings.HasSuffix(strings.TrimSuffix(first, "."), " points") || strings.HasSuffix(strings.TrimSuffix(first, "."), " point") {
		return rest
	}
	return s
}
