package builtin

import "github.com/elios/elios/internal/rubric"

// Shares of a point's own words (see aligned), found in one or two adjacent sentences. Chosen by
// experiment on the fixtures of the tests: honest paraphrases reach the first, vague talk on the
// topic stays below the second.
const (
	metShare     = 0.70
	partialShare = 0.45
	supportShare = 0.30 // from which a match in part is partial
	sameShare    = 0.60 // from which a negated sentence is about the point
	fullShare    = 0.80 // from which it is nearly the point's own sentence
	negatedShare = 0.20 // of what was found, from which a sentence is negated
	asideShare   = 0.50 // the same where less is found, or only set aside
	pairShare    = 0.45 // from which a match over two sentences is one
	leastWords   = 2    // words of the point that must be found
	leastAbout   = 0.5  // of the words that are denied, the point's or the question's
)

// opinion is what one window says of one point.
type opinion struct {
	status     rubric.Status // Met, Partial, Contradicted, or "" for nothing
	confidence rubric.Confidence
	share      float64
	pair       bool    // of two sentences
	denials    stretch // what it contradicts by, where these are single words
	dropped    bool
}

// tally is what all the answers so far say of one point.
type tally struct {
	best, against     opinion
	at, againstAt     window
	share             float64
	bestDoc, againDoc int
}

// judging is one evaluation.
type judging struct {
	*prepared
	docs     []*doc
	reader   *reader
	scratch  *scratch
	tallies  []tally
	opinions []opinion // of one window
	topical  *bool     // whether the answers are long and on topic, once somebody asked
}

func newJudging(p *prepared, answers []rubric.Answer) *judging {
	j := &judging{prepared: p, reader: p.newReader(), scratch: newScratch(p.lexicon), tallies: make([]tally, len(p.points)), opinions: make([]opinion, len(p.points))}
	for _, a := range answers {
		j.docs = append(j.docs, j.reader.read(p, a))
	}
	return j
}

// run looks at every sentence, then at every two adjacent ones.
func (j *judging) run() {
	if len(j.points) == 0 {
		return
	}
	for n, d := range j.docs {
		for _, s := range d.sentences {
			if s.role == asserts || s.role == denies {
				j.look(n, d.window(s))
			}
		}
		for i := 1; i < len(d.sentences); i++ {
			a, b := d.sentences[i-1], d.sentences[i]
			if a.role != asserts || b.role != asserts {
				continue
			}
			if goesOn, refers := d.goesOnFrom(a, b); goesOn {
				j.look(n, d.windowOfTwo(a, b, refers))
			}
		}
	}
}

func (d *doc) window(s sentence) window {
	return window{doc: d, lo: s.lo, hi: s.hi, start: s.start, end: s.end, denies: s.role == denies}
}

func (d *doc) windowOfTwo(a, b sentence, refers bool) window {
	return window{doc: d, lo: a.lo, hi: b.hi, start: a.start, end: b.end, pair: true, refers: refers}
}

func (j *judging) look(n int, w window) {
	j.scratch.fill(w)
	for i := range j.points {
		j.opinions[i] = j.opinionOf(&j.points[i], w)
	}
	j.others(w, j.opinions)
	for i := range j.points {
		if t := &j.tallies[i]; !w.pair || !t.refused(w) {
			t.take(n, w, j.opinions[i])
		}
	}
}

// opinionOf judges one point by one window: first by its match, then by its words.
func (j *judging) opinionOf(a *aim, w window) opinion {
	al := j.scratch.align(j.lexicon, w, &a.target)
	if al.words == 0 && len(a.groups) == 0 {
		return opinion{}
	}
	m := a.search(j.lexicon, w, a.leave)
	o := opinion{share: al.share, pair: w.pair}
	turn := a.direction(w, al)
	switch {
	case a.turnsRound(w, al) && (turn != along || j.recites(w)):
		o.status, o.confidence = rubric.Contradicted, rubric.Medium
	case (m.denied || m.affirmed) && turn == against:
		o.status, o.confidence = rubric.Contradicted, rubric.Medium
	case m.denied && turn != along:
		if w.denies || (m.own || al.share >= supportShare) && a.about(w, m.denials.clauses(w)) >= leastAbout {
			o.status, o.confidence = rubric.Contradicted, rubric.Medium
		}
		if !w.denies {
			o.denials = m.denials
		}
	case m.affirmed && w.pair && !w.refers && al.share < pairShare:
		o.byWords(a, al, m, w, turn)
	case m.affirmed && !(turn == unknown && al.share >= sameShare && al.turned()):
		o.status, o.confidence = rubric.Met, confidenceOf(m, w)
	default:
		o.byWords(a, al, m, w, turn)
	}
	return o
}

