package text

import (
	"slices"
	"strings"
	"unicode"
)

const (
	longestDontKnow = 40 // words; who writes more says something
	longestObject   = 7  // words of "what a ... is" after "I have no idea"
)

// Trivial says whether an answer holds nothing to judge: it is empty, has no letter or digit, or
// only says that its author does not know.
func Trivial(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) || DontKnow(s)
}

// DontKnow says whether the whole answer amounts to "I don't know", in one of its many wordings
// and with the usual apologies. "I don't know the exact number but the log is flushed first" does
// not: every clause must say so or say nothing, and one at least must say so.
func DontKnow(s string) bool {
	if len(s) > longestDontKnow*20 {
		return false
	}
	said := false
	for clause := range strings.FieldsFuncSeq(s, isClauseEnd) {
		for _, words := range splitClause(foldedWords(clause)) {
			says, only := readClause(plainNegation(words))
			if !only {
				return false
			}
			said = said || says
		}
	}
	return said
}

func isClauseEnd(r rune) bool { return strings.ContainsRune(",.;:!?\n\r—–()…", r) }

// splitClause cuts at the conjunctions that join two statements.
func splitClause(words []string) [][]string {
	var out [][]string
	start := 0
	for i, w := range words {
		switch w {
		case "but", "and", "so", "because", "however", "though", "although":
			out = append(out, words[start:i])
			start = i + 1
		}
	}
	return append(out, words[start:])
}

// plainNegation drops adverbs and writes "do not", "cannot" and "don't" alike: "dont".
func plainNegation(words []string) []string {
	phrases := dontKnowPhrases()
	out := make([]string, 0, len(words))
	for _, w := range words {
		last := len(out) - 1
		switch {
		case phrases.adverbs[w]:
		case w == "cannot":
			out = append(out, "cant")
		case w == "not" && last >= 0 && phrases.auxiliaries[out[last]]:
			out[last] = strings.TrimSuffix(out[last], "n") + "nt"
		default:
			out = append(out, w)
		}
	}
	return out
}

// readClause reads a clause from left to right. only is false as soon as it holds words that
// neither say "I don't know" nor are mere padding.
func readClause(words []string) (says, only bool) {
	phrases := dontKnowPhrases()
	for i := 0; i < len(words); {
		rest := words[i:]
		if n := longest(phrases.of, rest); n > 0 {
			return true, isObject(rest[n:])
		}
		n := longest(phrases.closed, rest)
		switch {
		case n > 0:
			says = true
			if n < len(rest) && phrases.openers[rest[n]] && isObject(rest[n:]) {
				return true, true
			}
			i += n
		case phrases.padding[rest[0]]:
			i++
		default:
			return says, false
		}
	}
	return says, true
}

// isObject says whether words can be merely what is not known: few, and no guess among them.
func isObject(words []string) bool {
	guess := dontKnowPhrases().guesses
	return len(words) <= longestObject && !slices.ContainsFunc(words, func(w string) bool { return guess[w] })
}

// longest gives the length in words of the longest phrase that words begin with, or 0.
func longest(phrases map[string][][]string, words []string) int {
	n := 0
	for _, p := range phrases[words[0]] {
		if len(p) > n && len(p) <= len(words) && slices.Equal(p, words[:len(p)]) {
			n = len(p)
		}
	}
	return n
}
