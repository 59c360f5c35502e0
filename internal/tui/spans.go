package tui

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/text"
)

// span is text in one style; nil is the terminal's own. The text is plain, without
// escape codes.
type span struct {
	text  string
	style *lipgloss.Style
}

// wrapper fills lines word by word. Styles are put around finished pieces of a
// line, never across a line end, so that no colour runs into what is beside.
type wrapper struct {
	width int
	lines []string
	line  []span
	col   int
	word  []span
	wordW int
	gap   span
}

// nbsp keeps words on one line; it is drawn as a blank.
const nbsp = "\u00a0"

func unbroken(s string) string { return strings.ReplaceAll(s, " ", nbsp) }

// wrap breaks spans into lines of at most w columns. Line ends and runs of
// blanks in the text are kept.
func wrap(w int, spans ...span) []string {
	f := &wrapper{width: max(w, 2)}
	for _, s := range spans {
		s.text = text.Clean(s.text) // nothing from outside reaches the terminal as it is
		f.feed(s)
	}
	f.flush()
	f.end()
	return f.lines
}

// wrapText is wrap for text in a single style.
func wrapText(w int, s string, style *lipgloss.Style) []string { return wrap(w, span{s, style}) }

func (f *wrapper) feed(s span) {
	for len(s.text) > 0 {
		n := runLen(s.text)
		piece := s.text[:n]
		s.text = s.text[n:]
		switch {
		case piece == "\n":
			f.flush()
			f.end()
		case piece[0] == ' ' || piece[0] == '\t':
			f.flush()
			f.gap = span{f.gap.text + strings.ReplaceAll(piece, "\t", "    "), s.style}
		default:
			f.word = append(f.word, span{piece, s.style})
			f.wordW += lipgloss.Width(piece)
		}
	}
}

// runLen is the length of the line end, run of blanks or word at the start.
func runLen(s string) int {
	if s[0] == '\n' {
		return 1
	}
	blank := s[0] == ' ' || s[0] == '\t'
	for i, r := range s {
		if r == '\n' || (r == ' ' || r == '\t') != blank {
			return i
		}
		if !blank && i > 0 && wide(r) { // scripts without spaces may break before any character
			return i
		}
	}
	return len(s)
}

func wide(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// flush sets the gathered word, on the next line when it does not fit.
func (f *wrapper) flush() {
	if len(f.word) == 0 {
		return
	}
	gap := lipgloss.Width(f.gap.text)
	if f.col+gap+f.wordW > f.width && f.col > 0 {
		f.end()
		gap = 0
	}
	if gap > 0 && gap+1 < f.width {
		f.put(f.gap)
	}
	for _, p := range f.word {
		f.set(p)
	}
	f.word, f.wordW, f.gap = f.word[:0], 0, span{}
}

// set puts a piece down and breaks it where it is longer than a line.
func (f *wrapper) set(p span) {
	for f.col+lipgloss.Width(p.text) > f.width {
		part := ansi.Truncate(p.text, f.width-f.col, "")
		if part == "" && f.col == 0 {
			break // not even one character fits
		}
		f.put(span{part, p.style})
		f.end()
		p.text = p.text[len(part):]
	}
	f.put(p)
}

func (f *wrapper) put(p span) {
	if p.text == "" {
		return
	}
	f.col += lipgloss.Width(p.text)
	if n := len(f.line); n > 0 && f.line[n-1].style == p.style {
		f.line[n-1].text += p.text
		return
	}
	f.line = append(f.line, p)
}

func (f *wrapper) end() {
	var b strings.Builder
	for _, p := range f.line {
		p.text = strings.ReplaceAll(p.text, nbsp, " ")
		if p.style == nil {
			b.WriteString(p.text)
		} else {
			b.WriteString(p.style.Render(p.text))
		}
	}
	f.lines = append(f.lines, b.String())
	f.line, f.col, f.gap = f.line[:0], 0, span{}
}
