package text

import (
	"strings"
	"sync"
)

// stopList holds words that carry no subject of their own. Negators are not among them: they
// turn the sense of an answer.
const stopList = `a an the this that these those and or but if then than so as of at by for with about into through to from
in on off out over under again further once here there when where why how what which who whom whose
i me my we our ours you your yours he him his she her hers it its they them their theirs
am is are was were be been being have has had having do does did doing will would shall should can could may might must
also just very too such some any each both more most other own same all few many much
let us get got etc eg ie e g s t d ll m re ve because while during before after above below up down
one thing things way ways something`

var stopWords = sync.OnceValue(func() map[string]bool { return wordSet(stopList) })

// IsStop says whether a token (lower case) is one of the some 150 words that Content drops.
func IsStop(token string) bool { return stopWords()[token] }

// IsNegator says whether a token (lower case, from Tokens) negates what follows it.
func IsNegator(token string) bool {
	switch token {
	case "not", "no", "never", "without", "none", "cannot", "neither", "nor":
		return true
	}
	return false
}

// Content gives the stems of the tokens that are not stop words, in their order and with
// repetitions.
func Content(tokens []string) []string {
	stop := stopWords()
	out := make([]string, 0, len(tokens))
	for _, t := range tokens {
		if !stop[t] {
			out = append(out, Stem(t))
		}
	}
	return out
}

// wordSet makes a set of the words of a list.
func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
