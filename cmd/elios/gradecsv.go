package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// csvRows reads CSV (RFC 4180) with a header. Columns may stand in any order, and "reference" more
// than once; others are left alone. Commas, semicolons or tabs part the columns.
type csvRows struct {
	in      *csv.Reader
	limit   *limitedRecord
	columns []string
}

var gradeColumns = []string{"id", "question", "reference", "bank", "question_id", "answer"}

func newCSVRows(in interface {
	io.Reader
	Peek(int) ([]byte, error)
},
) (*csvRows, error) {
	limit := &limitedRecord{in: in}
	r := &csvRows{in: csv.NewReader(limit), limit: limit}
	r.in.Comma = separator(in)
	r.in.FieldsPerRecord = -1
	r.in.ReuseRecord = true
	header, err := r.in.Read()
	if err != nil {
		return nil, &exitError{code: exitUsage, msg: fmt.Sprintf("answers: the header of the CSV file cannot be read: %v", err)}
	}
	for _, c := range header {
		c = strings.ToLower(strings.TrimSpace(c))
		if base, n, found := strings.Cut(c, "_"); found && base == "reference" || c == "references" {
			if _, err := strconv.Atoi(n); err == nil || c == "references" {
				c = "reference"
			}
		}
		r.columns = append(r.columns, c)
	}
	for _, c := range []string{"id", "answer"} {
		if !slices.Contains(r.columns, c) {
			return nil, &exitError{code: exitUsage, msg: fmt.Sprintf(
				"answers: the CSV file needs a header with a column %q; the columns it may have are %s", c, strings.Join(gradeColumns, ", "))}
		}
	}
	return r, nil
}

// separator is the character that the header has most of.
func separator(in interface{ Peek(int) ([]byte, error) }) rune {
	head, _ := in.Peek(4096) // a short file is all there is
	line, _, _ := strings.Cut(string(head), "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

func (r *csvRows) next() (gradeRow, int, error) {
	r.limit.left = maxLine
	fields, err := r.in.Read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		return gradeRow{}, syntax.StartLine, badRow{syntax.Err}
	case err != nil:
		return gradeRow{}, 0, err
	}
	line, _ := r.in.FieldPos(0)
	if len(fields) > len(r.columns) {
		return gradeRow{}, line, badRow{fmt.Errorf("%d columns, the header has %d", len(fields), len(r.columns))}
	}
	var row gradeRow
	for i, f := range fields {
		row.set(r.columns[i], f)
	}
	return row, line, nil
}

func (row *gradeRow) set(column, value string) {
	switch column {
	case "id":
		row.ID, _ = json.Marshal(value) // a string always can be
		if value == "" {
			row.ID = nil
		}
	case "question":
		row.Question = value
	case "reference":
		if strings.TrimSpace(value) != "" {
			row.References = append(row.References, value)
		}
	case "bank":
		row.Bank = value
	case "question_id":
		row.QuestionID = value
	case "answer":
		row.Answer = &value
	}
}

// limitedRecord refuses to read on in a record that is too long, such as one with a quote that is
// never closed.
type limitedRecord struct {
	in   io.Reader
	left int
}

func (l *limitedRecord) Read(b []byte) (int, error) {
	if l.left < 0 {
		return 0, fmt.Errorf("a row longer than %d bytes; is a quote never closed?", maxLine)
	}
	n, err := l.in.Read(b)
	l.left -= n
	return n, err
}

// csvScores writes CSV with a header.
type csvScores struct {
	out    *csv.Writer
	headed bool
}

func newCSVScores(w io.Writer) *csvScores { return &csvScores{out: csv.NewWriter(w)} }

func (c *csvScores) write(row gradedRow) error {
	if err := c.head(); err != nil {
		return err
	}
	var id string
	if err := json.Unmarshal(row.ID, &id); err != nil {
		return fmt.Errorf("id %s: %w", row.ID, err)
	}
	score := ""
	if row.Score != nil {
		score = decimal(*row.Score)
	}
	return c.out.Write([]string{
		id, score, decimal(row.Similarity), pointsWith(row.Verdicts, rubric.Met), pointsWith(row.Verdicts, rubric.Partial), pointsWith(row.Verdicts, rubric.Missed),
	})
}

func (c *csvScores) head() error {
	if c.headed {
		return nil
	}
	c.headed = true
	return c.out.Write([]string{"id", "score", "similarity", "met", "partial", "missed"})
}

func (c *csvScores) flush() error {
	if err := c.head(); err != nil {
		return err
	}
	c.out.Flush()
	return c.out.Error()
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// pointsWith lists the points with a status.
func pointsWith(verdicts []rubric.Verdict, s rubric.Status) string {
	var out []string
	for _, v := range verdicts {
		if v.Status == s {
			out = append(out, v.Point)
		}
	}
	return strings.Join(out, " ")
}
