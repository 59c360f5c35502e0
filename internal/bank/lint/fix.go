package lint

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/elios/elios/internal/bank"
)

// Fix is a file with what is mechanical mended, byte for byte the same
// elsewhere, and the findings that are mended by it. Of edits that touch one
// another only the first is made; another run mends the rest.
func Fix(file string, data []byte, findings []Finding) ([]byte, []Finding) {
	var mended []Finding
	for _, f := range findings {
		if f.edit != nil && f.edit.file == file && f.edit.start <= f.edit.end && f.edit.end <= len(data) {
			mended = append(mended, f)
		}
	}
	slices.SortStableFunc(mended, func(a, b Finding) int { return cmp.Compare(a.edit.start, b.edit.start) })
	var out []byte
	at := 0
	mended = slices.DeleteFunc(mended, func(f Finding) bool {
		if f.edit.start < at {
			return true
		}
		out = append(append(out, data[at:f.edit.start]...), f.edit.text...)
		at = f.edit.end
		return false
	})
	return append(out, data[at:]...), mended
}

// withoutItem takes an item that is not the first out of a list in brackets.
func (q *question) withoutItem(p bank.Place) (edit, bool) {
	data := q.at.Data(p.File)
	start := offsetOf(data, p.Line, p.Column)
	before := bytes.TrimRight(data[:start], " \t\r\n")
	length := itemLength(data[start:])
	if length == 0 || !bytes.HasSuffix(before, []byte(",")) {
		return edit{}, false
	}
	return edit{file: p.File, start: len(before) - 1, end: start + length}, true
}

// item is a text in a list in brackets, up to what follows it.
var item = regexp.MustCompile(`^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'\[\]{},#&*!|>%@` + "`" + `-][^,\[\]{}#\n]*?)\s*[,\]]`)

// itemLength is how many bytes an item of such a list has, 0 when it is not a
// plain or quoted text.
func itemLength(data []byte) int {
	m := item.FindSubmatchIndex(data)
	if m == nil {
		return 0
	}
	return m[3]
}

// shortVersion is a version of two numbers.
var shortVersion = regexp.MustCompile(`^["']?((?:0|[1-9]\d*)\.(?:0|[1-9]\d*))["']?[ \t]*(?:#.*)?\r?(?:\n|$)`)

// wholeVersion adds the patch to a version that has none.
func wholeVersion(p bank.Problem, at *bank.Places) (edit, bool) {
	if p.Rule != bank.RuleVersion || p.Path != "version" || at == nil {
		return edit{}, false
	}
	data := at.Data(p.File)
	start := offsetOf(data, p.Line, p.Column)
	m := shortVersion.FindSubmatchIndex(data[start:])
	if m == nil {
		return edit{}, false
	}
	end := start + m[3]
	return edit{file: p.File, start: end, end: end, text: ".0"}, true
}

// offsetOf is the byte at a line and column, both from 1, or the end.
func offsetOf(data []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		next := bytes.IndexByte(data[at:], '\n')
		if next < 0 {
			return len(data)
		}
		at += next + 1
	}
	for ; column > 1 && at < len(data); column-- {
		_, n := utf8.DecodeRune(data[at:])
		at += n
	}
	return at
}
