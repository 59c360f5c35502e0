package main

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"

	"github.com/elios/elios/internal/text"
)

const (
	vocabularySize = 20_000
	window         = 5 // content words to each side
	leastCount     = 1 // weighted; below it a pair says nothing
)

// counter gathers the content stems of paragraphs, each paragraph once.
type counter struct {
	seed   maphash.Seed
	seen   map[uint64]bool
	ids    map[string]int32
	stems  []string
	often  []int
	stream []int32 // of the paragraphs one after the other, -1 between them
}

func newCounter() *counter {
	return &counter{seed: maphash.MakeSeed(), seen: make(map[uint64]bool), ids: make(map[string]int32)}
}

func (c *counter) read(paragraph string) {
	h := maphash.String(c.seed, paragraph)
	if c.seen[h] {
		return
	}
	c.seen[h] = true
	for _, s := range text.Content(text.Tokens(paragraph)) {
		id, ok := c.ids[s]
		if !ok {
			id = int32(len(c.stems))
			c.ids[s] = id
			c.stems = append(c.stems, s)
			c.often = append(c.often, 0)
		}
		c.often[id]++
		c.stream = append(c.stream, id)
	}
	c.stream = append(c.stream, -1)
}

// cell is how often a stem stands near another.
type cell struct {
	column int32
	count  float32
}

// count gives the most frequent stems, the most frequent first, and for each which of them stand
// near it.
func (c *counter) count() (vocabulary []string, rows [][]cell) {
	rank := c.rank(&vocabulary)
	counts := make([]map[int32]float32, len(vocabulary))
	for i := range counts {
		counts[i] = make(map[int32]float32)
	}
	var paragraph []int32
	for _, id := range c.stream {
		switch {
		case id < 0:
			countNear(counts, paragraph)
			paragraph = paragraph[:0]
		case rank[id] >= 0:
			paragraph = append(paragraph, rank[id])
		}
	}
	countNear(counts, paragraph)
	for _, m := range counts {
		var row []cell
		for _, j := range slices.Sorted(maps.Keys(m)) {
			if m[j] >= leastCount {
				row = append(row, cell{j, m[j]})
			}
		}
		rows = append(rows, row)
	}
	return vocabulary, rows
}

// rank gives the place of each stem in the vocabulary, -1 for the rare ones.
func (c *counter) rank(vocabulary *[]string) []int32 {
	order := make([]int32, len(c.stems))
	rank := make([]int32, len(c.stems))
	for i := range order {
		order[i], rank[i] = int32(i), -1
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(c.often[b], c.often[a]) })
	for r, id := range order[:min(len(order), vocabularySize)] {
		rank[id] = int32(r)
		*vocabulary = append(*vocabulary, c.stems[id])
	}
	return rank
}

func countNear(counts []map[int32]float32, paragraph []int32) {
	for i, a := range paragraph {
		for d := 1; d <= window && i+d < len(paragraph); d++ {
			b, near := paragraph[i+d], 1/float32(d)
			counts[a][b] += near
			counts[b][a] += near
		}
	}
}
