package text

import (
	"slices"
	"strings"
)

// FindQuote looks for the first place where the words of quote stand one after the other in
// answer, and gives its byte offsets: answer[start:end] begins with the first of the words and
// ends with the last. Case, white space, punctuation and the encoding of letters do not matter;
// whole words do. A quote without any word is never found.
func FindQuote(answer, quote string) (start, end int, ok bool) {
	wanted := foldedWords(quote)
	if len(wanted) == 0 {
		return 0, 0, false
	}
	spans := wordSpans(answer)
	line, starts := foldedLine(answer, spans)
	at := strings.Index(line, " "+strings.Join(wanted, " ")+" ")
	if at < 0 {
		return 0, 0, false
	}
	first, _ := slices.BinarySearch(starts, at+1)
	return spans[first].Start, spans[first+len(wanted)-1].End, true
}

// foldedLine writes the folded words with one space before and after each, and tells where in
// that line each begins.
func foldedLine(s string, spans []Span) (line string, starts []int) {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(' ')
	starts = make([]int, len(spans))
	for i, w := range spans {
		starts[i] = b.Len()
		b.WriteString(foldWord(s[w.Start:w.End]))
		b.WriteByte(' ')
	}
	return b.String(), starts
}
