package convert

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// writeCSV writes a table with a row of names, as RFC 4180 has it. No cell can
// be taken for a formula.
func writeCSV(w io.Writer, list []entry) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"id", "topic", "level", "tags", "question", "answer", "key points"}); err != nil {
		return err
	}
	for _, e := range list {
		row := []string{e.ID, e.Topic, strconv.Itoa(e.Level), strings.Join(e.Tags, ", "), e.Question, e.Answer, points(e)}
		for i := range row {
			row[i] = guard(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// points writes key points a line each, as a list: a single point with a
// semicolon in it would else be read as two.
func points(e entry) string {
	if len(e.KeyPoints) == 0 {
		return ""
	}
	return "• " + strings.Join(e.KeyPoints, "\n• ")
}
