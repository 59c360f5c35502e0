package builtin

import (
	"slices"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// When a point is left open: the answer is long and on topic, and near the point without
// saying it.
const (
	longAnswer   = 40   // words
	onTopic      = 0.5  // calibrated similarity
	unclearShare = 0.35 // of the point's words
)

// verdict sums up a point. What was said later stands: a denial in a later answer than the last
// claim contradicts it.
func (t *tally) verdict(a *aim) rubric.Verdict {
	v := rubric.Verdict{Point: a.id, Status: rubric.Missed, Confidence: rubric.Medium}
	against := t.against.status != ""
	switch {
	case against && (t.best.status == "" || t.againDoc > t.bestDoc && t.withdrawn(a) || t.againDoc == t.bestDoc && t.recanted()):
		v.Status, v.Confidence = rubric.Contradicted, t.against.confidence
		v.Evidence = t.againstAt.evidence()
	case t.best.status != "":
		v.Evidence = t.at.evidence()
		if len(v.Evidence) > 0 {
			v.Status, v.Confidence = t.best.status, t.best.confidence
		}
	}
	return v
}

// withdrawn tells whether a later denial is of what was said for the point: of most of its words, or
// mostly in the words that were used for it or that it has itself. A true sentence about something else has a few of them.
func (t *tally) withdrawn(a *aim) bool {
	w := t.againstAt
	return w.denies || t.against.share >= sameShare || w.repeats(t.against.denials, a, t.at) > leastAbout
}

// repeats is the share of the words of denied clauses that a point or another window has too.
func (w window) repeats(s stretch, a *aim, o window) float64 {
	if s.lo == s.hi {
		return 1
	}
	s = s.clauses(w)
	again, all := 0.0, 0.0
	for i := s.lo; i < s.hi; i++ {
		if t := w.tokens[i]; !t.plain() {
			all++
			if a.leave.speaks(t) || o.has(t.stem) {
				again++
			}
		}
	}
	return again / max(1, all)
}

func (w window) has(stem string) bool {
	for i := w.lo; i < w.hi; i++ {
		if w.tokens[i].stem == stem {
			return true
		}
	}
	return false
}

// recanted tells whether the point was recited only to be denied, and what speaks for it comes
// from a sentence about something else.
func (t *tally) recanted() bool { return t.against.share >= metShare && t.best.share < sameShare }

// verdicts judges the points in their order.
func (j *judging) verdicts() []rubric.Verdict {
	out := make([]rubric.Verdict, 0, len(j.points))
	foreign := j.foreign()
	for i, p := range j.points {
		v := j.tallies[i].verdict(&j.points[i])
		switch {
		case foreign:
			v = rubric.Verdict{Point: p.id, Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage, Confidence: rubric.High}
		case v.Status == rubric.Missed && j.unclear(&j.tallies[i]):
			v = rubric.Verdict{Point: p.id, Status: rubric.CannotAssess, Reason: rubric.ReasonUnclear, Confidence: rubric.Low}
		}
		out = append(out, v)
	}
	if j.elsewhere(out) {
		for i := range out {
			if out[i].Status == rubric.Met && j.tallies[i].best.share < chanceShare {
				out[i].Status, out[i].Confidence = rubric.Partial, rubric.Low
			}
		}
	}
	return out
}

// When what a long answer says is about something else: few points are met, and those by words of
// a match in sentences that have next to none of the point's own.
const (
	manyWords   = 60
	fewMet      = 3    // one point in so many, at most
	chanceShare = 0.05 // of the point's words
)

// elsewhere tells whether the answers are long and meet hardly anything.
func (j *judging) elsewhere(verdicts []rubric.Verdict) bool {
	met, words := 0, 0
	for _, v := range verdicts {
		if v.Status == rubric.Met {
			met++
		}
	}
	for _, d := range j.docs {
		words += len(d.tokens)
	}
	return words >= manyWords && fewMet*met <= len(verdicts)
}

// foreign tells whether all that was said is in another language.
func (j *judging) foreign() bool {
	any := false
	for _, d := range j.docs {
		if !d.foreign && !d.idle {
			return false
		}
		any = any || d.foreign
	}
	return any
}

// unclear tells whether a missed point can rather not be assessed.
func (j *judging) unclear(t *tally) bool {
	if t.share < unclearShare || t.share >= partialShare || j.reference == nil {
		return false
	}
	if j.topical == nil {
		said := j.said()
		yes := text.Words(said) >= longAnswer && Calibrated(j.reference.Parts(said).Score) >= onTopic
		j.topical = &yes
	}
	return *j.topical
}

// said joins the sentences of all answers that assert something.
func (j *judging) said() string {
	var b []byte
	for _, d := range j.docs {
		for _, s := range d.sentences {
			if s.role == asserts {
				b = append(append(b, d.Text[s.start:s.end]...), '\n')
			}
		}
	}
	return string(b)
}

// evidence is the window as a quote: grown over the sentences beside it until it holds three
// words, nil when it is no more than words of the question.
func (w window) evidence() []rubric.Evidence {
	w.grow()
	for i := w.lo; i < w.hi; i++ {
		if t := w.tokens[i]; !t.stop && !w.asked.stems[t.stem] || i > w.lo && w.newOrder(i) {
			return []rubric.Evidence{{Answer: w.Turn, Start: w.start, End: w.end, Quote: w.Text[w.start:w.end]}}
		}
	}
	return nil
}

// newOrder tells whether token i and the one before it, one of them a number or an operator, do not
// stand beside each other in what was asked: what a program prints out of numbers in its source, or
// another line of it.
func (w window) newOrder(i int) bool {
	a, b := w.tokens[i-1], w.tokens[i]
	return !a.stop && !b.stop && (!isWord(a.text) || !isWord(b.text)) && !w.asked.beside[[2]string{a.stem, b.stem}]
}

// grow takes in sentences after, then before the window while the quote is too short.
func (w *window) grow() {
	for n := 0; text.Words(w.Text[w.start:w.end]) < rubric.MinQuoteWords; n++ {
		before, after := w.around()
		switch {
		case n == mostGrown:
			w.start, w.end = trimmedWhole(w.Text)
			return
		case after != nil:
			w.hi, w.end = after.hi, after.end
		case before != nil:
			w.lo, w.start = before.lo, before.start
		default:
			w.start, w.end = trimmedWhole(w.Text)
			return
		}
	}
}

// mostGrown bounds how many sentences are taken in, each of which may be one letter without white
// space around it; after that the quote is the whole answer.
const mostGrown = 8

// around gives the sentences beside the window.
func (w window) around() (before, after *sentence) {
	at := func(token int) int { // the first sentence that begins at the token or later
		i, _ := slices.BinarySearchFunc(w.sentences, token, func(s sentence, lo int) int { return s.lo - lo })
		return i
	}
	if i := at(w.lo); i > 0 {
		before = &w.sentences[i-1]
	}
	if i := at(w.hi); i < len(w.sentences) {
		after = &w.sentences[i]
	}
	return before, after
}

// trimmedWhole is the whole answer without the white space around it.
func trimmedWhole(s string) (start, end int) {
	span := trimmed(s, text.Span{End: len(s)})
	return span.Start, span.End
}
