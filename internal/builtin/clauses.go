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
		if i > from && (opensClause[d.tokens[i].text] && !d.tokens[i].piece && !d.counts(i) || d.cutBefore(i)) {
			n++
		}
		d.tokens[i].clause = n
	}
}

// counts says whether "once" is a number, as in "exactly once", and no conjunction.
func (d *doc) counts(i int) bool { return d.tokens[i].text == "once" && !d.cutBefore(i) }

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
