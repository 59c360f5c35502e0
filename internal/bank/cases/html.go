package cases

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
)

//go:embed page.html
var pageText string

// page escapes every text for the place it stands in. It is parsed when it is
// first needed: most runs of elios never do.
var page = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageText)) })

// WriteHTML writes a report as one page that needs nothing else: no script, no
// font, no picture. Key points that were judged wrongly come first, then a heat
// map of cases and evaluators, then what failed.
func (r *Report) WriteHTML(w io.Writer, strict bool) error {
	var failures printer
	failures.several = len(r.evaluators()) > 1
	for i := range r.Suites {
		failures.failures(&r.Suites[i], strict)
	}
	var sums printer
	sums.sums(r, strict)
	return page().Execute(w, map[string]any{
		"Sums": strings.TrimSpace(sums.b.String()), "Points": worstPoints(r), "Heat": heatOf(r),
		"Failures": strings.TrimSpace(failures.b.String()),
	})
}

// pointRow is a key point that was judged wrongly at least once.
type pointRow struct {
	Place, Point, Evaluator string
	Wrong, Expected, Share  int // the share in per cent
}

// worstPoints lists the points that were judged wrongly, the worst first.
func worstPoints(r *Report) []pointRow {
	var out []pointRow
	for _, s := range r.Suites {
		for _, p := range s.Points {
			if p.Wrong > 0 {
				out = append(out, pointRow{s.Bank.ID + "#" + p.Question, p.Point, s.Name, p.Wrong, p.Expected, (100*p.Wrong + p.Expected/2) / p.Expected})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b pointRow) int {
		return cmp.Or(cmp.Compare(b.Wrong*a.Expected, a.Wrong*b.Expected), cmp.Compare(b.Wrong, a.Wrong))
	})
	return out
}

// heat is a table of cases and evaluators.
type heat struct {
	Evaluators []string
	Rows       []heatRow
}

type heatRow struct {
	Place string
	Cells []heatCell
}

// heatCell is what a case came to with an evaluator. Class is its colour: that
// alone would tell some readers nothing, so Text says it too.
type heatCell struct{ Class, Text string }

func heatOf(r *Report) heat {
	h := heat{Evaluators: r.evaluators()}
	at := map[string]int{}
	for _, s := range r.Suites {
		column := slices.Index(h.Evaluators, s.Name)
		for i := range s.Cases {
			c := &s.Cases[i]
			name := s.Bank.ID + "#" + c.Question + "/" + c.Case
			row, known := at[name]
			if !known {
				row = len(h.Rows)
				at[name] = row
				h.Rows = append(h.Rows, heatRow{name, make([]heatCell, len(h.Evaluators))})
			}
			h.Rows[row].Cells[column] = cellOf(c)
		}
	}
	return h
}

func cellOf(c *CaseResult) heatCell {
	score := "–"
	if c.Outcome.Score != nil {
		score = fmt.Sprintf("%.0f", *c.Outcome.Score)
	}
	if c.Runs > 1 {
		score += fmt.Sprintf(", %d/%d", c.Passed, c.Runs)
	}
	switch {
	case c.Skipped != "":
		return heatCell{"skip", "skipped"}
	case !c.OK:
		return heatCell{"bad", "failed " + score}
	case c.Passed < c.Runs:
		return heatCell{"part", "passed " + score}
	}
	return heatCell{"good", "passed " + score}
}
