package builtin

import "github.com/elios/elios/internal/text"

// asked is what was asked: its stems, function words too, and which of them stand beside each
// other, function words between them left out as terms of a match leave them out.
type asked struct {
	stems  map[string]bool
	beside map[[2]string]bool
}

func newAsked(texts ...string) *asked {
	a := &asked{stems: make(map[string]bool), beside: make(map[[2]string]bool)}
	for _, s := range texts {
		var before []string
		for _, t := range text.Tokens(s) {
			stem := text.Stem(t)
			a.stems[stem] = true
			for _, b := range before {
				a.beside[[2]string{b, stem}] = true
			}
			if !text.IsStop(t) || len(before) > maxGap {
				before = before[:0]
			}
			before = append(before, stem)
		}
	}
	return a
}
