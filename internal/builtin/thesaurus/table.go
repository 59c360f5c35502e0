// Package thesaurus knows which stems mean much the same, so that an answer in other words than the
// reference's is not taken for another answer. The table is made by tools/thesaurus from WordNet
// and from how words stand together in free technical documentation; NOTICE names the sources.
package thesaurus

import (
	"bytes"
	_ "embed"
	"fmt"
	"iter"
	"sync"
)

// Pair is two stems (text.Stem) and how near their meanings are: above 0, and at most 1 for the
// same meaning.
type Pair struct {
	A, B string
	Near float64
}

// Table finds the stems that are near a stem. It is safe for concurrent use.
type Table struct {
	stems []string
	index map[string]int32
	first []int32 // where the neighbours of each stem begin; one more than stems
	other []int32
	near  []uint8 // in steps of 1/steps
}

// steps is how finely nearness is kept.
const steps = 64

// Near gives the stems near a stem, with how near each is.
func (t *Table) Near(stem string) iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		i, ok := t.index[stem]
		if !ok {
			return
		}
		for k := t.first[i]; k < t.first[i+1]; k++ {
			if !yield(t.stems[t.other[k]], float64(t.near[k])/steps) {
				return
			}
		}
	}
}

// Size gives the number of stems and of pairs.
func (t *Table) Size() (stems, pairs int) { return len(t.stems), len(t.other) / 2 }

// Of gives how near two stems are, 0 where the table does not have the pair.
func (t *Table) Of(a, b string) float64 {
	for other, near := range t.Near(a) {
		if other == b {
			return near
		}
	}
	return 0
}

//go:embed thesaurus.bin
var embedded []byte

// Default is the embedded table, read when it is first asked for.
var Default = sync.OnceValue(func() *Table {
	t, err := Decode(bytes.NewReader(embedded))
	if err != nil {
		panic(fmt.Sprintf("thesaurus: the embedded table: %v", err))
	}
	return t
})
