package builtin

// How many tokens of its clause a negator governs. What "without" sets aside stands right after it.
const (
	reach     = 9
	softReach = 5
	nearby    = 7 // how far after its "if" a negator still belongs to the condition
)

// Negators besides those of package text.
var (
	hardNegators = words("nothing nobody hardly barely scarcely seldom rarely neither nor")
	softPairs    = map[string]string{"instead": "of", "rather": "than"}
	failing      = words("fail fails failed failing refuse refuses")
)

// tame are the words after "not" or "no" with which it denies nothing.
var tame = words("only just merely enough sufficient necessarily yet doubt matter simply surprisingly")

// short are those of them that are denied themselves: who says "not enough" does not say "enough".
var short = words("enough sufficient")

// contrary are words that say no without a negator.
var contrary = words(`impossible unable incapable invalid forbidden prohibited fail fails failed refuse refuses refused reject rejects
rejected lack lacks prevent prevents avoid avoids wrong mistake useless`)

// bounding are words that leave room for a no, "only" where a condition follows: "may go only when
// …" says that it may not go before.
var bounding = words("only missing absent absence unless")

// bounds tells whether token i is one of them.
func bounds(tokens []token, i int) bool {
	return bounding[tokens[i].text] && (tokens[i].text != "only" || i+1 < len(tokens) && conditional[tokens[i+1].text])
}

var conditional = words("if when after once while until by through")

// dispensable are the stems after "is not" that deny what stands before it: "fsync is not needed".
var dispensable = words(`need requir necessari matter relev us involv import help exist happen true appli`)

// isSoft says whether a negator sets something aside ("without", "instead of") rather than denies
// it: a sentence that still says the rest means it.
func isSoft(t token) bool {
	return t.text == "without" || t.text == "unlike" || softPairs[t.text] != ""
}

// markGoverned tells for each token of the sentence that begins at from which negator governs it:
// one that precedes it within reach in the same clause.
func markGoverned(tokens []token, from int) {
	for i := from; i < len(tokens); i++ {
		first, ok := negatesFrom(tokens, i)
		if !ok && first < len(tokens) && short[tokens[first].text] && tokens[i].text == "not" {
			tokens[first].governor = i
		}
		if !ok || supposes(tokens, i, from) {
			continue
		}
		far := first + reach
		if isSoft(tokens[i]) {
			far = first + softReach
		}
		inside := relative(tokens, i, from)
		for j := first; j < min(far, len(tokens)) && tokens[j].clause == tokens[i].clause; j++ {
			if inside && j > first && tokens[j].class&finite != 0 {
				break // "a key that nobody may know is made"
			}
			if tokens[j].text == "that" && taken[tokens[j-1].stem] {
				break // "does not notice that the lock is gone"
			}
			if !tokens[j].negator {
				tokens[j].governor = i
			}
		}
		governBack(tokens, i)
	}
}

// supposes tells whether a negator says what would be rather than what is: in a condition, or as
// the "without" at the head of a sentence or clause.
func supposes(tokens []token, i, from int) bool {
	j := i
	for j > max(from, i-nearby) && tokens[j-1].clause == tokens[i].clause {
		j--
	}
	if restricts(tokens, i, from) {
		return true
	}
	if j > from && tokens[j-1].clause == tokens[i].clause {
		return false // the clause begins too far back
	}
	return opensCondition[tokens[j].text] || j == i && tokens[i].text == "without"
}

// taken are the stems of the verbs whose object is so, whether or not they are denied themselves.
var taken = stemSet("know notice realise realize see learn aware remember forget hear")

// relative tells whether a negator belongs to a clause about the noun before it: "a key that they
// cannot know", "a page which never changes".
func relative(tokens []token, i, from int) bool {
	for j := i - 1; j > max(from, i-nearby) && tokens[j].clause == tokens[i].clause; j-- {
		switch tokens[j].text {
		case "that":
			return !tokens[j-1].stop || nounLike[tokens[j-1].text]
		case "which", "who":
			return true
		}
	}
	return false
}

// restricts tells whether a negator belongs to a clause that says which of several is meant: "a
// handler that is not idempotent", "what is not idempotent".
func restricts(tokens []token, i, from int) bool {
	if i-2 < from || tokens[i].text != "not" && tokens[i].text != "never" {
		return false
	}
	verb, opener := tokens[i-1], tokens[i-2].text
	return verb.class&finite != 0 && (opener == "what" || i-3 >= from && (opener == "that" || opener == "who") && (!tokens[i-3].stop || nounLike[tokens[i-3].text]))
}

