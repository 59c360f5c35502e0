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

// pair is a stem of the answer that resembles one of the reference.
type pair struct {
	answer, reference int
	dice              float64
}

// align pairs the stems of an answer with those of the reference, one to one, equal ones first
// and then the most similar. It gives the harmonic mean of the idf-weighted recall and precision,
// and for every stem of the reference how well it was met.
func (r *Reference) align(a *answer) (f1 float64, hits []float64) {
	hits = make([]float64, len(r.stems))
	used := make([]bool, len(a.distinct))
	met, said := 0.0, 0.0
	for i, s := range a.distinct {
		if j, ok := r.index[s]; ok {
			hits[j], used[i] = 1, true
			met += r.weights[j]
			said += a.weights[i]
		}
	}
	for _, p := range r.pairs(a, used, hits) {
		if used[p.answer] || hits[p.reference] > 0 {
			continue
		}
		hits[p.reference], used[p.answer] = p.dice, true
		met += r.weights[p.reference] * p.dice
		said += a.weights[p.answer] * p.dice
	}
	if met == 0 {
		return 0, hits
	}
	recall, precision := min(1, met/r.total), min(1, said/a.total) // sums round
	return 2 * recall * precision / (recall + precision), hits
}

// pairs gives the similar pairs among the stems without an equal one, the most similar first.
func (r *Reference) pairs(a *answer, used []bool, hits []float64) []pair {
	var out []pair
	seek := r.fuzzy.newSeeker()
	for i, s := range a.distinct {
		if used[i] || len(out) > maxPairs {
			continue
		}
		seek.similar(s, func(j int, dice float64) {
			if hits[j] == 0 {
				out = append(out, pair{i, j, dice})
			}
		})
	}
	slices.SortFunc(out, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.dice, x.dice), cmp.Compare(x.reference, y.reference), cmp.Compare(x.answer, y.answer))
	})
	return out
}
