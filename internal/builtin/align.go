package builtin

import (
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// target is what a point says, as an answer is aligned with it (M3's alignment, for one point).
type target struct {
	ids     []int32 // distinct content words without negators
	weights []float64
	leave   leave
	order   *sequence // what it says comes first, if it does
}

// newTarget enters the words of a sentence into the lexicon.
func newTarget(x *lexicon, s string) target {
	var t target
	seen := make(map[int32]bool)
	for _, w := range text.Tokens(s) {
		if text.IsStop(w) || text.IsNegator(w) || hardNegators[w] {
			x.add(w)
			continue
		}
		if id := x.add(w); !seen[id] {
			seen[id] = true
			t.ids = append(t.ids, id)
			t.weights = append(t.weights, x.entries[id].weight)
		}
	}
	return t
}

// study reads the target's own sentence the way answers are read, for its negators and order, and
// other texts that say the same for their negators.
func (t *target) study(r *reader, s string, others ...string) {
	d := r.sentencesOf(s)
	t.leave = newLeave()
	t.leave.learn(d.tokens)
	for _, o := range others {
		t.leave.learn(r.sentencesOf(o).tokens)
	}
	if order, _, ok := sequenceOf(window{doc: d, hi: len(d.tokens)}); ok {
		t.order = &order
	}
}

// sentencesOf reads a text of the rubric.
func (r *reader) sentencesOf(s string) *doc {
	d := &doc{Answer: rubric.Answer{Text: s}}
	for _, span := range unwrapped(s) {
		r.tokens(d, span)
	}
	return d
}

// aligned is how far a window says what a target does.
type aligned struct {
	share   float64 // idf-weighted share of the target's words that are not the question's, 0 to 1
	words   int     // how many of them
	negated float64 // share of what was found that is denied, and that the point does not deny
	aside   float64 // share of what was found that is only set aside
	denials stretch // where these stand
}

// turned tells whether a window says the opposite of the target. In a sentence that has nearly all
// its words one negated word is enough; where it has fewer, the negation must weigh more.
func (a aligned) turned() bool {
	switch {
	case a.share >= fullShare:
		return a.negated > 0 || a.aside >= asideShare
	case a.share >= sameShare:
		return a.negated >= negatedShare || a.aside >= asideShare
	}
	return a.negated >= asideShare || a.aside >= asideShare
}

// scratch holds what a window has of every entry of the lexicon.
type scratch struct {
	dice    []float32
	token   []int32 // the token that has it
	touched []int32
}

func newScratch(x *lexicon) *scratch {
	n := len(x.entries)
	return &scratch{dice: make([]float32, n), token: make([]int32, n)}
}

// fill takes the words of a window, after clearing those of the one before.
func (k *scratch) fill(w window) {
	for _, id := range k.touched {
		k.dice[id] = 0
	}
	k.touched = k.touched[:0]
	for i := w.lo; i < w.hi; i++ {
		for _, l := range w.tokens[i].like {
			k.put(l.id, l.dice, i)
		}
		if c := w.tokens[i].compound; c >= 0 {
			k.put(c, 1, i)
		}
	}
}

func (k *scratch) put(id int32, dice float32, token int) {
	if k.dice[id] == 0 {
		k.touched = append(k.touched, id)
	}
	if dice > k.dice[id] {
		k.dice[id], k.token[id] = dice, int32(token)
	}
}

// align compares the window in the scratch with a target. Words of what was asked count neither
// for nor against.
func (k *scratch) align(x *lexicon, w window, t *target) aligned {
	var a aligned
	total, got, denied, aside := 0.0, 0.0, 0.0, 0.0
	for i, id := range t.ids {
		if w.asked.stems[x.entries[id].stem] {
			continue
		}
		total += t.weights[i]
		if k.dice[id] == 0 {
			continue
		}
		at := int(k.token[id])
		if w.ofOther(at, t.leave) {
			continue
		}
		v := t.weights[i] * float64(k.dice[id])
		got += v
		a.words++
		switch {
		case w.governed(at, t.leave) && w.softly(at):
			aside += v
			a.denials.add(at)
		case w.governed(at, t.leave), t.leave.always(id) && w.tokens[at].governor < 0 && !w.tokens[at].doubted:
			denied += v
			a.denials.add(at)
		}
	}
	if got > 0 {
		a.share, a.negated, a.aside = min(1, got/total), min(1, denied/got), min(1, aside/got)
	}
	return a
}
