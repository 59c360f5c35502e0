package plain

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/elios/elios/internal/report"
)

// sayText says a text of a bank, an evaluator or a person after a label. Each
// line of the output says what it belongs to, since a screen reader may begin
// at any of them: the first has the whole label, a further paragraph
// "Question, continued", a line of code its number.
func (r *runner) sayText(label, body string) {
	named := false
	for _, p := range paragraphs(report.Block(body)) {
		switch {
		case p.code:
			if !named {
				r.say("%s: in code.", label)
			}
			r.sayCode(p.lines)
		case named:
			r.say("%s, continued: %s", heading(label), p.lines[0])
		default:
			r.say("%s: %s", label, p.lines[0])
		}
		named = true
	}
}

// sayCode says code line by line. Blank lines are left out, the numbers tell.
func (r *runner) sayCode(lines []string) {
	of := fmt.Sprintf(" of %d", len(lines))
	for i, l := range lines {
		if !blank(l) {
			r.say("Code line %d%s: %s", i+1, of, strings.TrimRight(l, " \t"))
			of = ""
		}
	}
}

// sayTyped says what a person typed, line by line as it was typed.
func (r *runner) sayTyped(label, body string) {
	lines := strings.Split(report.Block(body), "\n")
	for i, l := range lines {
		switch {
		case len(lines) == 1:
			r.say("%s: %s", label, l)
		case !blank(l):
			r.say("%s, line %d of %d: %s", label, i+1, len(lines), l)
		}
	}
}

// heading is a label without its numbers: "Question" for "Question 1 of 2".
func heading(label string) string {
	if i := strings.IndexAny(label, "0123456789(,"); i > 0 {
		label = label[:i]
	}
	return strings.TrimSpace(label)
}

// paragraph is prose as one line, or the lines inside a fence.
type paragraph struct {
	lines []string
	code  bool
}

// fenceLine opens or closes code.
var fenceLine = regexp.MustCompile("^ {0,3}(```+|~~~+)[^`]*$")

// listItem begins an item of a list.
var listItem = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+`)

// paragraphs takes Markdown apart for the ear. A fence that stays open reaches
// to the end.
func paragraphs(s string) []paragraph {
	var out []paragraph
	var lines []string
	fence := ""
	cut := func(code bool) {
		if body := strings.Join(lines, "\n"); !blank(body) {
			if !code {
				lines = []string{prose(body)}
			}
			out = append(out, paragraph{lines, code})
		}
		lines = nil
	}
	for l := range strings.SplitSeq(s, "\n") {
		m := fenceLine.FindStringSubmatch(l)
		switch {
		case m != nil && fence == "":
			cut(false)
			fence = m[1]
			continue
		case m != nil && strings.HasPrefix(m[1], fence):
			cut(true)
			fence = ""
			continue
		case fence == "" && (blank(l) || listItem.MatchString(l)):
			cut(false)
		}
		lines = append(lines, l)
	}
	cut(fence != "")
	return out
}

// codeOrBold finds code between backticks, and what Markdown makes bold: there may be code
// in that.
var codeOrBold = regexp.MustCompile("`[^`]*`|\\*\\*((?:`[^`]*`|[^*`])+)\\*\\*")

// prose is a paragraph as one line without the signs of its layout. What
// stands between backticks stays as it is.
func prose(s string) string {
	return codeOrBold.ReplaceAllStringFunc(report.Line(listItem.ReplaceAllString(s, "")), func(found string) string {
		inner := strings.Trim(found, "*")
		if found[0] == '`' || strings.TrimSpace(inner) != inner { // 2 ** 3 is arithmetic
			return found
		}
		return inner
	})
}
