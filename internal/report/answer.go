package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// answer is a candidate's answer. Prose is quoted with the evidence in bold;
// what looks like code is fenced, where nothing can be bold and nothing needs
// to be escaped.
func answer(s string, said []rubric.Evidence) string {
	marks := marksOf(s, said)
	s = text.Clean(s)
	if Block(s) == "" {
		return "*(empty)*"
	}
	if looksLikeCode(s) {
		return fence(Block(s), "text")
	}
	var lines []string
	start := 0
	for _, l := range strings.Split(s, "\n") {
		lines = append(lines, boldLine(l, start, marks))
		start += len(l) + 1
	}
	return quote(hardBreaks(trimBlank(lines)))
}

// looksLikeCode tells whether the layout of the lines matters.
func looksLikeCode(s string) bool {
	for _, l := range strings.Split(s, "\n") {
		if strings.HasPrefix(l, "    ") || strings.HasPrefix(l, "\t") || strings.HasPrefix(l, "```") {
			return true
		}
	}
	return false
}

// mark is a stretch of an answer to show in bold.
type mark struct{ start, end int }

// marksOf gives the evidence's stretches in order, without overlaps. Evidence
// whose offsets do not fit the answer marks nothing; nor does any in an answer
// that has to be cleaned first, since all of it may have moved.
func marksOf(s string, said []rubric.Evidence) []mark {
	if text.Clean(s) != s {
		return nil
	}
	var out []mark
	for _, e := range said {
		if fits(s, e) {
			out = append(out, mark{e.Start, e.End})
		}
	}
	slices.SortFunc(out, func(a, b mark) int { return a.start - b.start })
	return merge(out)
}

func fits(s string, e rubric.Evidence) bool {
	if e.Start < 0 || e.End > len(s) || e.Start >= e.End {
		return false
	}
	return utf8.ValidString(s[e.Start:e.End]) && (e.Quote == "" || Line(e.Quote) == Line(s[e.Start:e.End]))
}

// merge joins sorted stretches that overlap or touch.
func merge(marks []mark) []mark {
	var out []mark
	for _, m := range marks {
		if n := len(out); n > 0 && m.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, m.end)
			continue
		}
		out = append(out, m)
	}
	return out
}

// boldLine escapes a line that begins at an offset of the answer and makes its
// marked stretches bold.
func boldLine(l string, offset int, marks []mark) string {
	var b strings.Builder
	done := 0
	for _, m := range marks {
		from, to := inner(l, max(m.start-offset, done), min(m.end-offset, len(l)))
		if from >= to {
			continue
		}
		b.WriteString(escapeAt(l[done:from], done) + "**" + escapeRest(l[from:to]) + "**")
		done = to
	}
	b.WriteString(escapeAt(l[done:], done))
	return strings.TrimSpace(b.String())
}

// escapeAt escapes a stretch that begins at a byte of its line.
func escapeAt(s string, at int) string {
	if at == 0 {
		return escape(s)
	}
	return escapeRest(s)
}

// inner narrows a stretch to begin and end with a letter or digit: only then
// are two asterisks around it bold for certain.
func inner(l string, from, to int) (int, int) {
	if from >= to || from < 0 {
		return 0, 0
	}
	word := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	first := strings.IndexFunc(l[from:to], word)
	if first < 0 {
		return 0, 0
	}
	last := strings.LastIndexFunc(l[from:to], word)
	_, n := utf8.DecodeRuneInString(l[from+last:])
	return from + first, from + last + n
}

// trimBlank takes blank lines from both ends.
func trimBlank(lines []string) []string {
	blank := func(l string) bool { return l == "" }
	for len(lines) > 0 && blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}
