package builtin

import (
	"math/bits"

	"github.com/elios/elios/internal/text"
)

const (
	leastTypo     = 5 // letters a word has at least to be taken for a misspelling
	longWord      = 9 // letters from which two slips are allowed
	leastCompound = 6 // letters of a word that may also be written as two
)

// letterSet gives the set of letters a to z of a word, one bit each.
func letterSet(word string) uint32 {
	var set uint32
	for i := range len(word) {
		if c := word[i]; c >= 'a' && c <= 'z' {
			set |= 1 << (c - 'a')
		}
	}
	return set
}

// nearLetters rules out, at the price of an instruction or two, most of the pairs that are
// further than two slips apart: a slip changes two letters of the set at most.
func nearLetters(a, b uint32) bool { return bits.OnesCount32(a^b) <= 4 }

// mistyped says whether a word of an answer is a misspelling of an entry, as written or by the
// stem. The first letter is hardly ever the wrong one, and asking for it keeps "block" from
// being a mistyped "clock".
func mistyped(word, stem string, e *entry) bool {
	if word[0] != e.text[0] {
		return false
	}
	return within(word, e.text, slips(word, e.text)) || within(stem, e.stem, slips(stem, e.stem))
}

// slips gives how many slips of the hand may lie between two words: none below five letters.
func slips(a, b string) int {
	switch n := min(len(a), len(b)); {
	case n < leastTypo:
		return -1
	case n >= longWord:
		return 2
	}
	return 1
}

// within says whether two words are at most n slips apart: a letter too many, one too few, a
// wrong one, or two in the wrong order (optimal string alignment, Damerau 1964).
func within(a, b string, n int) bool {
	if n < 0 || len(a) > maxWord || len(b) > maxWord || len(a)-len(b) > n || len(b)-len(a) > n {
		return false
	}
	var before, last, row [maxWord + 1]int
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			row[j] = step(a, b, i, j, &before, &last, &row)
			least = min(least, row[j])
		}
		if least > n {
			return false
		}
		before, last = last, row
	}
	return last[len(b)] <= n
}

// structural are the words, recognised with a slip, on which it hangs what a sentence claims.
var structural = [...]string{"not", "never", "without", "cannot", "nothing", "neither", "none", "but", "rather", "because"}

// meant gives the one of these that an unknown word is meant to be, one slip away, "" for none:
// what "does nto need" says must not be taken for its opposite.
func (x *lexicon) meant(token string) string {
	if len(token) < len("not") || text.IsStop(token) {
		return ""
	}
	for _, n := range structural {
		if token == n || token[0] != n[0] || !within(token, n, 1) {
			continue
		}
		stem := text.Stem(token)
		_, known := idf().weights[stem]
		if _, ours := x.ids[stem]; !known && !ours && len(token) == len(n) {
			return n
		}
	}
	return ""
}

// maxWord bounds the words that are searched for slips; longer ones are no words.
const maxWord = 31

func step(a, b string, i, j int, before, last, row *[maxWord + 1]int) int {
	cost := 1
	if a[i-1] == b[j-1] {
		cost = 0
	}
	d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
	if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
		d = min(d, before[j-2]+1)
	}
	return d
}
