package builtin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// clauseSpans cuts s at the separators that separatorLen finds. Pieces may be empty.
func clauseSpans(s string) []text.Span {
	var out []text.Span
	start := 0
	for i := 0; i < len(s); {
		if n := separatorLen(s, i); n > 0 {
			out = append(out, text.Span{Start: start, End: i})
			i += n
			start = i
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return append(out, text.Span{Start: start, End: len(s)})
}

// separatorLen gives the length of the separator at i, or 0: . ; : before white space, a line
// end, a comma with the conjunction after it, a bullet, the number of a list item, the word "and".
func separatorLen(s string, i int) int {
	switch c := s[i]; {
	case strings.IndexByte(".;:\n", c) >= 0:
		return stopLen(s, i)
	case c == ',':
		return 1 + conjunctionLen(s[i+1:])
	case c == '-', c == '*', strings.HasPrefix(s[i:], "•"):
		return bulletLen(s, i)
	case c == '(':
		if n := itemLen(s, i+1); n > 0 {
			return 1 + n
		}
	case strings.HasPrefix(s[i:], "and"):
		if !wordBefore(s, i) && !wordAfter(s, i+3) {
			return 3
		}
	default:
		return itemLen(s, i)
	}
	return 0
}

// stopLen is 1 for a line end, and for another stop before white space or the end.
func stopLen(s string, i int) int {
	if s[i] == '\n' || i+1 == len(s) || spaceLen(s[i+1:]) > 0 {
		return 1
	}
	return 0
}

// conjunctionLen measures what follows a comma: white space, a conjunction, white space.
func conjunctionLen(s string) int {
	before := spacesLen(s)
	if before == 0 {
		return 0
	}
	for _, w := range [...]string{"and", "but", "while", "whereas", "which", "so"} {
		rest, ok := strings.CutPrefix(s[before:], w)
		if after := spacesLen(rest); ok && after > 0 {
			return before + len(w) + after
		}
	}
	return 0
}

func bulletLen(s string, i int) int {
	_, n := utf8.DecodeRuneInString(s[i:])
	if wordBefore(s, i) || spaceLen(s[i+n:]) == 0 {
		return 0
	}
	return n
}

// itemLen measures a list number with its stop and the white space after it: "1. " or "2) ".
func itemLen(s string, i int) int {
	if wordBefore(s, i) {
		return 0
	}
	end := i
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsDigit(r) {
			break
		}
		end += n
	}
	if end == i || end == len(s) || s[end] != '.' && s[end] != ')' {
		return 0
	}
	if n := spaceLen(s[end+1:]); n > 0 {
		return end + 1 + n - i
	}
	return 0
}

func wordBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return isWordRune(r)
}

func wordAfter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isWordRune(r)
}

func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// spaceLen gives the length of the white space character s begins with, or 0. The four
// information separators count as white space, as in the implementation the method was measured with.
func spaceLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f {
		return n
	}
	return 0
}

func spacesLen(s string) int {
	total := 0
	for n := spaceLen(s); n > 0; n = spaceLen(s[total:]) {
		total += n
	}
	return total
}
