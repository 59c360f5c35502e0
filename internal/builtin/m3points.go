package builtin

import (
	"strings"
	"unicode"

	"github.com/elios/elios/internal/text"
)

// Clause is a piece of a reference that says one thing: a key point where the author set none.
type Clause struct {
	text.Span          // where it stands in the reference
	Stems     []string // of its content words, with repetitions; at least one
}

// Clauses cuts a reference at its punctuation, list marks and at "and". A piece of fewer than
// two different content words goes to the one before it, or to the second if it is the first.
func Clauses(reference string) []Clause {
	var out []Clause
	for _, p := range clauseSpans(reference) {
		p = trimmed(reference, p)
		stems := text.Content(text.Tokens(reference[p.Start:p.End]))
		switch last := len(out) - 1; {
		case len(stems) == 0:
		case last >= 0 && single(stems):
			out[last] = join(out[last], Clause{p, stems})
		default:
			out = append(out, Clause{p, stems})
		}
	}
	if len(out) > 1 && single(out[0].Stems) {
		out[1] = join(out[0], out[1])
		out = out[1:]
	}
	return out
}

// trimmed leaves the white space around a piece out.
func trimmed(s string, p text.Span) text.Span {
	piece := strings.TrimLeftFunc(s[p.Start:p.End], unicode.IsSpace)
	start := p.End - len(piece)
	return text.Span{Start: start, End: start + len(strings.TrimRightFunc(piece, unicode.IsSpace))}
}

// single says whether stems are all the same.
func single(stems []string) bool {
	for _, s := range stems {
		if s != stems[0] {
			return false
		}
	}
	return true
}

func join(a, b Clause) Clause {
	return Clause{text.Span{Start: a.Start, End: b.End}, append(a.Stems, b.Stems...)}
}

// point is a clause as it is scored.
type point struct {
	stems   []int     // places in Reference.stems; -1 for one that stands only in the clause
	weights []float64 // idf of each
	total   float64
}

// newPoints takes of each clause the stems that the question does not have, or all when it has
// them all.
func (r *Reference) newPoints() []point {
	out := make([]point, len(r.clauses))
	for i, c := range r.clauses {
		all := distinct(c.Stems)
		kept := make([]string, 0, len(all))
		for _, s := range all {
			if !r.question[s] {
				kept = append(kept, s)
			}
		}
		if len(kept) == 0 {
			kept = all
		}
		out[i] = r.newPoint(kept)
	}
	return out
}

func (r *Reference) newPoint(stems []string) point {
	p := point{stems: make([]int, len(stems))}
	p.weights, p.total = idf().weightsOf(stems)
	for i, s := range stems {
		p.stems[i] = -1
		if j, ok := r.index[s]; ok {
			p.stems[i] = j
		}
	}
	return p
}

// covered gives for each point the idf-weighted share that was met, 0 to 1. hits is from align.
func (r *Reference) covered(hits []float64) []float64 {
	out := make([]float64, len(r.points))
	for i, p := range r.points {
		for k, j := range p.stems {
			if j >= 0 {
				out[i] += p.weights[k] * hits[j] / p.total
			}
		}
		out[i] = min(1, out[i]) // the sum rounds
	}
	return out
}
