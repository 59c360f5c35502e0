package convert

import (
	"regexp"
	"strings"
)

// mdLine is a line of a Markdown list with what it is.
type mdLine struct {
	no   int // from 1
	text string
	code bool // within a fenced block, the fences included
}

var fence = regexp.MustCompile("^[ \t]*(?:[-*+>][ \t]+|[0-9]+[.)][ \t]+)?(`{3,}|~{3,})([^`]*)$")

// mdLines takes a document apart. Comments outside of code become metadata and
// are taken out.
func mdLines(data string) (lines []mdLine, comments map[int]string) {
	comments = map[int]string{}
	open, inComment := "", 0
	for i, s := range strings.Split(data, "\n") {
		no := i + 1
		if open != "" && outOfCode(s) {
			open = "" // somebody forgot to close it
		}
		if open == "" {
			s, inComment = withoutComments(s, no, inComment, comments)
		}
		line := mdLine{no: no, text: strings.TrimRight(s, " \t"), code: open != ""}
		if m := fence.FindStringSubmatch(s); m != nil && inComment == 0 {
			switch {
			case open == "":
				open, line.code = m[1], true
			case m[1][0] == open[0] && len(m[1]) >= len(open) && strings.TrimSpace(m[2]) == "":
				open = ""
			}
		}
		lines = append(lines, line)
	}
	return lines, comments
}

// numberedQuestion is a heading as no program has it.
var numberedQuestion = regexp.MustCompile(`^[ \t]{0,3}\d{1,5}[.)][ \t]+#{1,6}[ \t]+\S|^#{1,6}[ \t]+\d{1,5}[.)][ \t]+\S.*\?$|^#{1,6}[ \t]+Q\d{1,5}\b`)

// outOfCode tells that a block of code must have ended before this line: lists
// of hundreds of questions have some that are never closed, and the rest of the
// list would be code.
func outOfCode(s string) bool { return numberedQuestion.MatchString(s) || topLink(s) }

// withoutComments takes <!-- … --> out of a line. in is the line on which an
// open comment began, 0 for none.
func withoutComments(s string, no, in int, comments map[int]string) (rest string, open int) {
	var b strings.Builder
	for {
		if in > 0 {
			body, after, ends := strings.Cut(s, "-->")
			comments[in] += body + "\n"
			if !ends {
				return b.String(), in
			}
			s, in = after, 0
		}
		before, after, starts := strings.Cut(s, "<!--")
		b.WriteString(before)
		if !starts {
			return b.String(), 0
		}
		s, in = after, no
	}
}

var (
	heading   = regexp.MustCompile(`^([ \t]*)([-*+][ \t]+|\d{1,5}[.)][ \t]+)?(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?$`)
	numbering = regexp.MustCompile(`^(?i)(?:(?:q|question)?\s*[-.#]?\s*\d{1,5}\s*[.):\-–]+\s*|(?:q|question)\s*[-.#]?\s*\d{1,5}\s+|q\s*[.:)]\s+)`)
	backToTop = regexp.MustCompile(`(?i)(?:back|go|return|scroll)?\s*to\s+(?:the\s+)?(?:top|contents?|table of contents)|[⬆↥⇧🔝↑⤴🔼]`)
	anchor    = regexp.MustCompile(`\]\(#[^)]*\)|href\s*=\s*["']?#`)
	rule      = regexp.MustCompile(`^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$`)
)

// topLink tells whether a line does nothing but lead back to the top.
func topLink(s string) bool {
	if len(s) > 300 || !anchor.MatchString(s) || !backToTop.MatchString(s) {
		return false
	}
	words := strings.Fields(plainInline(s))
	return len(words) <= 6 && !heading.MatchString(s)
}

// indentOf counts the columns before a line's text.
func indentOf(s string) int {
	n := 0
	for i := range len(s) {
		switch s[i] {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n
		}
	}
	return n
}

// cutIndent takes up to n columns of white space off a line.
func cutIndent(s string, n int) string {
	for n > 0 && s != "" && (s[0] == ' ' || s[0] == '\t') {
		if s[0] == '\t' {
			n -= 3
		}
		n--
		s = s[1:]
	}
	return s
}
