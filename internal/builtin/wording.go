package builtin

import (
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// wording is which words of a question and its rubric stand beside each other, by their places in
// the lexicon.
type wording map[[2]int32]bool

// newWording reads the sentences of a rubric, and enters their words into the lexicon.
func newWording(x *lexicon, q *rubric.Question) wording {
	w := make(wording)
	w.add(x, q.Ask)
	w.add(x, q.Ideal)
	for _, k := range q.KeyPoints {
		w.add(x, k.Point)
		w.add(x, k.Say)
	}
	for _, d := range q.Dimensions {
		w.add(x, d.Say)
		for level := range rubric.MaxLevel + 1 {
			w.add(x, d.Anchors[level])
		}
	}
	return w
}

func (w wording) add(x *lexicon, s string) {
	last := int32(-1)
	for _, t := range text.Tokens(s) {
		id := x.add(t)
		if last >= 0 {
			w[[2]int32{last, id}] = true
		}
		last = id
	}
}
