package builtin

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// token is a word of an answer where it stands.
type token struct {
	*word
	start, end int   // bytes in the answer
	clause     int   // number of the clause within the answer
	governor   int   // place of the negator that governs it, -1 for none
	compound   int32 // the entry that it makes up with the next token, -1 for none
	piece      bool  // of an identifier, or of a word with hyphens
	first      bool  // of a sentence
	denier     bool  // a negator that denies, in a way that the rubric does not
	code       bool  // of code, or of what a program prints
	contrary   bool  // its clause says no in other words: "impossible", "fails"
	doubted    bool  // its clause says no, somehow
}

// sentence is one sentence of an answer: doc.tokens[lo:hi].
type sentence struct {
	lo, hi     int
	start, end int // bytes in the answer
	role       role
}

// doc is an answer as it was read.
type doc struct {
	rubric.Answer
	tokens    []token
	sentences []sentence
	asked     *asked
	idle      bool // says nothing: empty, or that its author does not know
	foreign   bool // in a language that the evaluator does not read
}

// reader reads answers with a lexicon. It is used by one goroutine.
type reader struct {
	*lexicon
	wording wording
	seek    *seeker
	words   map[string]*word
	room    []byte
}

func (p *prepared) newReader() *reader {
	return &reader{lexicon: p.lexicon, wording: p.wording, seek: p.fuzzy.newSeeker(), words: make(map[string]*word, 64)}
}

// read takes an answer apart.
func (r *reader) read(p *prepared, a rubric.Answer) *doc {
	d := &doc{Answer: a, asked: p.asked}
	if a.Ask != "" && a.Ask != p.ask {
		d.asked = newAsked(p.ask, a.Ask)
	}
	d.idle = text.Trivial(a.Text)
	d.foreign = !d.idle && !text.English(a.Text)
	if d.idle || d.foreign {
		return d
	}
	d.tokens = make([]token, 0, len(a.Text)/5+1)
	for _, span := range unwrapped(a.Text) {
		r.tokens(d, span)
		if lo := d.end(); lo < len(d.tokens) {
			d.add(p, sentence{lo: lo, hi: len(d.tokens), start: span.Start, end: span.End})
		}
	}
	d.markLists(p)
	return d
}

// end is where the last sentence ends, in tokens.
func (d *doc) end() int {
	if n := len(d.sentences); n > 0 {
		return d.sentences[n-1].hi
	}
	return 0
}

// tokens reads the words of a sentence.
func (r *reader) tokens(d *doc, span text.Span) {
	from := len(d.tokens)
	for _, t := range text.TokensAt(d.Text[span.Start:span.End]) {
		d.tokens = append(d.tokens, token{
			word: r.word(t.Text), start: span.Start + t.Start, end: span.Start + t.End, governor: -1, compound: -1,
		})
	}
	if from < len(d.tokens) {
		d.tokens[from].first = true
	}
	r.compounds(d.tokens[from:])
	d.markPieces(from, span.End)
	d.markClauses(from)
	d.markDoubted(from)
	markGoverned(d.tokens, from)
	d.markDisapproved(from)
	d.markDeniers(r.wording, from)
}

func (r *reader) word(s string) *word {
	w, ok := r.words[s]
	if !ok {
		w = r.look(s, r.seek)
		r.words[s] = w
	}
	return w
}

// compounds finds words of the rubric written as two.
func (r *reader) compounds(tokens []token) {
	for i := range len(tokens) - 1 {
		a, b := tokens[i].text, tokens[i+1].text
		if len(a) < 2 || len(b) < 2 || len(a)+len(b) < leastCompound {
			continue
		}
		r.room = append(append(r.room[:0], a...), b...)
		if id, ok := r.whole[string(r.room)]; ok {
			tokens[i].compound = id
		}
	}
}

// stemSet gives the stems of all the words of some texts, function words too.
func stemSet(texts ...string) map[string]bool {
	set := make(map[string]bool)
	for _, s := range texts {
		for _, t := range text.Tokens(s) {
			set[text.Stem(t)] = true
		}
	}
	return set
}

// words makes a set of the words of a list.
func words(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
