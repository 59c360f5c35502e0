package builtin

import (
	"github.com/elios/elios/internal/text"
)

// lexicon holds the words of one question's rubric, each by its stem. It is not changed once it
// is built.
type lexicon struct {
	ids     map[string]int32 // stem to its place in entries
	entries []entry
	whole   map[string]int32 // the words as written, to find "roll back" for "rollback"
	fuzzy   fuzzyIndex
}

// entry is one word of the rubric.
type entry struct {
	stem, text string
	letters    uint32 // which letters it has, see letterSet
	weight     float64
	stop       bool
	term       bool // stands in a match pattern
}

func newLexicon() *lexicon {
	return &lexicon{ids: make(map[string]int32), whole: make(map[string]int32)}
}

// add gives the number of a word, which is new or known.
func (x *lexicon) add(word string) int32 {
	stem := text.Stem(word)
	id, ok := x.ids[stem]
	if !ok {
		id = int32(len(x.entries))
		x.ids[stem] = id
		x.entries = append(x.entries, entry{
			stem: stem, text: word, letters: letterSet(word),
			weight: idf().weight(stem), stop: text.IsStop(word),
		})
	}
	if len(word) >= leastCompound {
		x.whole[word] = id
	}
	return id
}

// addTerm is add for a word of a match pattern.
func (x *lexicon) addTerm(word string) int32 {
	id := x.add(word)
	x.entries[id].term = true
	return id
}

// seal makes the lexicon ready to be searched by letters.
func (x *lexicon) seal() {
	stems := make([]string, len(x.entries))
	for i, e := range x.entries {
		stems[i] = e.stem
		if e.stop {
			stems[i] = " " // function words are compared as they are
		}
	}
	x.fuzzy = newFuzzyIndex(stems)
}

// word is what a token of an answer means to the lexicon; equal tokens share one.
type word struct {
	text, stem    string
	stop, negator bool
	class         wordClass
	like          []likeness
	id            int32 // of the entry with the same stem, -1 for none
}

// likeness is a word of the rubric that a word of an answer resembles.
type likeness struct {
	id   int32
	dice float32 // 1 for the same stem; from typoValue down it counts for alignment alone
	term bool    // near enough to stand for the word in a match pattern
}

// typoValue is what a mistyped word counts in an alignment, where the same stem counts 1.
const typoValue = 0.9

// is tells whether the word stands for an entry in a pattern, and whether by its very stem.
func (w *word) is(id int32) (yes, exact bool) {
	for _, l := range w.like {
		if l.id == id && l.term {
			return true, l.dice == 1
		}
	}
	return false, false
}

// look analyses a token. It never changes the lexicon, so that many may look at once.
func (x *lexicon) look(token string, seek *seeker) *word {
	if meant := x.meant(token); meant != "" {
		token = meant
	}
	w := &word{text: token, stem: text.Stem(token), stop: text.IsStop(token), negator: text.IsNegator(token), class: classes[token], id: -1}
	if id, ok := x.ids[w.stem]; ok {
		w.id = id
		w.like = []likeness{{id, 1, true}}
		return w
	}
	if w.stop || w.negator || !isWord(w.stem) {
		return w
	}
	seek.similar(w.stem, func(j int, dice float64) {
		w.like = append(w.like, likeness{int32(j), float32(dice), false})
	})
	x.typos(w)
	return w
}

// typos adds the entries that the word is a misspelling of. A word that the table of document
// frequencies knows is spelt as it was meant: "reply" is no mistyped "replay".
func (x *lexicon) typos(w *word) {
	if _, known := idf().weights[w.stem]; known || len(w.text) < leastTypo {
		return
	}
	letters := letterSet(w.text)
	for id := range x.entries {
		e := &x.entries[id]
		if e.stop || !nearLetters(letters, e.letters) || !mistyped(w.text, w.stem, e) {
			continue
		}
		w.like = append(w.like, likeness{int32(id), typoValue, true})
	}
}
