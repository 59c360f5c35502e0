package builtin

// Words that disapprove of what stands before them: "retrying at once is a mistake".
var (
	beVerbs     = words("is are was were be seems sounds")
	condemning  = words("mistake mistakes wrong incorrect untrue myth myths misconception misconceptions nonsense fallacy rubbish antipattern")
	badWords    = words("bad terrible horrible awful poor stupid anti")
	praising    = words("solution answer remedy cure true correct right advisable recommended acceptable sensible")
	goodWords   = words("good great sound proper")
	judged      = words("idea ideas practice practices advice choice choices approach solution plan pattern thing option")
	padding     = words("a an the just really very simply also always usually often common big serious classic widespread quite plain plainly completely totally actually such")
	denying     = words("not never no hardly nowhere")
	working     = words("work works help helps")
	endsSubject = words("but and so because since therefore hence thus however then")
	anaphors    = words("that this it which these those all of")
	reporting   = words("say says saying claim claiming think thinking believe believing")
)

// disapproval is a verdict that a sentence gives on what stands before it.
type disapproval struct{ subject, verb, word, end int } // tokens: where its subject begins, its verb, the word that judges, the one after

// longSubject bounds in words how far back the subject of a disapproval begins.
const longSubject = 40

// disapprovalAt reads a disapproval whose verb is token i of the sentence that begins at from.
func (d *doc) disapprovalAt(i, from int) (disapproval, bool) {
	word, end := d.judgement(i)
	if word < 0 {
		return disapproval{}, false
	}
	a := disapproval{subject: i, verb: i, word: word, end: end}
	for a.subject > max(from, i-longSubject) && !d.cutBefore(a.subject) && !endsSubject[d.tokens[a.subject-1].text] {
		a.subject--
	}
	return a, i > from
}

// judgement reads what follows a verb: the word that disapproves, -1 for none, and where it ends.
func (d *doc) judgement(i int) (word, end int) {
	verb, negator := d.tokens[i].text, -1
	if verb == "do" || verb == "does" || verb == "did" || verb == "will" || verb == "would" {
		if i+2 < len(d.tokens) && denying[d.tokens[i+1].text] && working[d.tokens[i+2].text] {
			return i + 1, i + 3
		}
		return -1, 0
	}
	if !beVerbs[verb] || i > 0 && d.tokens[i-1].text == "there" {
		return -1, 0
	}
	for j := i + 1; j < min(len(d.tokens), i+reach) && !d.tokens[j].first && !d.cutBefore(j); j++ {
		t, next := d.tokens[j].text, ""
		if j+1 < len(d.tokens) {
			next = d.tokens[j+1].text
		}
		switch {
		case denying[t]:
			negator = j
		case negator < 0 && condemning[t]:
			return j, j + 1
		case negator < 0 && badWords[t] && judged[next]:
			return j, j + 2
		case negator >= 0 && praising[t]:
			return negator, j + 1
		case negator >= 0 && goodWords[t] && judged[next]:
			return negator, j + 2
		case !padding[t] && !goodWords[t]:
			return -1, 0
		}
	}
	return -1, 0
}

// markDisapproved lets a disapproval govern its subject. A subject that is denied itself is
// approved of: "not to retry is a mistake".
func (d *doc) markDisapproved(from int) {
	for i := from + 1; i < len(d.tokens); i++ {
		a, ok := d.disapprovalAt(i, from)
		if !ok {
			continue
		}
		for j := a.subject; j < a.verb; j++ {
			switch t := &d.tokens[j]; {
			case t.negator:
			case t.governor >= a.subject && t.governor < a.verb:
				t.governor = -1
			default:
				t.governor = a.word
			}
		}
	}
}

// refusals are the words of a sentence that only says no to the one before it: "Wrong.", "Not true."
var refusals = words("no nope not never wrong false incorrect untrue nonsense rubbish true correct right so at all way")

// refuses tells whether a sentence is such a refusal.
func refuses(tokens []token) bool {
	if len(tokens) > 3 || !refusals[tokens[0].text] || tokens[0].stop || praising[tokens[0].text] {
		return false
	}
	for _, t := range tokens {
		if !refusals[t.text] {
			return false
		}
	}
	return true
}

var notAtAll = []string{"not", "at", "all"}

// takesBack tells whether a sentence ends by disapproving of all that it said: "…, which is
// wrong", "to say that … is a mistake"; only says that it says nothing else: "that is not true".
func (d *doc) takesBack(lo, hi int) (all, only bool) {
	if refuses(d.tokens[lo:hi]) {
		return true, true
	}
	if hi-lo > 3 && standsAt(d.tokens[hi-3:hi], notAtAll) && d.cutBefore(hi-3) {
		return true, false
	}
	for i := lo + 1; i < hi; i++ {
		a, ok := d.disapprovalAt(i, lo)
		if !ok || a.end < hi || d.tokens[a.verb].text == "be" {
			continue
		}
		refers := a.subject < a.verb
		for j := a.subject; j < a.verb; j++ {
			refers = refers && anaphors[d.tokens[j].text]
		}
		return refers || d.tokens[lo].text == "that" || d.reports(lo), refers && a.subject-lo < 3
	}
	return false, false
}

// reports tells whether a sentence begins with the claim that it is about: "To say that …".
func (d *doc) reports(lo int) bool {
	for i := lo; i+1 < len(d.tokens) && i < lo+3; i++ {
		if (reporting[d.tokens[i].text] || judged[d.tokens[i].text] || d.tokens[i].text == "claim") && d.tokens[i+1].text == "that" {
			return true
		}
	}
	return false
}
