package builtin

import (
	"slices"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// held finds the misconceptions that the answers hold, and those that a later answer takes back.
func (j *judging) held(verdicts []rubric.Verdict) []rubric.Held {
	var out []rubric.Held
	for i := range j.wrong {
		m := &j.wrong[i]
		first, last, quote := -1, -1, []rubric.Evidence(nil)
		denied := -1
		for n, d := range j.docs {
			for _, s := range d.sentences {
				holds, against := j.holds(m, d, s)
				if against {
					denied = n
				}
				if !holds {
					continue
				}
				if evidence := d.window(s).evidence(); len(evidence) > 0 {
					if last = n; first < 0 {
						first, quote = n, evidence
					}
				}
			}
		}
		if first >= 0 {
			withdrawn := denied > last || j.opposedLater(m, verdicts, last)
			out = append(out, rubric.Held{ID: m.ID, Penalty: m.Penalty, Evidence: quote[0], Withdrawn: withdrawn})
		}
	}
	return out
}

// holds tells whether a sentence holds a misconception, or denies it. One without a match is held
// by a sentence that has nearly all its words, and fewer of any point's.
func (j *judging) holds(m *wrong, d *doc, s sentence) (holds, against bool) {
	if s.role != asserts && s.role != denies {
		return false, false
	}
	w := d.window(s)
	if j.quotes(w) {
		return false, false
	}
	if len(m.groups) > 0 {
		o := m.search(j.lexicon, w, leave{})
		return o.affirmed, o.denied
	}
	j.scratch.fill(w)
	al := j.scratch.align(j.lexicon, w, &m.claim)
	if al.share < fullShare || al.words < leastClaim {
		return false, false
	}
	for i := range j.points {
		if j.scratch.align(j.lexicon, w, &j.points[i].target).share >= al.share {
			return false, false
		}
	}
	turned := w.denies != al.turned()
	return !turned, turned
}

// quotes tells whether a sentence is the rubric's, word for word. What an author gives as right is no
// misconception, even where the words of one stand in it.
func (p *prepared) quotes(w window) bool {
	for i := w.lo + 1; i < w.hi; i++ {
		if !p.wording[[2]int32{w.tokens[i-1].id, w.tokens[i].id}] {
			return false
		}
	}
	return w.hi-w.lo >= leastQuote
}

// leastQuote is how many words of the rubric in a row are a quotation of it.
const leastQuote = 6

// leastClaim is how many words of a misconception without a match a sentence has at least.
const leastClaim = 3

// opposedLater tells whether the point that the misconception goes against was met in a later
// answer.
func (j *judging) opposedLater(m *wrong, verdicts []rubric.Verdict, last int) bool {
	if m.opposes < 0 {
		return false
	}
	v := verdicts[m.opposes]
	if v.Status != rubric.Met {
		return false
	}
	return slices.IndexFunc(j.docs, func(d *doc) bool { return d.Turn == v.Evidence[0].Answer }) > last
}

// opposed finds the point that a misconception goes against: the one with which it shares most
// words that the question does not have.
func (p *prepared) opposed(m *wrong) int {
	best, at := 0.0, -1
	for i := range p.points {
		shared := 0.0
		for s := range m.stems() {
			if id, ok := p.ids[s]; ok && !p.asked.stems[s] && !p.entries[id].stop && slices.Contains(p.points[i].ids, id) {
				shared += p.entries[id].weight
			}
		}
		if shared > best {
			best, at = shared, i
		}
	}
	return at
}

// stems are the words of the misconception.
func (m *wrong) stems() map[string]bool {
	set := stemSet(m.Point)
	groups, _ := m.Match.Groups()
	for _, g := range groups {
		for _, term := range g {
			for _, t := range text.Tokens(term) {
				set[text.Stem(t)] = true
			}
		}
	}
	return set
}
