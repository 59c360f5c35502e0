package report

import (
	"slices"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// quoted is evidence of the point with a number in its question's list.
type quoted struct {
	rubric.Evidence
	Number int
	Kind   string // how the point was judged: a verdict or "misconception"
}

// segment is a stretch of an answer. Kind is "" outside of any evidence; Ends
// numbers the points whose evidence ends here.
type segment struct {
	Text string
	Kind string
	Ends []int
}

// quotedIn lists the evidence that stands in the answer of a turn. Points are
// numbered as they are listed: key points, own points of follow-ups,
// misconceptions.
func quotedIn(q session.QuestionReport, turn int) []quoted {
	if q.Reveal == nil {
		return nil
	}
	var out []quoted
	n := 0
	add := func(points []session.RevealedPoint, kind string) {
		for _, p := range points {
			n++
			for _, e := range p.Verdict.Evidence {
				if e.Answer != turn {
					continue
				}
				out = append(out, quoted{e, n, kind})
				if kind == "" {
					out[len(out)-1].Kind = Word(p.Verdict.Status)
				}
			}
		}
	}
	add(q.Reveal.Points, "")
	add(q.Reveal.Own, "")
	add(q.Reveal.Misconceptions, misconception)
	return out
}

// segments cuts an answer where evidence begins and ends. As with marksOf,
// evidence that does not fit marks nothing.
func segments(s string, said []quoted) []segment {
	clean := text.Clean(s)
	if clean != s {
		return []segment{{Text: clean}}
	}
	said = slices.DeleteFunc(slices.Clone(said), func(e quoted) bool { return !fits(s, e.Evidence) })
	cuts := []int{0, len(s)}
	for _, e := range said {
		cuts = append(cuts, e.Start, e.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []segment
	for i := 1; i < len(cuts); i++ {
		out = append(out, segmentOf(s, cuts[i-1], cuts[i], said))
	}
	return out
}

func segmentOf(s string, from, to int, said []quoted) segment {
	out := segment{Text: s[from:to]}
	for _, e := range said {
		if e.Start > from || e.End < to {
			continue
		}
		if out.Kind == "" || worse(e.Kind, out.Kind) {
			out.Kind = e.Kind
		}
		if e.End == to {
			out.Ends = append(out.Ends, e.Number)
		}
	}
	slices.Sort(out.Ends)
	out.Ends = slices.Compact(out.Ends)
	return out
}

// worse tells which of two kinds shows where evidence overlaps.
func worse(a, b string) bool {
	order := []string{"met", "partial", "contradicted", misconception}
	return slices.Index(order, a) > slices.Index(order, b)
}
