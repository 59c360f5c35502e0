package builtin

// survey counts what tells prose from words put one after the other.
type survey struct {
	words           float64 // without code and what a program prints
	content         float64 // that are no function words
	known           float64 // of these, that the rubric or the question has
	functions       float64 // words that hold a sentence together, each at most some times
	padding         float64 // how often the only one of them stands, 0 where there are others
	pieces          float64 // between commas and the like
	bare, bareWords float64 // pieces of few words, one function word at most among them, and their words
	breaks          float64 // places where no sentence goes on so
	pairs           float64 // adjacent words
	familiar        float64 // of these, as the rubric or the question has them
	joints          float64 // pairs of function words, each at most some times
}

// survey reads a stretch of tokens.
func (d *doc) survey(p *prepared, lo, hi int) survey {
	s := survey{breaks: float64(d.breaks(p, lo, hi)), pieces: 1}
	seen, joints := make(map[string]float64), make(map[[2]string]float64)
	words, functions := 0.0, s.functions
	endPiece := func() {
		if words > 0 && words <= shortPiece && functions <= 1 {
			s.bare, s.bareWords = s.bare+1, s.bareWords+words
		}
		words, functions = 0, 0
	}
	for i := lo; i < hi; i++ {
		t := &d.tokens[i]
		if i > lo {
			if d.parted(i) {
				s.pieces++
				endPiece()
			}
			s.pairs++
			before := &d.tokens[i-1]
			if p.wording[[2]int32{before.id, t.id}] {
				s.familiar++
			}
			if d.binds(p, before) && d.binds(p, t) {
				joints[[2]string{before.text, t.text}]++
			}
		}
		if t.code {
			continue
		}
		s.words++
		words++
		switch {
		case !t.stop || t.piece || p.single[t.id]:
			s.content++
			if t.id >= 0 && t.id < p.good {
				s.known++
			}
		case t.class != joining:
			seen[t.text]++
			functions++
		}
	}
	endPiece()
	for _, n := range seen {
		s.functions += min(n, 1+s.words/16)
		if len(seen) == 1 {
			s.padding = n
		}
	}
	for _, n := range joints {
		s.joints += min(n, sameJoint)
	}
	return s
}

// binds tells whether a token is a function word and nothing else.
func (d *doc) binds(p *prepared, t *token) bool { return t.stop && !t.piece && !p.single[t.id] }

// Bounds of what is called shuffled, found on the built-in banks: every ideal answer and every
// honest one of their cases against the same words in another order, and with function words
// between them.
const (
	leastBreaks   = 2    // in prose there is hardly one
	fewBreaks     = 0.02 // of the words
	leastSalad    = 30   // words from which the order of the rubric's words is asked for
	leastStrung   = 14   // words that can be strung together without a pair of function words
	fewStrung     = 0.3  // share of function words in them
	leastOwn      = 11   // words of the rubric alone that can be strung together so
	allKnown      = 0.97 // share of words that are the rubric's
	nearlyAll     = 0.9
	mostKnown     = 0.8
	oftenFamiliar = 0.6 // of the pairs, in what recites the rubric
	seldom        = 0.4 // of the pairs, in words of the rubric in another order
	jointWords    = 30  // words of prose for which it has a pair of function words
	sameJoint     = 3   // times that the same pair counts
)

// shuffled tells whether the words stand in no order that a sentence has, or are those of the
// rubric in an order that is not the rubric's.
func (s *survey) shuffled() bool {
	switch {
	case s.breaks >= leastBreaks && s.breaks >= fewBreaks*s.words:
		return true
	case s.known < mostKnown*s.content || s.familiar >= oftenFamiliar*s.pairs:
		return false
	case s.joints == 0 && s.content >= leastOwn && s.onlyRubric(),
		s.joints == 0 && s.words >= leastStrung && s.functions < fewStrung*s.words && s.known >= nearlyAll*s.content:
		return true
	}
	return s.words >= leastSalad && (s.joints*jointWords < s.words || s.onlyRubric())
}

// onlyRubric tells whether the words are the rubric's, and their order is not.
func (s *survey) onlyRubric() bool {
	return s.known >= allKnown*s.content && s.familiar < seldom*s.pairs
}
