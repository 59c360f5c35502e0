package builtin

import "strings"

// What tells a story from a supposition: the tense.
var (
	wasWords = words("was were had did used came took saw felt knew heard meant quit")
	modals   = words("would should will might must")
	// supposers are those whose "would" is a plan; that of a thing is a risk: "an outage would cost us".
	supposers  = words("i we you one")
	usual      = words("usually normally typically generally always should must")
	conditions = words("if when whenever suppose imagine")
)

// isPast tells whether a sentence says what was. An -ed alone may be the participle of what is so
// in general: "I usually talk to everyone involved".
func isPast(tokens []token) bool {
	ed, general := false, false
	for i, t := range tokens {
		if undone := i+1 < len(tokens) && tokens[i+1].negator; !undone && (wasWords[t.text] || actedWords[t.text]) {
			return true
		}
		ed = ed || pastTense(t.text)
		general = general || usual[t.text]
	}
	return ed && !general
}

// supposes tells whether a sentence says what somebody would do. After a verb in the past tense
// "would" belongs to the story: "I told her that I would take it".
func (d *doc) supposes(tokens []token) bool {
	for i, t := range tokens {
		switch {
		case supposers[t.text] && d.wouldAt(tokens, i):
			return true
		case t.text == "if" || i == 0 && conditions[t.text]:
			continue
		case (wasWords[t.text] || pastTense(t.text)) && !conditions[tokens[0].text]:
			return false
		}
	}
	return false
}

// wouldAt tells whether a modal follows subject i, or its contraction does: "I'd ask", but not the
// "had" of "I'd asked".
func (d *doc) wouldAt(tokens []token, i int) bool {
	rest := tokens[i+1:]
	switch {
	case len(rest) == 0:
		return false
	case d.shortened(tokens[i], rest[0], "ll"):
		return true
	case d.shortened(tokens[i], rest[0], "d"):
		return !pastTense(rest[0].text) && !wasWords[rest[0].text] && rest[0].text != "been"
	}
	for k := 0; k < min(2, len(rest)); k++ {
		if modals[rest[k].text] {
			return k+1 == len(rest) || rest[k+1].text != "have" || conditions[tokens[0].text]
		}
	}
	return false
}

// shortened tells whether a token, before the next one, ends in an apostrophe and some letters,
// which the tokens leave out.
func (d *doc) shortened(t, next token, tail string) bool {
	between := strings.TrimLeft(d.Text[t.end:next.start], "'’")
	return len(between) < next.start-t.end && strings.HasPrefix(strings.ToLower(between), tail)
}

// changes tells whether a sentence measures a change: "from 6 to 3", "now under 1".
func changes(tokens []token) bool {
	from, now := false, false
	for i, t := range tokens {
		from = from || t.text == "from" && i+1 < len(tokens) && quantity(tokens[i+1].text)
		now = now || t.text == "now" || t.text == "today"
		if i > 0 && quantity(t.text) && (from && tokens[i-1].text == "to" || now) {
			return true
		}
	}
	return false
}

func quantity(w string) bool { return isNumber(w) || countWords[w] }

// habitWithin is how soon after "I" a word of habit stands: "I also always announce".
const habitWithin = 3

// habitual tells whether a sentence says what "I" do nowadays.
func habitual(tokens []token) bool {
	if habitPhrases.find(tokens, nil) >= 0 {
		return true
	}
	last, at := -habitWithin-1, len(tokens)-1
	for i, t := range tokens {
		switch {
		case t.text == "i":
			last = i
		case habitWords[t.text] && i-last <= habitWithin, t.text == "now" && i == at && last >= 0:
			return true
		}
	}
	return false
}

// sinceCloses tells whether a clause ends in "since": "it has caught two errors since".
func sinceCloses(tokens []token) bool {
	for i, t := range tokens {
		if t.text == "since" && i > 0 && (i+1 == len(tokens) || tokens[i+1].clause != t.clause) {
			return true
		}
	}
	return false
}
