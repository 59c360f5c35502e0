package builtin

import (
	"strings"

	"github.com/elios/elios/internal/text"
)

// wordClass is a class of function words, for what may stand beside what.
type wordClass uint16

// The classes: closed in English, so that a short table holds all that matter.
const (
	determiner  wordClass = 1 << iota // the, a, my: before a noun
	preposition                       // of, with: before a noun phrase
	particle                          // in, on, by: also the end of a verb, "is turned on by …"
	modal                             // can, does: before a verb
	being                             // is, are
	having                            // has, have
	joining                           // and, or
	subordinate                       // because, if
	subject                           // we, they: before a verb
	infinitive                        // to
)

// classes gives the class of each function word.
var classes = func() map[string]wordClass {
	out := make(map[string]wordClass)
	for class, list := range map[wordClass]string{
		determiner:  "a an the my your our its their his every",
		preposition: "of for with from into",
		particle:    "in on by at",
		modal:       "will would can could may might must should cannot does did",
		being:       "is are was were",
		having:      "has had",
		joining:     "and or but nor",
		subordinate: "because if than whether although though",
		subject:     "we they he she",
		infinitive:  "to",
	} {
		for w := range words(list) {
			out[w] = class
		}
	}
	return out
}()

// finite are the classes of verbs that have a subject.
const finite = modal | being | having

// after tells which classes no sentence has right after a class: "the of", "is can", "of they".
var after = map[wordClass]wordClass{
	determiner:  determiner | preposition | particle | finite | joining | subordinate | subject | infinitive,
	preposition: preposition | finite | joining | subject | infinitive,
	particle:    finite | joining | subject,
	modal:       modal | being | preposition | joining | subordinate | infinitive,
	being:       finite | joining | subordinate,
	having:      modal | being | joining | subordinate,
	joining:     joining,
	subordinate: joining | finite,
	subject:     determiner | preposition | particle | joining | subordinate | subject | infinitive,
	infinitive:  finite | joining | subordinate | subject | preposition | particle | infinitive,
}

// dangling are the classes with which no clause ends.
const dangling = determiner | joining | subordinate | infinitive

// breaks counts the places where two words stand beside each other that no sentence has so: few
// in what people write, many in shuffled words.
func (d *doc) breaks(p *prepared, lo, hi int) int {
	n := 0
	for i := lo; i < hi; i++ {
		if class := d.classOf(p, i); class != 0 && d.breaksAfter(p, i, class) {
			n++
		}
	}
	return n
}

// classOf gives the class of a token where it is a plain word: neither a piece of an identifier
// nor a name, such as a variable of the question or the "A" of "service A".
func (d *doc) classOf(p *prepared, i int) wordClass {
	t := &d.tokens[i]
	if t.class == 0 || t.piece || p.names[t.text] || !t.first && i > 0 && isCapital(d.Text[t.start]) && !isCapital(d.Text[d.tokens[i-1].start]) {
		return 0
	}
	return t.class
}

func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }

func (d *doc) breaksAfter(p *prepared, i int, class wordClass) bool {
	if i+1 == len(d.tokens) || d.tokens[i+1].first {
		return class&dangling != 0
	}
	next := &d.tokens[i+1]
	switch {
	case next.code:
		return false
	case d.cutBefore(i + 1):
		return class&determiner != 0
	case class&modal != 0 && isParticiple(next):
		return true
	}
	return after[class]&d.classOf(p, i+1) != 0
}

// isParticiple tells whether a word has a form that never follows "can".
func isParticiple(t *token) bool {
	return !t.stop && !t.piece && len(t.text) > 6 &&
		(strings.HasSuffix(t.text, "ing") || strings.HasSuffix(t.text, "ed") && !strings.HasSuffix(t.text, "eed"))
}

// namesIn gives the function words that stand in the code of a question, where they are names.
func namesIn(ask string) map[string]bool {
	out := make(map[string]bool)
	for i, part := range strings.Split(ask, "`") {
		if i%2 == 0 {
			continue // outside of the marks; three of them open and close code as one does
		}
		for _, t := range text.Tokens(part) {
			if classes[t] != 0 {
				out[t] = true
			}
		}
	}
	return out
}
