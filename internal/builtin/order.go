package builtin

// turnsRound are the words that put a clause in front which belongs behind: "before b, a" says "a
// before b".
var turnsRound = words("before after once when until prior")

// turned gives, for a sentence that begins with such a clause, the place every token would have
// if the clause stood behind; nil for other sentences.
func (w window) turned() func(int) int {
	if w.pair || w.lo >= w.hi || !turnsRound[w.tokens[w.lo].text] {
		return nil
	}
	cut := w.comma()
	if cut < 0 {
		return nil
	}
	return func(i int) int {
		if i >= cut {
			return i - (cut - w.lo)
		}
		return i + (w.hi - cut)
	}
}

// comma gives the first token after a comma, or -1.
func (w window) comma() int {
	for i := w.lo + 1; i < w.hi; i++ {
		if w.cutBefore(i) {
			return i
		}
	}
	return -1
}

// sequence is what a sentence says comes first and what second.
type sequence struct{ first, second map[int32]bool }

// sequenceOf reads a sentence around its "before" or "after"; ok is false without one. at is the
// place of that word.
func sequenceOf(w window) (s sequence, at int, ok bool) {
	for i := w.lo; i < w.hi; i++ {
		t := w.tokens[i].text
		if t != "before" && t != "after" && t != "until" && t != "prior" || i > w.lo && w.tokens[i-1].text == "one" {
			continue // "one after another" tells no order
		}
		lead, tail := w.entries(w.lo, i), w.entries(i+1, w.hi)
		if cut := w.comma(); i == w.lo && cut > 0 {
			lead, tail = w.entries(cut, w.hi), w.entries(i+1, cut)
		}
		if t == "after" {
			lead, tail = tail, lead
		}
		return sequence{lead, tail}, i, len(lead) > 0 && len(tail) > 0
	}
	return s, 0, false
}

// entries gives the words of the rubric among some tokens.
func (w window) entries(lo, hi int) map[int32]bool {
	out := make(map[int32]bool)
	for i := lo; i < hi; i++ {
		for _, l := range w.tokens[i].like {
			if l.term && !w.tokens[i].stop {
				out[l.id] = true
			}
		}
	}
	return out
}

// compare gives 1 when two sequences run the same way, -1 when they run opposite ways, 0 when
// they have too little in common to tell.
func (s sequence) compare(o sequence) int {
	same := common(s.first, o.first) + common(s.second, o.second)
	cross := common(s.first, o.second) + common(s.second, o.first)
	switch {
	case same >= 2*cross && same > 1:
		return 1
	case cross >= 2*same && cross > 1:
		return -1
	}
	return 0
}

func common(a, b map[int32]bool) int {
	n := 0
	for id := range a {
		if b[id] {
			n++
		}
	}
	return n
}
