package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// Clean makes text of unknown origin safe to store, compare and print. The result is
// valid UTF-8 (each invalid byte becomes U+FFFD) with \n as the only line end, also in
// the place of those of Unicode; of the control (Cc) and format (Cf) characters only
// \n, \t and the two zero width joiners, which several scripts and emoji need, are
// left. Terminal escape sequences go as a whole, so that "\x1b[31mred" becomes "red" and not "[31mred". Clean is idempotent.
func Clean(s string) string {
	i := firstDirty(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		if n := escapeLen(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\r':
			if !strings.HasPrefix(s[i:], "\n") {
				b.WriteByte('\n')
			}
		case lineEnd(r):
			b.WriteByte('\n')
		case keep(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// firstDirty gives the offset of the first byte that Clean has to look at, or len(s).
func firstDirty(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !keep(r) || r == utf8.RuneError && n < 2 {
			return i
		}
		i += n
	}
	return len(s)
}

// keep says whether a character may stay in cleaned text.
func keep(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f, r == '\n', r == '\t':
		return true
	case r == zeroWidthNonJoiner, r == zeroWidthJoiner:
		return true
	}
	return !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) && !lineEnd(r)
}

// lineEnd tells whether r ends a line in Unicode: next line, line separator or
// paragraph separator. Terminals do with them what they like.
func lineEnd(r rune) bool { return r == '\u0085' || r == '\u2028' || r == '\u2029' }
