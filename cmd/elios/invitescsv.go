package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// writeInvitations writes a table as RFC 4180 has it, with a row of names
// first. No cell can be taken for a formula.
func writeInvitations(w io.Writer, list []session.Invited) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{"id", "name", "bank", "mode", "created_at", "expires_at", "state", "interview", "questions", "score", "judged"}}
	for _, v := range list {
		row := []string{v.ID, v.Name, v.Bank, string(v.Mode), timeCell(v.CreatedAt), timeCell(v.ExpiresAt), v.State, v.Interview, "", "", ""}
		if v.Interview != "" {
			row[8], row[10] = strconv.Itoa(v.Questions), strconv.Itoa(v.Judged)
		}
		if v.Score != nil {
			row[9] = decimal(*v.Score)
		}
		for i := range row {
			row[i] = report.Cell(row[i])
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// timeCell is a time as RFC 3339 has it, nothing for never.
func timeCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
