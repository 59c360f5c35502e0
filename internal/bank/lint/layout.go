package lint

import (
	"bytes"
	"unicode/utf8"

	"github.com/elios/elios/internal/bank"
)

// checkLayout finds white space that means nothing: at the end of a line that
// is no line of a text, or missing at the end of the file.
func checkLayout(at *bank.Places) []Finding {
	var out []Finding
	for _, file := range at.Files() {
		data, inText := at.Data(file), at.Blocks(file)
		offset := 0
		for n, line := range bytes.SplitAfter(data, []byte("\n")) {
			body := bytes.TrimRight(line, "\r\n")
			kept := bytes.TrimRight(body, " \t")
			if len(kept) < len(body) && !inText(n+1) {
				f := newFinding(whitespace, bank.Place{File: file, Line: n + 1, Column: utf8.RuneCount(kept) + 1}, "white space at the end of the line")
				f.mends(edit{file: file, start: offset + len(kept), end: offset + len(body)})
				out = append(out, f)
			}
			offset += len(line)
		}
	}
	return out
}

// mends gives a finding the edit that mends it.
func (f *Finding) mends(e edit) { f.edit, f.Fixable = &e, true }

// edit puts a text in the place of some bytes of a file.
type edit struct {
	file       string
	start, end int
	text       string
}
