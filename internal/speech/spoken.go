package speech

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// maxSpoken is how many characters of a text are read, about six minutes.
const maxSpoken = 5000

// What is said of things one has to look at.
const (
	codeHere  = "There is code on the screen."
	tableHere = "There is a table on the screen."
	restHere  = "The rest is on the screen."
)

// Spoken is a text as it is read aloud: clean, in one line, without the signs
// of Markdown, and with a word about code and tables in place of them. Each
// paragraph, heading and item ends as a sentence.
func Spoken(src string) string {
	var d spokenDoc
	for _, line := range strings.Split(text.Clean(src), "\n") {
		d.line(line)
	}
	d.close()
	return cut(strings.Join(d.out, " "))
}

// spokenDoc gathers the block at hand and says it when the next one begins.
type spokenDoc struct {
	out   []string
	para  []string
	fence string
	list  bool // indented lines go on with an item
}

func (d *spokenDoc) line(l string) {
	trimmed := strings.TrimSpace(l)
	switch {
	case d.fence != "":
		if strings.HasPrefix(trimmed, d.fence) {
			d.fence = ""
		}
	case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
		d.close()
		d.fence = trimmed[:3]
		d.once(codeHere)
	case trimmed == "":
		d.close()
	case len(d.para) == 0 && !d.list && (strings.HasPrefix(l, "    ") || strings.HasPrefix(l, "\t")):
		d.once(codeHere)
	case strings.HasPrefix(trimmed, "|"):
		d.close()
		d.once(tableHere)
	case rule.MatchString(trimmed):
		d.close()
	default:
		d.prose(trimmed)
	}
}

var (
	rule = regexp.MustCompile(`^([-*_=] *){3,}$`)
	lead = regexp.MustCompile(`^(?:#{1,6}|[-*+•])\s+|^>\s?`)
	item = regexp.MustCompile(`^(?:[-*+•]|\d{1,3}[.)])\s`)
)

// prose adds a line to the paragraph; the sign of a heading, item or quote
// begins one of its own.
func (d *spokenDoc) prose(trimmed string) {
	heading := strings.HasPrefix(trimmed, "#")
	if item.MatchString(trimmed) || heading {
		d.close()
		d.list = !heading
	} else if len(d.para) == 0 {
		d.list = false
	}
	for {
		rest := lead.ReplaceAllString(trimmed, "")
		if rest == trimmed {
			break
		}
		trimmed = rest
	}
	d.para = append(d.para, trimmed)
	if heading {
		d.close()
	}
}

// close says the paragraph gathered so far.
func (d *spokenDoc) close() {
	if s := strings.Join(strings.Fields(inline(strings.Join(d.para, " "))), " "); s != "" {
		if !strings.ContainsAny(s[len(s)-1:], ".!?:;") {
			s += "."
		}
		d.out = append(d.out, s)
	}
	d.para = nil
}

// once says a sentence, but not twice in a row.
func (d *spokenDoc) once(s string) {
	if n := len(d.out); n == 0 || d.out[n-1] != s {
		d.out = append(d.out, s)
	}
}

var (
	code     = regexp.MustCompile("``? ?([^`]+?) ?``?")
	link     = regexp.MustCompile(`!?\[([^\]]*)\]\([^)\s]*\)`)
	address  = regexp.MustCompile(`<?\b(?:https?|ftp)://[^\s>]+>?`)
	strong   = regexp.MustCompile(`(\*\*|__)(\S|\S.*?\S)(?:\*\*|__)`)
	emphasis = regexp.MustCompile(`(^|[\s(])([*_])(\w|\w[^*_]*\w)[*_]([\s.,;:!?)]|$)`)
)

// inline takes the signs of Markdown out of a paragraph; those within code stay.
func inline(s string) string {
	var b strings.Builder
	for s != "" {
		m := code.FindStringSubmatchIndex(s)
		if m == nil {
			b.WriteString(plainProse(s))
			break
		}
		b.WriteString(plainProse(s[:m[0]]))
		b.WriteString(s[m[2]:m[3]])
		s = s[m[1]:]
	}
	// Doubled brackets hold commands and phonemes in the speech programs.
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "[[", "[ ["), "[[", "[ [")
}

func plainProse(s string) string {
	s = link.ReplaceAllString(s, "$1")
	s = address.ReplaceAllString(s, "a link")
	s = strong.ReplaceAllString(s, "$2")
	return emphasis.ReplaceAllString(s, "$1$3$4")
}

// cut ends a text that is too long after a word.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= maxSpoken {
		return s
	}
	s = string([]rune(s)[:maxSpoken])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + ". " + restHere
}
