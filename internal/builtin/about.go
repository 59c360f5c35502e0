package builtin

import "github.com/elios/elios/internal/rubric"

// stretch is some tokens of a window: none at first, then from lo to hi.
type stretch struct{ lo, hi int }

// add widens a stretch by token i.
func (s *stretch) add(i int) {
	if s.lo == s.hi {
		s.lo, s.hi = i, i+1
		return
	}
	s.lo, s.hi = min(s.lo, i), max(s.hi, i+1)
}

// clauses widens a stretch to whole clauses of the window.
func (s stretch) clauses(w window) stretch {
	for s.lo > w.lo && w.tokens[s.lo-1].clause == w.tokens[s.lo].clause {
		s.lo--
	}
	for s.hi < w.hi && w.tokens[s.hi].clause == w.tokens[s.hi-1].clause {
		s.hi++
	}
	return s
}

// anybody are subjects that say nothing of what a sentence is about.
var anybody = words(`people developer developers programmer programmers user users engineer engineers code program programs
application applications app apps system systems thing things way case need point reason`)

// ofOther tells whether token i is denied of something that the point never speaks of: "table
// names cannot be parameters" says nothing of values, neither for nor against. What a negation is
// of stands before it in its clause, or in the one before where it stands first; of "no", between
// it and the verb.
func (d *doc) ofOther(i int, l leave) bool {
	g := d.tokens[i].governor
	if l.terms == nil || g < 0 || g > i || l.allows(d.tokens[i]) || isSoft(d.tokens[g]) {
		return false
	}
	if d.tokens[g].text == "no" {
		verb := d.verbAfter(g)
		return verb >= 0 && verb <= i && d.foreignTo(l, g+1, verb)
	}
	lo := d.before(g, g)
	if lo == g && !d.tokens[g].first {
		lo = d.before(g-1, g-1)
	}
	return d.foreignTo(l, lo, g)
}

// before goes back from token i, within reach, to where the clause of token in begins.
func (d *doc) before(i, in int) int {
	lo := i
	for lo > max(0, i-reach) && !d.tokens[lo].first && d.tokens[lo-1].clause == d.tokens[in].clause {
		lo--
	}
	return lo
}

// ofThis leaves out the hits that are denied of something else, by a word that is no hit itself,
// and counts the groups of the others.
func (w window) ofThis(hits []hit, l leave) (kept []hit, groups int) {
	last := -1
	for _, h := range hits {
		if w.allOfOther(h, hits, l) {
			continue
		}
		kept = append(kept, h)
		if h.group != last {
			last, groups = h.group, groups+1
		}
	}
	return kept, groups
}

func (w window) allOfOther(h hit, hits []hit, l leave) bool {
	for i := h.from; i < h.to; i++ {
		if !w.ofOther(i, l) || covers(hits, w.tokens[i].governor) {
			return false
		}
	}
	return true
}

// verbAfter finds the first verb with a subject in the clause of a negator, -1 for none.
func (d *doc) verbAfter(g int) int {
	for i := g + 1; i < min(len(d.tokens), g+reach) && d.tokens[i].clause == d.tokens[g].clause; i++ {
		if d.tokens[i].class&finite != 0 {
			return i
		}
	}
	return -1
}

// foreignTo tells whether some tokens name something, and nothing that the point or the question
// speaks of.
func (d *doc) foreignTo(l leave, lo, hi int) bool {
	named := false
	for i := lo; i < hi; i++ {
		t := d.tokens[i]
		if t.stop || t.negator || anybody[t.text] || hardNegators[t.text] {
			continue
		}
		if l.knows(t) || d.asked != nil && d.asked.stems[t.stem] {
			return false
		}
		named = true
	}
	return named
}

// plain tells whether a word is of no subject: a function word, a negator, or one that only says what
// somebody thinks of something, as in "a bad idea".
func (t token) plain() bool {
	w := t.text
	return t.stop || t.negator || hardNegators[w] || condemning[w] || praising[w] || badWords[w] || goodWords[w] || judged[w] || padding[w]
}

// about is the share of the words of some tokens that are the point's or the question's.
func (a *aim) about(w window, s stretch) float64 {
	known, all := 0.0, 0.0
	for i := s.lo; i < s.hi; i++ {
		t := w.tokens[i]
		if t.plain() {
			continue
		}
		all++
		if a.leave.knows(t) || w.asked.stems[t.stem] {
			known++
		}
	}
	return known / max(1, all)
}

// fit is how much of a point some tokens have: the weight of its words among them, those of the
// question left out.
func (a *aim) fit(x *lexicon, w window, s stretch) float64 {
	sum, seen := 0.0, make(map[int32]bool)
	for i := s.lo; i < s.hi; i++ {
		for _, k := range w.tokens[i].like {
			if !seen[k.id] && a.leave.said[k.id] && !w.asked.stems[x.entries[k.id].stem] {
				seen[k.id] = true
				sum += x.entries[k.id].weight * float64(k.dice)
			}
		}
	}
	return sum
}

// others drops what clauses say against a point when they are rather about another one, which they
// do not contradict.
func (j *judging) others(w window, all []opinion) {
	for i := range all {
		o := &all[i]
		if o.status != rubric.Contradicted || o.denials.lo == o.denials.hi {
			continue
		}
		s := o.denials.clauses(w)
		own := j.points[i].fit(j.lexicon, w, s)
		for k := range all {
			b := &all[k]
			if k == i || b.status == rubric.Contradicted {
				continue
			}
			if f := j.points[k].fit(j.lexicon, w, s); f > own || f == own && b.status != "" {
				o.dropped = true
				break
			}
		}
	}
	for i := range all {
		if all[i].dropped {
			all[i] = opinion{share: all[i].share, pair: all[i].pair}
		}
	}
}
