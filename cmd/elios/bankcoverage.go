package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank/cases"
)

// bankCoverageOptions is `elios bank coverage`.
type bankCoverageOptions struct {
	*app
	json bool
}

func newBankCoverage(a *app) *cobra.Command {
	o := &bankCoverageOptions{app: a}
	cmd := &cobra.Command{
		Use:     "coverage BANK",
		Short:   "Show what of a bank is tested",
		Example: "elios bank coverage go\nelios bank coverage ./my-bank --json",
		Long: "Show the questions and cases of each topic and level, and the key points and dimensions\n" +
			"that no case expects anything of.",
		Args:              usageArgs(cobra.ExactArgs(1)),
		ValidArgsFunction: completeBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args[0]) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "print it as one JSON object")
	return cmd
}

func (o *bankCoverageOptions) run(ctx context.Context, arg string) error {
	b, err := o.namedBank(ctx, arg)
	if err != nil {
		return err
	}
	c := cases.CoverageOf(b)
	if o.json {
		err = json.NewEncoder(o.out).Encode(c)
	} else {
		err = writeCoverage(o.out, c)
	}
	if err != nil {
		return fmt.Errorf("print the coverage: %w", err)
	}
	return nil
}

// Widths of the table's columns: 80 together.
const (
	topicWidth    = 25
	levelWidth    = 9
	untestedWidth = 10
)

// writeCoverage writes questions and cases of each topic and level as a table,
// and the untested points beneath.
func writeCoverage(w io.Writer, c cases.Coverage) error {
	var s strings.Builder
	fmt.Fprintf(&s, "%s (%s %s)\n", firstLine(c.Bank.Title, topicWidth+levelWidth), c.Bank.ID, c.Bank.Version)
	fmt.Fprintf(&s, "%d questions, %d cases, %d of %d points untested\n\n", c.Questions, c.Cases, c.Untested, c.Points)
	s.WriteString(leftIn("Questions/cases", topicWidth))
	for level := range c.Topics[0].Levels {
		s.WriteString(rightIn("level "+strconv.Itoa(level+1), levelWidth))
	}
	s.WriteString(rightIn("untested", untestedWidth) + "\n")
	for _, t := range c.Topics {
		s.WriteString(coverageRow(t) + "\n")
	}
	for _, t := range c.Topics {
		for i, u := range t.Untested {
			if i == 0 {
				fmt.Fprintf(&s, "\nNo case expects anything of (%s):\n", firstLine(t.Title, topicWidth))
			}
			fmt.Fprintf(&s, "%s\n", ansi.Wordwrap(fmt.Sprintf("  %s: %s", u.Question, strings.Join(u.Points, ", ")), 80, ""))
		}
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func coverageRow(t cases.TopicCoverage) string {
	row := leftIn(t.Title, topicWidth)
	for _, l := range t.Levels {
		cell := "-"
		if l.Questions > 0 {
			cell = fmt.Sprintf("%d/%d", l.Questions, l.Cases)
		}
		row += rightIn(cell, levelWidth)
	}
	untested := 0
	for _, u := range t.Untested {
		untested += len(u.Points)
	}
	return row + rightIn(strconv.Itoa(untested), untestedWidth)
}

// leftIn puts a text at the left of a column, cut to fit.
func leftIn(s string, width int) string {
	s = ansi.Truncate(strings.Join(strings.Fields(s), " "), width-1, "…")
	return s + strings.Repeat(" ", width-ansi.StringWidth(s))
}

// rightIn puts a text at the right of a column.
func rightIn(s string, width int) string {
	return strings.Repeat(" ", max(1, width-ansi.StringWidth(s))) + s
}
