package main

import (
	"slices"
	"sync"

	"github.com/elios/elios/internal/builtin/thesaurus"
)

// What was measured to be best on graded answers; docs/decisions.md has the figures.
const (
	known       = 12_000 // most frequent stems that the table has
	leastAlike  = 0.3    // cosine below which WordNet means another sense
	wordNetNear = 0.95   // nearness of WordNet's closest
	leastCosine = 0.5    // from which vectors alone make a pair
	cosineNear  = 0.55   // nearness of a cosine of 1
)

// pairsOf gives the pairs of stems that are near each other.
func pairsOf(vocabulary []string, vectors []vector, related relations) []thesaurus.Pair {
	n := min(known, len(vocabulary))
	place := make(map[string]int, n)
	for i, s := range vocabulary[:n] {
		if isPlain(s) {
			place[s] = i
		}
	}
	near := make(map[[2]string]float64)
	for p, strength := range related {
		i, first := place[p[0]]
		j, second := place[p[1]]
		if first && second && vectors[i].cosine(vectors[j]) >= leastAlike {
			near[p] = wordNetNear * strength
		}
	}
	var mu sync.Mutex
	inParallel(n, func(i int) {
		for j := range i {
			c := vectors[i].cosine(vectors[j])
			if c < leastCosine || !isPlain(vocabulary[i]) || !isPlain(vocabulary[j]) {
				continue
			}
			p := [2]string{vocabulary[i], vocabulary[j]}
			slices.Sort(p[:])
			mu.Lock()
			near[p] = max(near[p], min(1, cosineNear*c))
			mu.Unlock()
		}
	})
	out := make([]thesaurus.Pair, 0, len(near))
	for p, x := range near {
		out = append(out, thesaurus.Pair{A: p[0], B: p[1], Near: x})
	}
	return out
}
