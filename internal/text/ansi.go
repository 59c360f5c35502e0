package text

import "strings"

const (
	escape = "\x1b"
	bell   = '\a'
	// The one-character (C1) forms of ESC [, ESC \, and of the five that open a string.
	c1CSI     = "\u009b"
	c1ST      = "\u009c"
	c1Strings = "\u0090\u0098\u009d\u009e\u009f"
)

// escapeLen gives the number of bytes of the terminal control sequence (ECMA-48) that
// s begins with, or 0 when it begins with none. A sequence that never ends counts only as far
// as it can be recognised, so that one stray byte cannot swallow an answer.
func escapeLen(s string) int {
	if len(s) < 2 || s[0] != escape[0] && s[0] != c1CSI[0] {
		return 0
	}
	if s[0] == escape[0] {
		return escapeSequence(s)
	}
	switch c1 := s[:2]; {
	case c1 == c1CSI:
		return 2 + controlLen(s[2:])
	case strings.Contains(c1Strings, c1):
		return 2 + stringLen(s[2:])
	}
	return 0
}

// escapeSequence is escapeLen of text that begins with ESC and one more byte.
func escapeSequence(s string) int {
	switch c := s[1]; {
	case c == '[':
		return 2 + controlLen(s[2:])
	case strings.IndexByte("]PX^_", c) >= 0:
		return 2 + stringLen(s[2:])
	}
	n := 1 + span(s[1:], ' ', '/')
	return n + min(1, span(s[n:], '0', '~'))
}

// controlLen measures what follows a CSI: parameters, intermediates and the final byte.
func controlLen(s string) int {
	n := span(s, '0', '?')
	n += span(s[n:], ' ', '/')
	return n + min(1, span(s[n:], '@', '~'))
}

// stringLen measures the rest of a control string up to and with its end (BEL or ST).
// Another ESC or a line end cancels it; then nothing of it is known to belong to it.
func stringLen(s string) int {
	for i := range len(s) {
		switch rest := s[i:]; {
		case s[i] == bell:
			return i + 1
		case strings.HasPrefix(rest, escape+`\`), strings.HasPrefix(rest, c1ST):
			return i + 2
		case s[i] == escape[0], s[i] == '\n', s[i] == '\r':
			return 0
		}
	}
	return 0
}

// span counts the leading bytes of s between lo and hi.
func span(s string, lo, hi byte) int {
	n := 0
	for n < len(s) && s[n] >= lo && s[n] <= hi {
		n++
	}
	return n
}
