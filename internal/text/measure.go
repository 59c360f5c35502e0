package text

// consonant says whether a letter is one; a y is one after a vowel or at the start.
func consonant(c byte, afterConsonant bool) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return false
	case 'y':
		return !afterConsonant
	}
	return true
}

// measure is Porter's m: how often a run of vowels is followed by a consonant.
func measure(w []byte) int {
	m, before := 0, false
	for i, c := range w {
		now := consonant(c, before)
		if now && !before && i > 0 {
			m++
		}
		before = now
	}
	return m
}

func hasVowel(w []byte) bool {
	before := false
	for _, c := range w {
		if before = consonant(c, before); !before {
			return true
		}
	}
	return false
}

// lastKinds says of the last three letters which are consonants, the last one first.
func lastKinds(w []byte) (kinds [3]bool) {
	before := false
	for _, c := range w {
		before = consonant(c, before)
		kinds = [3]bool{before, kinds[0], kinds[1]}
	}
	return kinds
}

// endsDouble is Porter's *d: a doubled consonant at the end.
func endsDouble(w []byte) bool {
	n := len(w)
	return n > 1 && w[n-1] == w[n-2] && lastKinds(w)[0]
}

// endsCVC is Porter's *o: consonant, vowel, consonant at the end, the last not w, x or y.
func endsCVC(w []byte) bool {
	return !endsIn(w, "wxy") && lastKinds(w) == [3]bool{true, false, true}
}
