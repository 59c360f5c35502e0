package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank/cases"
)

// bankBlessOptions is `elios bank bless`.
type bankBlessOptions struct {
	*app
	testedBanks
	baseline string
}

func newBankBless(a *app) *cobra.Command {
	o := &bankBlessOptions{app: a, testedBanks: testedBanks{app: a}}
	cmd := &cobra.Command{
		Use:   "bless [BANK…]",
		Short: "Keep what the cases come to now as the baseline",
		Long: "Run the cases of banks and keep their scores and verdicts in a file, with the version of\n" +
			"the evaluator and a hash of the bank. elios bank test --baseline compares with it. What the\n" +
			"file holds on other banks or by other evaluators stays.",
		Example:           "elios bank bless ./my-bank --baseline baseline.json",
		ValidArgsFunction: completeManyBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	o.addFlags(cmd)
	cmd.Flags().StringVar(&o.baseline, "baseline", "", "the `FILE` to write")
	return cmd
}

func (o *bankBlessOptions) run(ctx context.Context, args []string) error {
	if o.baseline == "" {
		return usagef("where to? give --baseline FILE")
	}
	before, err := readBaseline(o.baseline)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	r, err := o.test(ctx, args, cases.Options{})
	if err != nil {
		return err
	}
	c := r.Counts()
	if c.Skipped > 0 {
		return &exitError{code: exitUnreachable, msg: fmt.Sprintf("%d of %d cases could not be run, so there is nothing to bless; elios bank test says why", c.Skipped, c.Cases)}
	}
	now := cases.NewBaseline(r)
	if before != nil {
		fmt.Fprint(o.out, cases.Compare(*before, r))
		now = before.Replace(now)
	}
	if err := writeFile(o.baseline, now.Write); err != nil {
		return err
	}
	fmt.Fprintf(o.out, "Blessed %d cases, %d of them failing: %s\n", c.Cases, c.Failed, o.baseline)
	return nil
}

// readBaseline reads a baseline, nil when none is named.
func readBaseline(path string) (*cases.Baseline, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usagef("baseline: %w; elios bank bless writes one", err)
	}
	b, err := cases.ReadBaseline(bytes.TrimPrefix(data, []byte("\ufeff")))
	if err != nil {
		return nil, usagef("baseline %s: %w", path, err)
	}
	return &b, nil
}
