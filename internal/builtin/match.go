package builtin

// window is a stretch of an answer that is looked at as one: a sentence, or two adjacent ones.
type window struct {
	*doc
	lo, hi     int // tokens
	start, end int // bytes
	pair       bool
	refers     bool // the second of the two opens with "it" or the like
	denies     bool // the sentence denies what it says
}

// outcome is what a pattern comes to in a window.
type outcome struct {
	groups   int  // that occur
	affirmed bool // all of them do, and the sentence claims it
	denied   bool // all of them do, and the sentence denies it
	exact    bool
	denials  stretch // where the denied ones stand
	own      bool    // some of its words are the point's own, not only the match's
}

// search looks for a pattern. Groups that occur only in words of the question do not make a
// match: at least one term must be the candidate's own.
func (p pattern) search(x *lexicon, w window, l leave) outcome {
	if len(p.groups) == 0 {
		return outcome{}
	}
	hits, groups := p.hits(x, w)
	if groups == len(p.groups) {
		hits, groups = w.ofThis(hits, l)
	}
	out := outcome{groups: groups}
	if groups < len(p.groups) {
		return out
	}
	w.deny(hits, l)
	for _, h := range hits {
		for i := h.from; i < h.to; i++ {
			if h.denied {
				out.denials.add(i)
			}
			out.own = out.own || l.speaks(w.tokens[i])
		}
	}
	if ok, exact := p.fits(w, hits, false); ok {
		out.affirmed, out.exact = !w.denies, exact
		out.denied = w.denies
		return out
	}
	if ok, exact := p.fits(w, hits, true); ok {
		out.denied = w.denies || contradicts(w, hits, len(p.groups))
		out.affirmed, out.exact = !out.denied, exact
	}
	return out
}

// maxHits bounds the hits of one group in one window, and with them the time that a sentence of
// ten thousand words can take; a sentence that people write has a handful.
const maxHits = 48

// hits finds the terms of every group, and says how many groups occur at all.
func (p pattern) hits(x *lexicon, w window) (hits []hit, groups int) {
	tokens := w.tokens[:w.hi]
	for g, terms := range p.groups {
		before := len(hits)
		for _, t := range terms {
			for i := w.lo; i < w.hi && len(hits)-before < maxHits; i++ {
				if len(tokens[i].like) == 0 && tokens[i].compound < 0 {
					continue
				}
				if end, exact, ok := t.at(tokens, i); ok {
					hits = append(hits, hit{group: g, from: i, to: end, exact: exact, fresh: p.stale || t.fresh(x, w.asked)})
				}
			}
		}
		if len(hits) > before {
			groups++
		}
	}
	return hits, groups
}

// deny marks the hits that are negated by a word that is not a hit itself ("nothing" in a pattern
// that asks for it).
func (w window) deny(hits []hit, l leave) {
	for i := range hits {
		h := &hits[i]
		for j := h.from; j < h.to; j++ {
			if w.governed(j, l) && !covers(hits, w.tokens[j].governor) {
				h.denied, h.soft = true, w.softly(j)
			}
		}
	}
	for i := range hits {
		if !hits[i].denied && w.besideDenial(hits, hits[i]) {
			hits[i].denied = true
		}
	}
}

// besideDenial tells whether a hit stands before a denied one in the same clause: what "atomics
// are not consistent" is about.
func (w window) besideDenial(hits []hit, h hit) bool {
	if h.from > w.lo && w.tokens[h.from-1].text == "without" {
		return false // "without a lock they do not agree"
	}
	for _, o := range hits {
		if o.denied && !o.soft && o.group == h.group && o.from >= h.to && w.tokens[o.from].clause == w.tokens[h.from].clause {
			return true
		}
	}
	return false
}

func covers(hits []hit, i int) bool {
	for _, h := range hits {
		if i >= h.from && i < h.to {
			return true
		}
	}
	return false
}

// fits says whether one hit of every group can be chosen, in order where the order counts, one
// of them fresh; the denied ones only when they are let in.
func (p pattern) fits(w window, hits []hit, denied bool) (ok, exact bool) {
	if !p.ordered {
		return p.fitsAnyOrder(hits, denied)
	}
	if ok, exact = p.fitsInOrder(hits, denied, nil); ok {
		return ok, exact
	}
	if turn := w.turned(); turn != nil {
		return p.fitsInOrder(hits, denied, turn)
	}
	return false, false
}

func (p pattern) fitsAnyOrder(hits []hit, denied bool) (ok, exact bool) {
	seen, same := make([]bool, len(p.groups)), make([]bool, len(p.groups))
	fresh := false
	for _, h := range hits {
		if h.denied && !denied {
			continue
		}
		seen[h.group] = true
		same[h.group] = same[h.group] || h.exact
		fresh = fresh || h.fresh
	}
	return all(seen) && fresh, all(same)
}

// fitsInOrder goes through the groups keeping, without and with a fresh hit, the earliest place
// where the groups so far can end; no later end could serve better.
func (p pattern) fitsInOrder(hits []hit, denied bool, turn func(int) int) (ok, exact bool) {
	const never = int(^uint(0) >> 1)
	ends, same := [2]int{-1, never}, make([]bool, len(p.groups))
	for g := range p.groups {
		next := [2]int{never, never}
		for _, h := range hits {
			if h.group != g || h.denied && !denied {
				continue
			}
			from, to := h.from, h.to
			if turn != nil {
				from, to = turn(h.from), turn(h.to-1)+1
			}
			same[g] = same[g] || h.exact
			for f, end := range ends {
				if end <= from {
					if h.fresh {
						f = 1
					}
					next[f] = min(next[f], to)
				}
			}
		}
		ends = next
	}
	return ends[1] != never, all(same)
}

func all(set []bool) bool {
	for _, b := range set {
		if !b {
			return false
		}
	}
	return true
}

// contradicts decides on a full match of which some hits are denied. What is only set aside
// ("appending rather than writing at random") denies nothing while the rest is claimed, nor does a
// denial whose reason is the claim itself ("no random writes, because the log is appended").
func contradicts(w window, hits []hit, groups int) bool {
	claimed, lastClaim, lastDenial, hard := make([]bool, groups), -1, -1, false
	for _, h := range hits {
		clause := w.tokens[h.from].clause
		if h.denied {
			lastDenial = max(lastDenial, clause)
			hard = hard || !h.soft
			continue
		}
		claimed[h.group] = true
		if opensReason[opener(w.tokens, h.from)] {
			lastClaim = max(lastClaim, clause)
		}
	}
	if hard {
		return lastClaim <= lastDenial
	}
	for _, c := range claimed {
		if c {
			return false
		}
	}
	return true
}
