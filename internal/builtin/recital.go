package builtin

// markDeniers finds the negators of a sentence that the rubric's own sentences do not have before
// the same word, or behind the same word where the next is unknown: mistyped, perhaps.
func (d *doc) markDeniers(w wording, from int) {
	for i := from; i < len(d.tokens); i++ {
		t := &d.tokens[i]
		if _, ok := negatesFrom(d.tokens, i); ok && !isSoft(*t) && i+1 < len(d.tokens) {
			t.denier = !w[[2]int32{t.id, d.tokens[i+1].id}]
			if d.tokens[i+1].id < 0 && i > from {
				before := d.tokens[i-1].id
				t.denier = before >= 0 && !w[[2]int32{before, t.id}]
			}
		}
	}
}

// turnsRound tells whether a sentence recites a point nearly in full and denies some of it. What
// the rest of such a sentence seems to claim is then no more than the point's own words.
func (a *aim) turnsRound(w window, al aligned) bool {
	if al.share < fullShare {
		return false
	}
	clause, denier, spoken := -1, false, false
	for i := w.lo; i < w.hi; i++ {
		t := &w.tokens[i]
		if t.clause != clause {
			clause, denier, spoken = t.clause, false, false
		}
		denier = denier || t.denier
		spoken = spoken || t.id >= 0 && a.leave.said[t.id]
		if denier && spoken {
			return true
		}
	}
	return false
}

// recites tells whether a window has the rubric's words in the rubric's order, for the most part.
func (p *prepared) recites(w window) bool {
	same := 0
	for i := w.lo + 1; i < w.hi; i++ {
		if p.wording[[2]int32{w.tokens[i-1].id, w.tokens[i].id}] {
			same++
		}
	}
	return float64(same) >= oftenFamiliar*float64(w.hi-w.lo-1)
}