// byWords judges without a full match.
func (o *opinion) byWords(a *aim, al aligned, m outcome, w window, turn direction) {
	negated := turn == against || turn == unknown && (w.denies || al.turned())
	if negated {
		if al.share >= sameShare && al.words >= leastWords && !w.pair {
			o.status, o.confidence = rubric.Contradicted, rubric.Low
			if turn == unknown && !w.denies {
				o.denials = al.denials
			}
		}
		return
	}
	switch {
	case turn == backwards, al.words < leastWords:
	case al.share >= metShare:
		o.status, o.confidence = rubric.Met, rubric.Medium
	case w.pair && !m.affirmed:
	case al.share >= partialShare, al.share >= supportShare && 2*m.groups >= len(a.groups) && m.groups > 0 && len(a.groups) > 1:
		o.status, o.confidence = rubric.Partial, rubric.Low
	}
}

// confidenceOf is high when every word was there by its stem, in one sentence.
func confidenceOf(m outcome, w window) rubric.Confidence {
	if m.exact && !w.pair {
		return rubric.High
	}
	return rubric.Medium
}

// direction compares the order of events in a sentence with the point's.
type direction int

// The directions. A negated sentence that runs the other way says the same: "not acknowledged
// before the log is flushed".
const (
	unknown   direction = iota
	along               // the same way round
	backwards           // the other way round
	against             // a denial of the same way round
)

func (t *target) direction(w window, al aligned) direction {
	if t.order == nil || w.pair || al.share < partialShare {
		return unknown
	}
	order, at, ok := sequenceOf(w)
	if !ok {
		return unknown
	}
	negated := w.denies || w.negatedNear(at, t.leave)
	switch c := t.order.compare(order); {
	case c > 0 && negated:
		return against
	case c > 0, c < 0 && negated:
		return along
	case c < 0:
		return backwards
	}
	return unknown
}

// negatedNear tells whether the clause of a token is negated.
func (w window) negatedNear(at int, l leave) bool {
	for i := w.lo; i < w.hi; i++ {
		if w.tokens[i].clause == w.tokens[at].clause && w.governed(i, l) && !w.softly(i) {
			return true
		}
	}
	return false
}

// refused tells whether one of the two sentences of a window speaks against the point.
func (t *tally) refused(w window) bool {
	a := t.againstAt
	return t.against.status != "" && a.doc == w.doc && a.lo >= w.lo && a.hi <= w.hi
}

// take keeps the first best opinion for the point and the strongest one against it of the last answer
// that has one.
func (t *tally) take(n int, w window, o opinion) {
	t.share = max(t.share, o.share)
	switch {
	case o.status == "":
	case o.status == rubric.Contradicted:
		if n > t.againDoc || t.against.status == "" || o.share >= t.against.share {
			t.against, t.againstAt, t.againDoc = o, w, n
		}
	default:
		if rank(o) > rank(t.best) {
			t.best, t.at = o, w
		}
		t.bestDoc = n
	}
}

// rank orders opinions for a point: what was met before what was partly, then by
// confidence, one sentence before two.
func rank(o opinion) int {
	r := 0
	switch o.status {
	case rubric.Met:
		r = 10
	case rubric.Partial:
		r = 5
	}
	switch o.confidence {
	case rubric.High:
		return r + 3
	case rubric.Medium:
		r += 1
	}
	if !o.pair {
		r++
	}
	return r
}
