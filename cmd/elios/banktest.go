package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank/cases"
)

// bankTestOptions is `elios bank test`.
type bankTestOptions struct {
	*app
	testedBanks
	question     string
	one          string // a case's id
	passRate     float64
	metamorphic  bool
	strict       bool
	junit        string
	json         string
	html         string
	baseline     string
	onRegression bool
	watch        bool
}

func newBankTest(a *app) *cobra.Command {
	o := &bankTestOptions{app: a, testedBanks: testedBanks{app: a}}
	cmd := &cobra.Command{
		Use:   "test [BANK…]",
		Short: "Run the cases of banks",
		Long: "Run the cases of banks: each answer is judged as in an interview, and what comes of it\n" +
			"is compared with what the case expects. Without a BANK those in this folder are\n" +
			"tested, or else all built-in banks and your own; DIR/... stands for every bank in a folder.\n\n" +
			"With --metamorphic also checks that are made from the say sentences: what some of them are\n" +
			"worth together, order, bullets, letters and white space, and answers that must not pay.\n" +
			"docs/bank-test.md says which.\n\n" +
			"Exit codes: 1 a case failed, 2 an invalid bank, 3 an evaluator cannot be asked, 4 a\n" +
			"regression with --fail-on-regression.",
		Example: "elios bank test\nelios bank test ./my-bank --question etag --watch\n" +
			"elios bank test banks/... --metamorphic --strict --junit results.xml",
		ValidArgsFunction: completeManyBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	o.addFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.question, "question", "", "only the question with this `ID`")
	f.StringVar(&o.one, "case", "", "only the case with this `ID`")
	f.Float64Var(&o.passRate, "pass-rate", 0, "share `P` of a case's runs that must pass, over 0 to 1 (default the bank's)")
	f.BoolVar(&o.metamorphic, "metamorphic", false, "also checks made from the say sentences")
	f.BoolVar(&o.strict, "strict", false, "fail also for what is not tested: a question without cases and the like")
	f.StringVar(&o.junit, "junit", "", "write JUnit XML to `FILE`")
	f.StringVar(&o.json, "json", "", "write everything as JSON to `FILE`")
	f.StringVar(&o.html, "html", "", "write one self-contained page to `FILE`")
	f.StringVar(&o.baseline, "baseline", "", "compare with the baseline in `FILE` (written by elios bank bless)")
	f.BoolVar(&o.onRegression, "fail-on-regression", false, "exit 4 when a case is worse than in the baseline")
	f.BoolVar(&o.watch, "watch", false, "run again whenever a bank's file changes, until ctrl+c")
	completion(cmd, "question", completeQuestions(a))
	completion(cmd, "case", completeCases(a))
	return cmd
}

// completion sets how a flag's value is completed.
func completion(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err) // the flag stands a few lines above
	}
}

func (o *bankTestOptions) run(ctx context.Context, args []string) error {
	switch {
	case o.passRate < 0 || o.passRate > 1:
		return usagef("--pass-rate %g: it is over 0 and at most 1", o.passRate)
	case o.onRegression && o.baseline == "":
		return usagef("--fail-on-regression compares with a baseline; name it with --baseline")
	}
	if !o.watch {
		return o.once(ctx, args)
	}
	folders, err := o.folders(ctx, args)
	if err != nil {
		return err
	}
	return watch(ctx, folders, func(ctx context.Context) {
		if err := o.once(ctx, args); err != nil && ctx.Err() == nil {
			printError(o.err, err)
		}
		fmt.Fprintln(o.err, "Waiting for a change; ctrl+c ends.")
	})
}

// once tests the banks as they are now.
func (o *bankTestOptions) once(ctx context.Context, args []string) error {
	before, err := readBaseline(o.baseline)
	if err != nil {
		return err
	}
	r, err := o.test(ctx, args, cases.Options{
		Question: o.question, Case: o.one, PassRate: o.passRate, Metamorphic: o.metamorphic,
	})
	if err != nil {
		return err
	}
	if before != nil {
		c := cases.Compare(*before, r)
		r.Baseline = &c
	}
	if err := r.WriteText(o.out, o.strict); err != nil {
		return fmt.Errorf("print the results: %w", err)
	}
	if err := o.write(r); err != nil {
		return err
	}
	return o.verdict(r.Counts())
}

// write makes the files that were asked for.
func (o *bankTestOptions) write(r *cases.Report) error {
	for _, f := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{o.junit, func(w io.Writer) error { return r.WriteJUnit(w, o.strict) }},
		{o.json, r.WriteJSON},
		{o.html, func(w io.Writer) error { return r.WriteHTML(w, o.strict) }},
	} {
		if f.path == "" {
			continue
		}
		if err := writeFile(f.path, f.write); err != nil {
			return err
		}
	}
	return nil
}

// verdict is the exit code of a test. A regression that was asked for says more
// than the failed case it mostly is, and a failure more than a skipped case.
func (o *bankTestOptions) verdict(c cases.Counts) error {
	failed := c.Failed + c.FailedChecks
	if o.strict {
		failed += c.Warnings
	}
	switch {
	case o.onRegression && c.Regressions > 0:
		return &exitError{code: exitRegression}
	case failed > 0:
		return &exitError{code: exitFailed}
	case c.Skipped > 0:
		return &exitError{code: exitUnreachable}
	}
	return nil
}

// writeFile writes a file anew; half a file is told as an error.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write results: %w", cause(err))
	}
	err = write(f)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
