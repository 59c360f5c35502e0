package builtin

import (
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// term is a word or a phrase of a match pattern, as entries of the lexicon.
type term []int32

// pattern is a match ready to be looked for.
type pattern struct {
	groups  [][]term
	ordered bool
	stale   bool // it may match in words of the question alone
}

// newPattern enters the words of a match into the lexicon. A nil match gives a pattern without
// groups, which never matches.
func newPattern(x *lexicon, m *rubric.Match) pattern {
	groups, ordered := m.Groups()
	p := pattern{ordered: ordered}
	for _, g := range groups {
		var terms []term
		for _, s := range g {
			terms = appendTerms(terms, x, s)
		}
		p.groups = append(p.groups, terms)
	}
	return p
}

// appendTerms adds a term, and the same written as one word: "page cache" and "pagecache".
func appendTerms(terms []term, x *lexicon, s string) []term {
	tokens := text.Tokens(s)
	if len(tokens) == 0 {
		return terms
	}
	t, joined, stops := make(term, len(tokens)), "", false
	for i, w := range tokens {
		t[i] = x.addTerm(w)
		joined += w
		stops = stops || text.IsStop(w) || !isWord(w)
	}
	terms = append(terms, t)
	if len(tokens) > 1 && !stops {
		terms = append(terms, term{x.addTerm(joined)})
	}
	return terms
}

// words are all the words of the pattern.
func (p pattern) words() map[int32]bool {
	out := make(map[int32]bool)
	for _, g := range p.groups {
		for _, t := range g {
			for _, id := range t {
				out[id] = true
			}
		}
	}
	return out
}

// hit is a term found in an answer: tokens from to to.
type hit struct {
	group, from, to int
	exact           bool // every word by its stem
	fresh           bool // not merely words of what was asked
	denied          bool // governed by a negator that sets it against the point
	soft            bool // and only set aside, by "without" and the like
}

// maxGap is how many function words may stand between two words of a term.
const maxGap = 2

// at tells whether the term begins at tokens[i], and where it ends.
func (t term) at(tokens []token, i int) (end int, exact, ok bool) {
	exact = true
	for k, id := range t {
		for gap := 0; k > 0 && gap < maxGap && i < len(tokens) && tokens[i].stop && !tokens[i].means(id); gap++ {
			i++
		}
		if i >= len(tokens) {
			return 0, false, false
		}
		if tokens[i].compound == id && i+1 < len(tokens) {
			i, exact = i+2, false
			continue
		}
		yes, same := tokens[i].is(id)
		if !yes {
			return 0, false, false
		}
		i, exact = i+1, exact && same
	}
	return i, exact, true
}

func (w *word) means(id int32) bool {
	yes, _ := w.is(id)
	return yes
}

// fresh tells whether the term does not stand in what was asked, as a word or phrase.
func (t term) fresh(x *lexicon, a *asked) bool {
	for k, id := range t {
		stem := x.entries[id].stem
		if !a.stems[stem] || k > 0 && !a.beside[[2]string{x.entries[t[k-1]].stem, stem}] {
			return true
		}
	}
	return false
}
