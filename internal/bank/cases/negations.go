package cases

import (
	"strings"

	"github.com/elios/elios/internal/bank"
)

// negations deny the best answer sentence by sentence.
func negations(q *bank.Question) []attack {
	answer := best(q)
	if answer == "" {
		return nil
	}
	out := []attack{{Negated, "verbs", each(answer, negated), mostNegated}}
	for _, n := range []struct{ name, opening string }{
		{"not true", "It is not true that "},
		{"wrong", "It would be wrong to say that "},
		{"myth", "It is a myth that "},
		{"no", "No, it is not the case that "},
	} {
		out = append(out, attack{Negated, n.name, each(answer, func(s string) string { return n.opening + uncapital(s) }), mostNegated})
	}
	return out
}

func each(s string, change func(string) string) string {
	var out []string
	for _, one := range sentences(s) {
		out = append(out, change(one))
	}
	return strings.Join(out, " ")
}

// auxiliaries are the verbs that take a "not" behind them.
var auxiliaries = map[string]bool{
	"is": true, "are": true, "can": true, "must": true, "will": true, "was": true, "were": true,
	"has": true, "have": true, "would": true, "should": true, "may": true, "could": true,
}

// subordinators open a clause of their own: a "not" behind one of them would
// leave what the sentence says as it is.
var subordinators = map[string]bool{
	"if": true, "that": true, "which": true, "who": true, "whether": true, "when": true, "because": true, "while": true,
	"where": true, "what": true, "how": true, "until": true, "unless": true, "so": true, "only": true,
}

// negated denies each clause between semicolons.
func negated(s string) string {
	clauses := strings.Split(s, ";")
	for i, c := range clauses {
		clauses[i] = negatedClause(strings.TrimSpace(c))
	}
	return strings.Join(clauses, "; ")
}

// negatedClause puts a "not" behind the verb of a main clause, or takes it
// away; a clause whose verb is no auxiliary is denied as a whole.
func negatedClause(s string) string {
	w := strings.Fields(s)
	for i := range w {
		word := strings.ToLower(w[i])
		if subordinators[word] {
			break
		}
		if auxiliaries[word] {
			if i+1 < len(w) && w[i+1] == "not" {
				return strings.Join(append(w[:i+1], w[i+2:]...), " ")
			}
			if joinsMore(w[i+1:]) {
				break
			}
			w[i] += " not"
			return strings.Join(w, " ")
		}
		if strings.ContainsAny(word[len(word)-1:], ",:") {
			break
		}
	}
	return "It is not true that " + uncapital(s)
}

// joinsMore tells whether a "not" before the words would deny less than all of them: "not only …",
// "not this, and that".
func joinsMore(words []string) bool {
	for i, w := range words {
		if i == 0 && (w == "only" || w == "just" || w == "merely") || w == "and" || strings.HasSuffix(w, ",") {
			return true
		}
	}
	return false
}

// uncapital begins a sentence in small letters, unless it begins with a name or
// with "I".
func uncapital(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if len(first) < 2 || first[1:] != strings.ToLower(first[1:]) || first[0] < 'A' || first[0] > 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
