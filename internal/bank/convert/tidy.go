package convert

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/elios/elios/internal/rubric"
)

func itoa(n int) string { return strconv.Itoa(n) }

// tidy takes white space off line ends and empty lines off both ends, and joins
// several empty lines to one.
func tidy(s string) string {
	var out []string
	empty := true
	for line := range strings.Lines(s) {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && empty {
			continue
		}
		empty = line == ""
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// hasWord tells whether a text has a letter or a digit.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// most texts of a kind that a question gets.
const mostOf = 20

// unique leaves out references that are there already.
func unique(list []rubric.Reference) []rubric.Reference {
	seen := map[string]bool{}
	var out []rubric.Reference
	for _, r := range list {
		if !seen[r.URL] && len(out) < mostOf {
			seen[r.URL] = true
			out = append(out, r)
		}
	}
	return out
}

func cleanTags(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, t := range list {
		if t = oneLine(t); t != "" && !seen[t] && len(t) <= 100 && len(out) < mostOf {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// codeContext keeps the code of an answer for the evaluator: nobody says code.
func codeContext(code []string) string {
	if len(code) == 0 {
		return ""
	}
	s := "Code of the answer:\n\n" + strings.Join(code, "\n\n")
	if r := []rune(s); len(r) > 15_000 {
		s = string(r[:15_000])
	}
	return tidyCode(s)
}

// tidyCode takes white space off line ends only.
func tidyCode(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimRightFunc(line, unicode.IsSpace))
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}
