package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
)

// bankDiffOptions is `elios bank diff`.
type bankDiffOptions struct {
	*app
	json bool
}

func newBankDiff(a *app) *cobra.Command {
	o := &bankDiffOptions{app: a}
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Say what changed from one version of a bank to another",
		Long: "Say what changed from bank A to bank B, by what it means and not by how the files look, and\n" +
			"which part of the version must rise: patch for wording, minor for points or cases added,\n" +
			"major when scores are not comparable. The exit code is 1 when the version of B is too low.",
		Example:           "elios bank diff old/go.yaml new/go.yaml",
		Args:              usageArgs(cobra.ExactArgs(2)),
		ValidArgsFunction: completeManyBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args[0], args[1]) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "print the changes as one JSON object")
	return cmd
}

// bankDiff is what `elios bank diff --json` prints.
type bankDiff struct {
	Bank    string        `json:"bank"`
	From    string        `json:"from"`   // the version of A
	To      string        `json:"to"`     // the version of B
	Needed  bank.Rise     `json:"needed"` // the part of the version that must rise
	Least   string        `json:"least"`  // the lowest version that would do
	OK      bool          `json:"ok"`
	Changes []bank.Change `json:"changes"`
}

func (o *bankDiffOptions) run(ctx context.Context, from, to string) error {
	lib, err := o.library()
	if err != nil {
		return err
	}
	a, err := lib.Bank(ctx, from)
	if err != nil {
		return named(err)
	}
	b, err := lib.Bank(ctx, to)
	if err != nil {
		return named(err)
	}
	if a.ID != b.ID {
		return usagef("%s is the bank %s and %s is the bank %s; only versions of one bank can be compared", from, a.ID, to, b.ID)
	}
	d := bankDiff{Bank: a.ID, From: a.Version, To: b.Version, Changes: bank.Diff(a, b)}
	d.Needed = bank.Needed(d.Changes)
	d.Least = bank.Raised(a.Version, d.Needed)
	d.OK = bank.Risen(a.Version, b.Version) >= d.Needed
	if o.json {
		err = json.NewEncoder(o.out).Encode(d)
	} else {
		err = d.write(o.out)
	}
	if err != nil {
		return fmt.Errorf("print the changes: %w", err)
	}
	if !d.OK {
		return &exitError{code: exitFailed, msg: fmt.Sprintf("version %s is too low: it must be %s or above", d.To, d.Least)}
	}
	return nil
}

// write lists the changes, those that call for the most first.
func (d bankDiff) write(w io.Writer) error {
	var s strings.Builder
	for rise := bank.Major; rise > bank.NoRise; rise-- {
		for _, c := range d.Changes {
			if c.Rise != rise {
				continue
			}
			place := d.Bank
			if c.Question != "" {
				place += "#" + c.Question
			}
			fmt.Fprintf(&s, "%-5s  %s: %s\n", rise, place, c.What)
		}
	}
	if len(d.Changes) == 0 {
		fmt.Fprintf(&s, "%s: nothing changed.\n", d.Bank)
	} else {
		fmt.Fprintf(&s, "The %s version must rise. In A it is %s, in B %s.\n", d.Needed, d.From, d.To)
	}
	_, err := io.WriteString(w, s.String())
	return err
}
