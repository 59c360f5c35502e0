package text

import "strings"

// rule is one line of a step of the algorithm: a suffix and what takes its place.
type rule struct{ suffix, to string }

// Steps 2, 3 and 4 of the paper. Within a step the longest suffix that fits decides alone, so
// every suffix stands before those that it ends in.
var (
	step2 = []rule{
		{"ational", "ate"},
		{"ization", "ize"},
		{"iveness", "ive"},
		{"fulness", "ful"},
		{"ousness", "ous"},
		{"tional", "tion"},
		{"biliti", "ble"},
		{"entli", "ent"},
		{"ousli", "ous"},
		{"ation", "ate"},
		{"alism", "al"},
		{"aliti", "al"},
		{"iviti", "ive"},
		{"enci", "ence"},
		{"anci", "ance"},
		{"izer", "ize"},
		{"abli", "able"},
		{"alli", "al"},
		{"ator", "ate"},
		{"eli", "e"},
	}
	step3 = []rule{
		{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ness", ""}, {"ful", ""},
	}
	step4 = []rule{
		{"ement", ""},
		{"ance", ""},
		{"ence", ""},
		{"able", ""},
		{"ible", ""},
		{"ment", ""},
		{"ant", ""},
		{"ent", ""},
		{"ion", ""},
		{"ism", ""},
		{"ate", ""},
		{"iti", ""},
		{"ous", ""},
		{"ive", ""},
		{"ize", ""},
		{"al", ""},
		{"er", ""},
		{"ic", ""},
		{"ou", ""},
	}
)

// Stem gives the stem of an English word in lower case ("running" becomes "run") by the
// algorithm of M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, as published at
// https://tartarus.org/martin/PorterStemmer/. Words of one or two letters, and whatever is
// not made of the letters a-z alone, come back as they are.
func Stem(word string) string {
	if len(word) <= 2 {
		return word
	}
	for i := range len(word) {
		if !isLetter(rune(word[i])) {
			return word
		}
	}
	var room [48]byte
	w := append(room[:0], word...)
	w = plural(w)
	w = pastOrGerund(w)
	w = finalY(w)
	w = replace(w, step2, 0)
	w = replace(w, step3, 0)
	w = replace(w, step4, 1)
	w = finalE(w)
	return asString(w, word)
}

// asString spares the copy when the stem is merely the beginning of the word.
func asString(w []byte, word string) string {
	if len(w) <= len(word) && string(w) == word[:len(w)] {
		return word[:len(w)]
	}
	return string(w)
}

// plural is step 1a.
func plural(w []byte) []byte {
	switch {
	case has(w, "sses"), has(w, "ies"):
		return w[:len(w)-2]
	case has(w, "s") && !has(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

// pastOrGerund is step 1b.
func pastOrGerund(w []byte) []byte {
	n := len(w)
	switch {
	case has(w, "eed"):
		if measure(w[:n-3]) > 0 {
			return w[:n-1]
		}
	case has(w, "ed") && hasVowel(w[:n-2]):
		return mend(w[:n-2])
	case has(w, "ing") && hasVowel(w[:n-3]):
		return mend(w[:n-3])
	}
	return w
}

// mend gives a stem of step 1b back the e or takes the doubled letter that the suffix caused.
func mend(w []byte) []byte {
	switch {
	case has(w, "at"), has(w, "bl"), has(w, "iz"):
		return append(w, 'e')
	case endsDouble(w):
		if !endsIn(w, "lsz") {
			return w[:len(w)-1]
		}
	case measure(w) == 1 && endsCVC(w):
		return append(w, 'e')
	}
	return w
}

// finalY is step 1c.
func finalY(w []byte) []byte {
	if has(w, "y") && hasVowel(w[:len(w)-1]) {
		w[len(w)-1] = 'i'
	}
	return w
}

// replace is steps 2, 3 and 4: the longest suffix that fits is replaced if what stands before
// it measures more than least.
func replace(w []byte, rules []rule, least int) []byte {
	for _, r := range rules {
		if !has(w, r.suffix) {
			continue
		}
		stem := w[:len(w)-len(r.suffix)]
		if measure(stem) <= least || r.suffix == "ion" && !endsIn(stem, "st") {
			return w
		}
		return append(stem, r.to...)
	}
	return w
}

// finalE is steps 5a and 5b.
func finalE(w []byte) []byte {
	if has(w, "e") {
		stem := w[:len(w)-1]
		if m := measure(stem); m > 1 || m == 1 && !endsCVC(stem) {
			w = stem
		}
	}
	if has(w, "ll") && measure(w) > 1 {
		w = w[:len(w)-1]
	}
	return w
}

func has(w []byte, suffix string) bool {
	n := len(w) - len(suffix)
	return n >= 0 && string(w[n:]) == suffix
}

func endsIn(w []byte, letters string) bool {
	return len(w) > 0 && strings.IndexByte(letters, w[len(w)-1]) >= 0
}
