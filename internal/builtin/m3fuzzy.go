package builtin

import (
	"iter"
	"slices"
)

// maxFuzzy bounds the stems of a reference that are compared by their letters (the others must
// match exactly); with it the cost of an answer is linear in its length. A reference of ordinary size has
// under a hundred.
const maxFuzzy = 512

// fuzzyIndex finds the stems that share character 2- and 3-grams with another: gram by gram
// instead of stem by stem, since hardly any two stems have anything in common.
type fuzzyIndex struct {
	postings map[uint32][]posting
	sizes    []int32 // number of grams of each stem; 0 for those that only match exactly
	largest  int32
}

// posting says how often a gram occurs in a stem.
type posting struct{ stem, count int32 }

func newFuzzyIndex(stems []string) fuzzyIndex {
	x := fuzzyIndex{postings: make(map[uint32][]posting), sizes: make([]int32, len(stems))}
	for j, s := range stems[:min(len(stems), maxFuzzy)] {
		if !isWord(s) {
			continue
		}
		grams := stemGrams(nil, s)
		x.sizes[j] = int32(len(grams))
		x.largest = max(x.largest, x.sizes[j])
		for gram, count := range runs(grams) {
			x.postings[gram] = append(x.postings[gram], posting{int32(j), count})
		}
	}
	return x
}

// isWord says whether a stem may resemble another; numbers and operators may not.
func isWord(stem string) bool { return stem[0] >= 'a' && stem[0] <= 'z' }

// stemGrams gives the sorted 2- and 3-grams of a stem between two spaces.
func stemGrams(room []uint32, stem string) []uint32 {
	out := room[:0]
	before, last := uint32(0), uint32(' ')
	for i := range len(stem) + 1 {
		c := uint32(' ')
		if i < len(stem) {
			c = uint32(stem[i])
		}
		out = append(out, last<<8|c)
		if i > 0 {
			out = append(out, before<<16|last<<8|c)
		}
		before, last = last, c
	}
	slices.Sort(out)
	return out
}

// runs gives each gram of a sorted list with the number of its occurrences.
func runs(grams []uint32) iter.Seq2[uint32, int32] {
	return func(yield func(uint32, int32) bool) {
		for i := 0; i < len(grams); {
			end := i + 1
			for end < len(grams) && grams[end] == grams[i] {
				end++
			}
			if !yield(grams[i], int32(end-i)) {
				return
			}
			i = end
		}
	}
}

// seeker holds the scratch space of searches one after the other.
type seeker struct {
	*fuzzyIndex
	common  []int32 // grams in common with each stem
	touched []int32 // stems with any
	grams   []uint32
}

func (x *fuzzyIndex) newSeeker() *seeker {
	return &seeker{fuzzyIndex: x, common: make([]int32, len(x.sizes)), grams: make([]uint32, 0, 64)}
}

// similar calls found for the stems of the index that resemble a stem, with the Dice coefficient
// of their grams (twice the common ones over all), from leastDice to 1.
func (k *seeker) similar(stem string, found func(j int, dice float64)) {
	if !isWord(stem) || k.tooLong(stem) {
		return
	}
	k.grams = stemGrams(k.grams, stem)
	k.count()
	for _, j := range k.touched {
		dice := 2 * float64(k.common[j]) / float64(int(k.sizes[j])+len(k.grams))
		k.common[j] = 0
		if dice >= leastDice {
			found(int(j), dice)
		}
	}
	k.touched = k.touched[:0]
}

// count adds up the common grams of the stem in k.grams and every stem of the index.
func (k *seeker) count() {
	for gram, n := range runs(k.grams) {
		for _, p := range k.postings[gram] {
			if k.common[p.stem] == 0 {
				k.touched = append(k.touched, p.stem)
			}
			k.common[p.stem] += min(n, p.count)
		}
	}
}

// tooLong says that a stem has so many more grams than any in the index that even with all of
// theirs it would not reach leastDice.
func (k *seeker) tooLong(stem string) bool {
	size := 2*len(stem) + 1
	return 2*float64(k.largest)/float64(int(k.largest)+size) < leastDice && size > int(k.largest)
}
