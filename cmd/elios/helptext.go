package main

import (
	"fmt"
	"strings"
)

// helpText is help in the making.
type helpText struct {
	b     strings.Builder
	width int
}

func (h *helpText) line(s string) { h.b.WriteString(strings.TrimRight(s, " ") + "\n") }

func (h *helpText) title(s string) { h.line("\n" + s + ":") }

// prose wraps paragraphs. An indented line stays as it is.
func (h *helpText) prose(s string) {
	var words []string
	flush := func() {
		for _, l := range wrap(words, h.width) {
			h.line(l)
		}
		words = nil
	}
	for l := range strings.SplitSeq(s, "\n") {
		if l != "" && !strings.HasPrefix(l, " ") {
			words = append(words, strings.Fields(l)...)
			continue
		}
		flush()
		h.line(l)
	}
	flush()
}

// row is a line of a table: a name and what it is.
type row struct{ name, text string }

// nameWidth is the widest name that has its text on the same line.
const nameWidth = 26

// columnOf is where the texts of a table begin.
func columnOf(rows []row) int {
	column := 0
	for _, r := range rows {
		if len(r.name) <= nameWidth {
			column = max(column, len(r.name))
		}
	}
	return column
}

func (h *helpText) table(title string, rows []row, column int) {
	if len(rows) == 0 {
		return
	}
	h.title(title)
	for _, r := range rows {
		name := r.name
		if len(name) > nameWidth {
			h.line("  " + name)
			name = ""
		}
		for _, l := range wrap(strings.Fields(r.text), h.width-column-4) {
			h.line(fmt.Sprintf("  %-*s  %s", column, name, l))
			name = ""
		}
	}
}

// wrap fills lines of at most width with words.
func wrap(words []string, width int) []string {
	var lines []string
	line := ""
	for _, w := range words {
		switch {
		case line == "":
			line = w
		case len([]rune(line))+1+len([]rune(w)) <= width:
			line += " " + w
		default:
			lines = append(lines, line)
			line = w
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
