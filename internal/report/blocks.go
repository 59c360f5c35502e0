package report

import (
	"regexp"
	"strings"
)

// block is a paragraph, a list or code of simple Markdown, for a template that
// escapes what stands in it.
type block struct {
	Code    bool
	Text    string  // of code
	Runs    []run   // of a paragraph
	Items   [][]run // of a list
	Ordered bool
}

// blocks takes Markdown apart: paragraphs, headings (as strong paragraphs),
// lists, fenced and indented code. Whatever else Markdown knows stays text.
func blocks(s string) []block {
	var out []block
	for _, p := range splitCode(Block(s)) {
		if p.code {
			out = append(out, block{Code: true, Text: p.text})
			continue
		}
		for _, lines := range paragraphs(p.text) {
			out = append(out, blocksOf(lines)...)
		}
	}
	return out
}

// paragraphs parts text at its blank lines.
func paragraphs(s string) [][]string {
	var out [][]string
	var lines []string
	cut := func() {
		if len(lines) > 0 {
			out = append(out, lines)
			lines = nil
		}
	}
	for _, l := range strings.Split(s, "\n") {
		if strings.TrimSpace(l) == "" {
			cut()
			continue
		}
		lines = append(lines, l)
	}
	cut()
	return out
}

var (
	itemLine    = regexp.MustCompile(`^ {0,3}([-*+]|\d{1,9}[.)])\s+(.*)$`)
	headingLine = regexp.MustCompile(`^ {0,3}#{1,6}\s+(.*?)\s*#*$`)
)

// blocksOf is what a run of lines without a blank one holds: some text, and
// from its first item on a list.
func blocksOf(lines []string) []block {
	if indented(lines) {
		return []block{{Code: true, Text: strings.Join(lines, "\n")}}
	}
	var out []block
	var words []string
	cut := func() {
		if len(words) > 0 {
			out = append(out, block{Runs: runs(strings.Join(words, " "))})
			words = nil
		}
	}
	for _, l := range lines {
		item, heading := itemLine.FindStringSubmatch(l), headingLine.FindStringSubmatch(l)
		last := len(out) - 1
		switch {
		case heading != nil:
			cut()
			out = append(out, block{Runs: styled(runs(heading[1]), func(s *run) { s.Strong = true })})
		case item != nil && (len(words) == 0 || begins(item[1])):
			cut()
			out = addItem(out, item[1], item[2])
		case last >= 0 && out[last].Items != nil && len(words) == 0:
			n := len(out[last].Items) - 1
			out[last].Items[n] = append(out[last].Items[n], runs(" "+strings.TrimSpace(l))...)
		default:
			words = append(words, strings.TrimSpace(l))
		}
	}
	cut()
	return out
}

// begins tells whether a list may begin in the middle of a paragraph: as in
// CommonMark not with another number than 1, which may be a number at the
// start of a line.
func begins(sign string) bool { return !ordered(sign) || strings.TrimRight(sign, ".)") == "1" }

func ordered(sign string) bool { return strings.ContainsAny(sign, ".)") }

func indented(lines []string) bool {
	for _, l := range lines {
		if !strings.HasPrefix(l, "    ") && !strings.HasPrefix(l, "\t") {
			return false
		}
	}
	return true
}

// addItem adds an item to the list at the end, or begins one.
func addItem(out []block, sign, words string) []block {
	if n := len(out); n == 0 || out[n-1].Items == nil || out[n-1].Ordered != ordered(sign) {
		out = append(out, block{Ordered: ordered(sign)})
	}
	last := &out[len(out)-1]
	last.Items = append(last.Items, runs(words))
	return out
}
