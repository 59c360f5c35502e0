package builtin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// Characters of a line from which the next one may go on with its sentence: text was wrapped by a
// file or an editor. Where the next line begins with a capital the line must be longer, since that
// is how a list without marks looks too.
const (
	wrappedLine = 40
	fullLine    = 70
)

// unwrapped gives the sentences of an answer, those that run over a line end joined again.
func unwrapped(s string) []text.Span {
	spans := text.Sentences(s)
	out := spans[:0]
	for _, span := range spans {
		if n := len(out); n > 0 && goesOn(s, out[n-1].End, span.Start) {
			out[n-1].End = span.End
			continue
		}
		out = append(out, span)
	}
	return out
}

// goesOn tells whether the sentence that ends at end goes on at start.
func goesOn(s string, end, start int) bool {
	gap := s[end:start]
	if strings.Count(gap, "\n") != 1 || strings.TrimSpace(gap) != "" || strings.IndexByte(".!?;", s[end-1]) >= 0 {
		return false
	}
	if s[end-1] == ':' {
		return strings.TrimLeft(gap, " \t\r") == "\n" // not before the mark of a list
	}
	from := max(strings.LastIndexByte(s[max(0, end-fullLine):end], '\n')+1, 0) + max(0, end-fullLine)
	first, _ := utf8.DecodeRuneInString(s[start:])
	line := s[from:end]
	if unicode.IsUpper(first) && line != strings.ToUpper(line) {
		return len(line) >= fullLine
	}
	return len(line) >= wrappedLine
}
