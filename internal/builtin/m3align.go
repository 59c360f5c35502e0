package builtin

import (
	"cmp"
	"slices"
)

const (
	leastDice = 0.55 // below this two stems are different words
	// maxPairs bounds the memory for pairs of similar stems; ordinary answers have some dozens.
	maxPairs = 1 << 16
)

// alignment is how the stems of an answer fit those of a reference, one to one.
type alignment struct {
	recall, precision float64   // idf-weighted share of the reference's stems met, of the answer's that meet one
	hits              []float64 // how well each stem of the reference was met
}

// f is the weighted harmonic mean of recall and precision, with recall beta times as important (van
// Rijsbergen: Information Retrieval, 1979).
func (a alignment) f(beta float64) float64 {
	if a.recall == 0 {
		return 0
	}
	b := beta * beta
	return (1 + b) * a.recall * a.precision / (a.recall + b*a.precision)
}

// pair is a stem of the answer that is like one of the reference, in its letters or its meaning.
type pair struct {
	answer, reference int
	near              float64
}

// align pairs the stems of an answer with those of the reference, equal ones first and then the
// nearest.
func (r *Reference) align(a *answer) alignment {
	out := alignment{hits: make([]float64, len(r.stems))}
	used := make([]bool, len(a.distinct))
	met, said := 0.0, 0.0
	for i, s := range a.distinct {
		if j, ok := r.index[s]; ok {
			out.hits[j], used[i] = 1, true
			met += r.weights[j]
			said += a.weights[i]
		}
	}
	for _, p := range r.pairs(a, used, out.hits) {
		if used[p.answer] || out.hits[p.reference] > 0 {
			continue
		}
		out.hits[p.reference], used[p.answer] = p.near, true
		met += r.weights[p.reference] * p.near
		said += a.weights[p.answer] * p.near
	}
	if met > 0 {
		out.recall, out.precision = min(1, met/r.total), min(1, said/a.total) // sums round
	}
	return out
}

// pairs gives the similar pairs among the stems without an equal one, the nearest first.
func (r *Reference) pairs(a *answer, used []bool, hits []float64) []pair {
	var out []pair
	seek := r.fuzzy.newSeeker()
	for i, s := range a.distinct {
		if used[i] || len(out) > maxPairs {
			continue
		}
		add := func(j int, near float64) {
			if hits[j] == 0 {
				out = append(out, pair{i, j, near})
			}
		}
		seek.similar(s, add)
		for _, n := range r.related[s] {
			add(n.stem, n.near)
		}
	}
	slices.SortFunc(out, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.near, x.near), cmp.Compare(x.reference, y.reference), cmp.Compare(x.answer, y.answer))
	})
	return out
}
