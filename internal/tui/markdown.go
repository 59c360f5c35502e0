package tui

import (
	"strings"
	"unicode"

	"github.com/elios/elios/internal/text"
)

// markdown draws the small Markdown of banks: paragraphs, lists, quotes,
// headings, code. It is our own because glamour takes 1.5 to 10 ms for a question,
// where this takes microseconds, and draws a tab as nothing.
func (k *look) markdown(src string, w int) []string {
	d := &mdDoc{look: k, width: max(w, 8)}
	for _, line := range strings.Split(text.Clean(src), "\n") {
		d.line(strings.TrimRight(line, " \t"))
	}
	d.close()
	return d.out
}

// mdDoc gathers the block at hand and writes it out when the next one begins.
type mdDoc struct {
	*look
	width int
	out   []string
	para  []string
	lead  string // what the first line of the block hangs on
	fence string
	code  []string
	tight bool // the block before was an item of the same list
}

func (d *mdDoc) line(l string) {
	trimmed := strings.TrimLeft(l, " \t")
	switch {
	case d.fence != "":
		d.inFence(l, trimmed)
	case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
		d.close()
		d.fence = trimmed[:3]
	case trimmed == "":
		d.close()
		d.tight = false
	case len(d.para) == 0 && (strings.HasPrefix(l, "    ") || strings.HasPrefix(l, "\t")) && !d.tight:
		d.block(d.codeLines([]string{strings.TrimPrefix(strings.TrimPrefix(l, "    "), "\t")}), true)
		d.tight = true
	case strings.HasPrefix(trimmed, "#"):
		d.heading(trimmed)
	default:
		d.prose(l, trimmed)
	}
}

func (d *mdDoc) inFence(l, trimmed string) {
	if !strings.HasPrefix(trimmed, d.fence) {
		d.code = append(d.code, l)
		return
	}
	d.fence = ""
	d.block(d.codeLines(d.code), false)
	d.code = nil
}

func (d *mdDoc) heading(trimmed string) {
	d.close()
	d.block(wrapText(d.width, strings.TrimLeft(trimmed, "# "), &d.strong), false)
}

func (d *mdDoc) prose(l, trimmed string) {
	lead, rest := leadOf(trimmed)
	switch {
	case lead == "":
		d.para = append(d.para, trimmed)
		return
	case lead == ">" && d.lead == d.gutter+" ":
		d.para = append(d.para, rest)
		return
	}
	tight := d.tight || d.lead != ""
	d.close()
	d.tight = tight
	d.para = []string{rest}
	depth := strings.Repeat(" ", min(len(expand(l))-len(expand(trimmed)), 8))
	switch lead {
	case ">":
		d.lead = d.gutter + " "
	case "-":
		d.lead = depth + d.bullet + " "
	default:
		d.lead = depth + lead + " "
	}
}

// leadOf splits the sign of a list item or quote from its text.
func leadOf(s string) (lead, rest string) {
	if r, ok := strings.CutPrefix(s, ">"); ok {
		return ">", strings.TrimLeft(r, " ")
	}
	for _, sign := range []string{"- ", "* ", "+ "} {
		if r, ok := strings.CutPrefix(s, sign); ok {
			return "-", strings.TrimLeft(r, " ")
		}
	}
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	if n > 0 && n < 4 && (strings.HasPrefix(s[n:], ". ") || strings.HasPrefix(s[n:], ") ")) {
		return s[:n+1], strings.TrimLeft(s[n+1:], " ")
	}
	return "", s
}

// close writes the paragraph or item gathered so far, and code whose fence
// never ended.
func (d *mdDoc) close() {
	if len(d.code) > 0 {
		d.block(d.codeLines(d.code), false)
	}
	if len(d.para) > 0 {
		body := wrap(d.width-len([]rune(d.lead)), d.inline(strings.Join(d.para, " "))...)
		d.block(indent(d.mutedStyle.Render(d.lead), body), d.tight)
		d.tight = d.lead != ""
	}
	d.para, d.lead, d.code = nil, "", nil
}

// block writes lines with an empty one before, unless it belongs to a list.
func (d *mdDoc) block(lines []string, tight bool) {
	if len(d.out) > 0 && !tight {
		d.out = append(d.out, "")
	}
	d.out = append(d.out, lines...)
}

// codeLines keeps code as it stands; what is too long goes on in the next line,
// since a question one cannot read whole cannot be answered.
func (d *mdDoc) codeLines(code []string) []string {
	var out []string
	gutter := d.mutedStyle.Render(d.gutter) + " "
	for _, l := range code {
		for _, part := range hardBreak(expand(l), d.width-2) {
			out = append(out, gutter+part)
		}
	}
	return out
}
