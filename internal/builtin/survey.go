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
	meetings        float64 // pairs of other words side by side, but for those of a term or of one word
	clauses         float64 // words that only a clause has: its subject, its verb, what joins it to another
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
			if d.parted(i) && !t.code {
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
			if d.meet(p, i) {
				s.meetings++
			}
		}
		if t.code {
			continue
		}
		if d.makesClause(p, i) {
			s.clauses++
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

// meet tells whether two words that are no function words stand side by side at token i, and are
// neither of one word with hyphens nor of one term of a match.
func (d *doc) meet(p *prepared, i int) bool {
	t, before := &d.tokens[i], &d.tokens[i-1]
	if d.binds(p, before) || d.binds(p, t) || t.first || d.cutBefore(i) || t.piece && before.piece && t.start == before.end+1 {
		return false
	}
	return !p.together[[2]int32{before.id, t.id}]
}

// makesClause tells whether token i is a function word that only stands in a clause: "it", "can",
// "because". The "that is" between two words of a list makes none, nor the "It is" before it.
func (d *doc) makesClause(p *prepared, i int) bool {
	t := &d.tokens[i]
	switch {
	case !d.binds(p, t) || t.first && presents[t.text] && i+1 < len(d.tokens) && d.tokens[i+1].class == being:
		return false
	case i > 0 && p.together[[2]int32{d.tokens[i-1].id, t.id}], i+1 < len(d.tokens) && p.together[[2]int32{t.id, d.tokens[i+1].id}]:
		return false
	case t.class == being && i > 0:
		before := &d.tokens[i-1]
		return before.text != "that" && before.text != "which" && !(before.first && presents[before.text])
	}
	return t.class&(finite|subject|subordinate) != 0 || clausal[t.text]
}

// presents are the words with which a sentence begins that only says that there is something.
var presents = words("it this that there these those")

// clausal are the function words of clauses that have no class of their own.
var clausal = words("i you it this these those there who what when while where since so then if until before after not do")

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
	leastApart    = 6   // words of the rubric that never stand side by side
)

// shuffled tells whether the words stand in no order that a sentence has, or are those of the
// rubric in an order that is not the rubric's.
func (s *survey) shuffled() bool {
	switch {
	case s.breaks >= leastBreaks && s.breaks >= fewBreaks*s.words:
		return true
	case s.known < mostKnown*s.content || s.familiar >= oftenFamiliar*s.pairs:
		return false
	case s.meetings == 0 && s.clauses == 0 && s.content >= leastApart && s.known >= nearlyAll*s.content,
		s.joints == 0 && s.content >= leastOwn && s.onlyRubric(),
		s.joints == 0 && s.words >= leastStrung && s.functions < fewStrung*s.words && s.known >= nearlyAll*s.content:
		return true
	}
	return s.words >= leastSalad && (s.joints*jointWords < s.words || s.onlyRubric())
}

// onlyRubric tells whether the words are the rubric's, and their order is not.
func (s *survey) onlyRubric() bool {
	return s.known >= allKnown*s.content && s.familiar < seldom*s.pairs
}