// nounLike are the function words that a relative clause may follow.
var nounLike = words("thing things one those something")

// negatesFrom tells whether token i negates, and from which token on.
func negatesFrom(tokens []token, i int) (first int, ok bool) {
	t, next := tokens[i], ""
	if i+1 < len(tokens) {
		next = tokens[i+1].text
	}
	switch {
	case t.piece:
		return i, false
	case softPairs[t.text] != "":
		return i + 2, softPairs[t.text] == next
	case failing[t.text]:
		return i + 2, next == "to"
	case t.text == "not" || t.text == "no":
		return i + 1, !tame[next]
	}
	return i + 1, t.negator || hardNegators[t.text] || t.text == "unlike"
}

// governBack lets "is not needed" govern its subject, the tokens before it in the clause.
func governBack(tokens []token, i int) {
	if tokens[i].text != "not" && tokens[i].text != "never" || i+1 == len(tokens) || !dispensable[tokens[i+1].stem] {
		return
	}
	for j := i - 1; j >= max(0, i-reach) && tokens[j].clause == tokens[i].clause; j-- {
		tokens[j].governor = i
	}
}

// leave says what a point negates itself, which therefore is no denial of it: "without fsync the
// record is lost".
type leave struct {
	said    map[int32]bool // the words of the point
	claimed map[int32]bool // those that it claims somewhere
	negated map[int32]bool // those that it negates itself
	doubted map[int32]bool // those of a clause that says no in other words: "impossible", "fails"
	terms   map[int32]bool // the words of its match; nil where it is not asked what a denial is about
	any     bool           // it has a negator
}

func newLeave() leave {
	return leave{said: make(map[int32]bool), claimed: make(map[int32]bool), negated: make(map[int32]bool), doubted: make(map[int32]bool)}
}

// learn adds what one text of a point says and negates.
func (l *leave) learn(tokens []token) {
	for i, t := range tokens {
		if _, ok := negatesFrom(tokens, i); ok {
			l.any = true
		}
		if t.stop || t.negator || hardNegators[t.text] {
			continue
		}
		for _, k := range t.like {
			if k.dice != 1 {
				continue
			}
			l.said[k.id] = true
			if t.governor >= 0 {
				l.negated[k.id] = true
			} else {
				l.claimed[k.id] = true
			}
			if t.contrary {
				l.doubted[k.id] = true
			}
		}
	}
}

// always tells whether the point negates a word wherever it says it.
func (l leave) always(id int32) bool { return l.negated[id] && !l.claimed[id] }

// speaks tells whether a word is one of the point's own.
func (l leave) speaks(t token) bool {
	for _, k := range t.like {
		if l.said[k.id] {
			return true
		}
	}
	return false
}

// knows tells whether a word is one of the point's or its match's.
func (l leave) knows(t token) bool {
	for _, k := range t.like {
		if l.said[k.id] || l.terms[k.id] {
			return true
		}
	}
	return false
}

// allows tells whether a word may be negated. Of a word that the point does not speak, a synonym
// in a pattern, it is not known which way round it would stand there.
func (l leave) allows(t token) bool {
	for _, k := range t.like {
		if l.said[k.id] {
			return l.negated[k.id] || l.doubted[k.id] && !t.contrary
		}
	}
	return l.any || len(l.doubted) > 0
}

// governed tells whether token i is negated in a way that the point does not speak itself.
func (d *doc) governed(i int, l leave) bool {
	return d.tokens[i].governor >= 0 && !l.allows(d.tokens[i])
}

// softly tells whether what governs token i only sets it aside: "without", "not … but …".
func (d *doc) softly(i int) bool {
	g := d.tokens[i].governor
	return isSoft(d.tokens[g]) || d.contrasted(g)
}

// contrasted tells whether the clause of a negator is soon followed by one with "but".
func (d *doc) contrasted(g int) bool {
	clause := d.tokens[g].clause
	for i := g; i < min(len(d.tokens), g+2*reach) && d.tokens[i].clause <= clause+1; i++ {
		if d.tokens[i].clause == clause+1 {
			return d.tokens[i].text == "but"
		}
	}
	return false
}
