package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a stretch of a text in bytes: text[Start:End].
type Span struct{ Start, End int }

// Sentences gives the sentences of s in order, without white space around them and without
// the marks of a list. A sentence ends at . ! or ? before white space, at the stops of Chinese and
// Japanese, at the end of a line and before a bullet; "e.g.", "1.5", "errors.Is" and "v2.0"
// do not end one.
func Sentences(s string) []Span {
	var out []Span
	for start := 0; start < len(s); {
		end := len(s)
		if n := strings.IndexAny(s[start:], "\n\r"); n >= 0 {
			end = start + n
		}
		out = appendLine(out, strings.TrimRightFunc(s[:end], unicode.IsSpace), start)
		start = end + 1
	}
	return out
}

// appendLine adds the sentences of the line that begins at start and ends where s does.
func appendLine(out []Span, s string, start int) []Span {
	start = afterMarks(s, start)
	for i := start; i < len(s); {
		stop, next := boundary(s, i)
		if stop >= 0 {
			out = appendTrimmed(out, s, start, stop)
			next = afterMarks(s, next)
			start = next
		}
		i = next
	}
	return appendTrimmed(out, s, start, len(s))
}

// boundary looks at the character at i. If a sentence ends there, stop is its end, else -1; the
// search goes on at next.
func boundary(s string, i int) (stop, next int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch r {
	case '.', '!', '?', '…':
		end := runEnd(s, i, ".!?…")
		closed := runEnd(s, end, `"')]}”’»`)
		if spaceAt(s, closed) && (end > i+1 || r != '.' || !abbreviation(s, i)) {
			return closed, closed
		}
		return -1, closed
	case '。', '！', '？':
		end := runEnd(s, i+n, "。！？」』）”")
		return end, end
	case '•', '◦', '▪', '‣', '●':
		return i, i + n
	}
	return -1, i + n
}

// runEnd gives the end of the run of characters of set at i.
func runEnd(s string, i int, set string) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || !strings.ContainsRune(set, r) {
			break
		}
		i += n
	}
	return i
}

// spaceAt says whether the text ends at i or has white space there.
func spaceAt(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsSpace(r)
}

// abbreviation says whether the full stop at i belongs to a shortened word that a sentence goes
// on after. "etc." may also be the last word; the capital that follows tells.
func abbreviation(s string, i int) bool {
	const longest = len("approx")
	start := i
	for start > 0 && i-start <= longest && (isLetter(rune(s[start-1]|0x20)) || s[start-1] == '.') {
		start--
	}
	switch strings.ToLower(s[start:i]) {
	case "e.g", "i.e", "eg", "ie", "vs", "cf", "approx", "resp", "dr", "mr", "mrs", "ms", "prof", "fig", "incl", "esp":
		return true
	case "etc":
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i+1:], " \t"))
		return unicode.IsLower(r)
	}
	return false
}

// appendTrimmed adds s[start:end], which begins without white space, unless nothing is left of it.
func appendTrimmed(out []Span, s string, start, end int) []Span {
	if start >= end {
		return out
	}
	part := strings.TrimRightFunc(s[start:end], unicode.IsSpace)
	return append(out, Span{start, start + len(part)})
}

// afterMarks gives the offset of what follows the white space and the list marks at start.
func afterMarks(s string, start int) int {
	for start < len(s) {
		rest := strings.TrimLeftFunc(s[start:], unicode.IsSpace)
		start = len(s) - len(rest)
		n := markLen(rest)
		if n == 0 {
			break
		}
		start += n
	}
	return start
}

// markLen measures the mark of a list item at the start of s: "- ", "* ", "+ ", "1. ", "12) " or
// "(a) ", without the space. 0 means that there is none.
func markLen(s string) int {
	n := 0
	switch {
	case s == "":
		return 0
	case strings.IndexByte("-*+", s[0]) >= 0:
		n = 1
	default:
		n = numberMarkLen(s)
	}
	if n == len(s) || n > 0 && !spaceAt(s, n) {
		return 0
	}
	return n
}

func numberMarkLen(s string) int {
	n := len(s) - len(strings.TrimPrefix(s, "("))
	digits := span(s[n:], '0', '9')
	letters := span(s[n:], 'a', 'z')
	end := n + digits + letters
	switch {
	case end == len(s) || digits > 2 || letters > 1 || digits+letters == 0:
		return 0
	case s[end] == ')', s[end] == '.' && digits > 0 && n == 0:
		return end + 1
	}
	return 0
}
