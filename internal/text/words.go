package text

import (
	"strings"
	"unicode"
)

// Words counts what a person calls words: pieces between white space or dashes that hold a
// letter or a digit ("write-ahead" and "don't" are one each), and every character of a script that
// writes no spaces.
func Words(s string) int {
	n := 0
	for piece := range strings.FieldsFuncSeq(s, func(r rune) bool { return unicode.IsSpace(r) || r == '—' || r == '–' }) {
		n += wordsOf(piece)
	}
	return n
}

// wordsOf counts the words of a piece without white space.
func wordsOf(piece string) int {
	single, spaced := 0, 0
	for _, r := range piece {
		switch {
		case isUnspaced(r):
			if !unicode.IsMark(r) {
				single++
			}
		case unicode.IsLetter(r), unicode.IsNumber(r):
			spaced = 1
		}
	}
	return single + spaced
}
