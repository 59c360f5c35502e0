package builtin

import "strings"

// opensClause are the words that begin a statement of its own, over which no negation reaches.
// "that", "or" and "before" are not among them: "does not mean that", "not a or b", "not before".
var opensClause = words(`but and because so since while whereas although though if unless when whenever until
which who however then therefore hence thus once`)

// opensCondition are those that begin what is supposed rather than claimed: "if you never call
// fsync" does not say that nobody does.
var opensCondition = words(`if unless when whenever until once`)

// opensReason are those that begin why what was said before is so.
var opensReason = words(`since because as`)

// markClauses numbers the clauses of the sentence that begins at from: cut at punctuation and
// before conjunctions.
func (d *doc) markClauses(from int) {
	n := 0
	if from > 0 {
		n = d.tokens[from-1].clause + 1
	}
	for i := from; i < len(d.tokens); i++ {
		if i > from && (opensClause[d.tokens[i].text] && !d.tokens[i].piece && !d.counts(i) && !d.couples(i, from) || d.cutBefore(i)) {
			n++
		}
		d.tokens[i].clause = n
	}
}

// counts says whether "once" is a number, as in "exactly once", and no conjunction.
func (d *doc) counts(i int) bool { return d.tokens[i].text == "once" && !d.cutBefore(i) }

// couples says whether "and" puts two participles side by side, over which one negation reaches:
// "is not created and scheduled by it".
func (d *doc) couples(i, from int) bool {
	if d.tokens[i].text != "and" || i == from || i+1 >= len(d.tokens) || d.cutBefore(i) {
		return false
	}
	a, b := d.tokens[i-1].text, d.tokens[i+1].text
	return isEd(a) && isEd(b)
}

func isEd(w string) bool { return len(w) > 4 && w[len(w)-2:] == "ed" }

// cutBefore says whether there is punctuation between a token and the one before it.
func (d *doc) cutBefore(i int) bool {
	return strings.ContainsAny(d.Text[d.tokens[i-1].end:d.tokens[i].start], ",;:()—–")
}

// opener gives the first word of the clause that holds token i, looking back a bounded way.
func opener(tokens []token, i int) string {
	for n := 0; i > 0 && tokens[i-1].clause == tokens[i].clause && n < 2*reach; n++ {
		i--
	}
	return tokens[i].text
}

// markDoubted marks the tokens of the sentence that begins at from whose clause says no: in other
// words than by a negator, or somehow.
func (d *doc) markDoubted(from int) {
	for lo := from; lo < len(d.tokens); {
		hi, other, no := lo, false, false
		for ; hi < len(d.tokens) && d.tokens[hi].clause == d.tokens[lo].clause; hi++ {
			_, negates := negatesFrom(d.tokens, hi)
			other = other || contrary[d.tokens[hi].text]
			no = no || negates || bounds(d.tokens, hi)
		}
		for ; lo < hi; lo++ {
			d.tokens[lo].contrary, d.tokens[lo].doubted = other, other || no
		}
	}
}
