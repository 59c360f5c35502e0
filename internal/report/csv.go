package report

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/elios/elios/internal/session"
)

// CSVColumns describes the columns of a CSV report in their order: name and
// meaning.
func CSVColumns() [][2]string {
	out := make([][2]string, len(columns))
	for i, c := range columns {
		out[i] = [2]string{c.name, c.about}
	}
	return out
}

// CSV writes one row for each verdict as RFC 4180 has it, with a row of names
// first. Cells are one line each, and none can be taken for a formula. The only
// errors are the writer's.
func CSV(w io.Writer, r session.Report, _ About) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, x := range rowsOf(r) {
		for i, c := range columns {
			record[i] = Cell(c.value(x))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Cell makes text one line that is safe in a spreadsheet. What begins like a
// formula gets an apostrophe before it, which spreadsheets take for "this is text".
func Cell(s string) string {
	s = Line(s)
	if s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// rowsOf lists every verdict of a report.
func rowsOf(r session.Report) []row {
	var out []row
	for _, q := range r.Questions {
		if q.Reveal == nil {
			continue
		}
		add := func(kind string, points []session.RevealedPoint) {
			for _, p := range points {
				out = append(out, row{&r, &q, kind, p})
			}
		}
		for _, p := range q.Reveal.Points {
			kind := "key_point"
			if len(p.Anchors) > 0 {
				kind = "dimension"
			}
			add(kind, []session.RevealedPoint{p})
		}
		add("own_point", q.Reveal.Own)
		add(misconception, q.Reveal.Misconceptions)
	}
	return out
}
