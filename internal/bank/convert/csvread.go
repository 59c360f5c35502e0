package convert

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// decodeCSV reads a table with a row of names: question and answer, and others
// in any order. The delimiter is the one of , ; tab and | that the first line has
// most of. A table without names is read as question, answer.
func decodeCSV(file, data string) (List, error) {
	var out List
	columns, first := []field(nil), true
	out.rows(file, data, delimiter(data), 0, func(line int, row []string) {
		if first {
			first = false
			if columns = columnsOf(row); columns != nil {
				return
			}
			columns = []field{fieldQuestion, fieldAnswer}
		}
		if item, ok := rowItem(file, line, row, columns); ok {
			out.Items = append(out.Items, item)
		}
	})
	return out, nil
}

// rows reads a table to its end, or to a row that cannot be read: what follows cannot be told from it.
// before is how many lines of the file stand above the table.
func (l *List) rows(file, data string, comma rune, before int, each func(line int, row []string)) {
	r := csv.NewReader(strings.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			line := 0
			if p := new(csv.ParseError); errors.As(err, &p) {
				line = p.StartLine
			}
			l.leave(Unreadable, file, line+before, 1, err.Error())
			return
		}
		line, _ := r.FieldPos(0)
		each(line+before, row)
	}
}

// rowItem makes an item of a row; it is not ok when the row is empty.
func rowItem(file string, line int, row []string, columns []field) (Item, bool) {
	item := Item{File: file, Line: line, Topic: fileTopic(file)}
	filled := false
	for i, cell := range row {
		cell = unguard(cell)
		filled = filled || strings.TrimSpace(cell) != ""
		if i < len(columns) {
			item.put(columns[i], inMarkdown(cell))
		}
	}
	item.settleText()
	item.Prompt = cleanInline(item.Prompt)
	return item, filled
}

// columnsOf reads a row of names, nil when it is none. A column called title
// holds the question only where no other does.
func columnsOf(row []string) []field {
	out := make([]field, len(row))
	question, title := -1, -1
	for i, name := range row {
		out[i] = fieldOf(name)
		if out[i] == fieldQuestion {
			if strings.EqualFold(strings.TrimSpace(name), "title") {
				title = i
			} else if question < 0 {
				question = i
			}
		}
	}
	switch {
	case question < 0 && title < 0:
		return nil
	case question >= 0 && title >= 0:
		out[title] = noField
	}
	return out
}

// delimiter guesses what parts the cells, outside of quotes in the first line.
func delimiter(data string) rune {
	count := map[rune]int{}
	quoted := false
	for _, c := range data {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return most(count)
		case strings.ContainsRune(",;\t|", c):
			count[c]++
		}
	}
	return most(count)
}

func most(count map[rune]int) rune {
	best := ','
	for _, c := range ";\t|" {
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

// formulaStart begins a formula in a spreadsheet.
const formulaStart = "=+-@＝＋－＠\t"

// guard makes a cell safe for a spreadsheet: what begins like a formula gets an
// apostrophe before it, which spreadsheets take for "this is text".
func guard(s string) string {
	if s != "" && (strings.ContainsRune(formulaStart, []rune(s)[0]) || strings.HasPrefix(s, "'")) {
		return "'" + s
	}
	return s
}

// unguard takes the apostrophe off again.
func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && (strings.ContainsRune(formulaStart, []rune(rest)[0]) || rest[0] == '\'') {
		return rest
	}
	return s
}
