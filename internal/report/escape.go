package report

import (
	"regexp"
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// escape takes every meaning in Markdown and HTML from a line of text.
func escape(s string) string {
	var b strings.Builder
	for _, c := range s {
		if strings.ContainsRune("\\`*_[]<>|~&#$", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	s = bullet.ReplaceAllString(b.String(), `$1\$2`)
	return numbered.ReplaceAllString(s, `$1\$2$3`)
}

// bullet and numbered find what would make a list, a heading or a rule at the
// start of a line.
var (
	bullet   = regexp.MustCompile(`^(\s*)([-+=])`)
	numbered = regexp.MustCompile(`^(\s*\d+)([.)])(\s|$)`)
)

// inline is text as one line of Markdown. Only pairs of backticks keep their
// meaning, since rubrics speak of code; the text between them is literal.
func inline(s string) string {
	s = Line(s)
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 || strings.Contains(s, "``") {
		return escape(s)
	}
	var b strings.Builder
	for i, p := range parts {
		switch {
		case i == 0:
			b.WriteString(escape(p))
		case i%2 == 0:
			b.WriteString(escapeRest(p))
		default:
			b.WriteString("`" + p + "`")
		}
	}
	return b.String()
}

// escapeRest is escape for text that does not begin a line.
func escapeRest(s string) string { return strings.TrimPrefix(escape("x"+s), "x") }

// prose is Markdown of a bank inside a quotation, which ends whatever it
// leaves open. Code is fenced anew; what could be HTML or a link is escaped.
func prose(s string) string {
	var out []string
	for _, p := range splitCode(Block(s)) {
		switch {
		case p.code:
			out = append(out, fence(p.text, p.lang))
		case suspicious.MatchString(p.text):
			out = append(out, plainLines(p.text))
		default:
			out = append(out, p.text)
		}
	}
	return quote(strings.Join(out, "\n\n"))
}

// suspicious finds what may be a tag, an entity, a link, an image, a link's
// definition or a fence.
var suspicious = regexp.MustCompile("<[A-Za-z/!?]|&[#A-Za-z]|\\]\\(|\\]\\[|\\]:|```|~~~")

// plainLines escapes text but keeps its lines.
func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = inline(l)
	}
	return hardBreaks(lines)
}

// hardBreaks joins lines so that each stays one: with a backslash at the end,
// unless it or the next one is blank.
func hardBreaks(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(l)
		if i+1 == len(lines) {
			break
		}
		if l != "" && lines[i+1] != "" {
			b.WriteByte('\\')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// quote puts "> " before every line.
func quote(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = "> " + l
		if l == "" {
			lines[i] = ">"
		}
	}
	return strings.Join(lines, "\n")
}

// fence shows text literally, between fences longer than any inside it.
func fence(s, lang string) string {
	longest := 0
	for run := range strings.FieldsFuncSeq(s, func(c rune) bool { return c != '`' }) {
		longest = max(longest, len(run))
	}
	f := strings.Repeat("`", max(3, longest+1))
	return f + lang + "\n" + s + "\n" + f
}

// reference is where to read on. Only web addresses become links.
func reference(r rubric.Reference) string {
	title, link := inline(r.Title), Line(r.URL)
	if !webAddress(link) {
		return strings.TrimSpace(title + " " + escape(link))
	}
	return strings.TrimSpace(title + " <" + link + ">")
}
