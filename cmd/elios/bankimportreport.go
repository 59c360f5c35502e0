package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/elios/elios/internal/bank/convert"
	"github.com/elios/elios/internal/bank/lint"
	"github.com/elios/elios/internal/report"
)

// mostShown is how many places of a kind are listed without --verbose.
const mostShown = 3

// importReport is the report as JSON.
type importReport struct {
	Bank   string `json:"bank"`
	ID     string `json:"id"`
	Topics int    `json:"topics"`
	convert.Report
}

// print prints the report of an import.
func (o *bankImportOptions) print(r *convert.Result, where string) error {
	var err error
	if o.json {
		err = json.NewEncoder(o.out).Encode(importReport{where, r.Bank.ID, len(r.Bank.Topics), r.Report})
	} else {
		err = writeImport(o.out, r, where, o.verbose)
	}
	if err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	return nil
}

// writeImport says what became of everything in the lists.
func writeImport(w io.Writer, r *convert.Result, where string, verbose bool) error {
	var s strings.Builder
	rep := &r.Report
	fmt.Fprintf(&s, "Read %s in %s: %d taken over into %s, in %s.\n",
		report.Count(rep.Read, "question"), report.Count(rep.Files, "file"), rep.Taken(), where, report.Count(len(r.Bank.Topics), "topic"))
	for _, line := range []struct {
		n    int
		what string
	}{
		{rep.WithPoints, "with key points of their own"},
		{rep.FromAnswer, "with an answer only: its sentences are the key points"},
		{rep.WithoutAnswer, "without an answer: drafts, which no interview asks"},
		{rep.CodeOnly, "with nothing but code for an answer: drafts too"},
		{rep.Duplicates, "twice in the list: taken once"},
		{rep.Empty, "without a text: not taken"},
	} {
		if line.n > 0 {
			fmt.Fprintf(&s, "%6d %s\n", line.n, line.what)
		}
	}
	writeLeft(&s, rep, verbose)
	if len(rep.Todo) > 0 {
		fmt.Fprintf(&s, "\nWhat only an author can add (`elios bank lint %s` shows where):\n", where)
	}
	for _, t := range rep.Todo {
		fmt.Fprintf(&s, "%6d %s [%s]\n", t.Count, t.What, t.Rule)
	}
	_, err := io.WriteString(w, s.String())
	return err
}

// writeLeft lists what was not taken over as it stood, by kind.
func writeLeft(w io.Writer, r *convert.Report, verbose bool) {
	sums := r.Sums()
	if len(sums) == 0 {
		return
	}
	fmt.Fprintln(w, "\nNot taken over as it stood:")
	for _, sum := range sums {
		fmt.Fprintf(w, "%6d %s\n", sum.Count, sum.Kind)
		shown := 0
		for _, l := range r.Left {
			if l.Kind != sum.Kind {
				continue
			}
			if shown++; shown > mostShown && !verbose {
				fmt.Fprintf(w, "         … (--verbose lists all)\n")
				break
			}
			fmt.Fprintf(w, "         %s:%d %s\n", l.File, l.Line, l.Text)
		}
	}
}

// todos adds up what lint still finds.
func todos(found []lint.Finding) []convert.Todo {
	n := map[string]int{}
	for _, f := range found {
		n[f.Rule]++
	}
	var out []convert.Todo
	for _, rule := range lint.Rules() {
		if n[rule.ID] > 0 {
			out = append(out, convert.Todo{Rule: rule.ID, Count: n[rule.ID], What: rule.Summary + ". " + rule.Mend})
		}
	}
	return out
}
