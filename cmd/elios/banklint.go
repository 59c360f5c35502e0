package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/lint"
	"github.com/elios/elios/internal/builtin"
)

// bankLintOptions is `elios bank lint`.
type bankLintOptions struct {
	*app
	strict, fix bool
	format      string
}

func newBankLint(a *app) *cobra.Command {
	o := &bankLintOptions{app: a}
	cmd := &cobra.Command{
		Use:   "lint [BANK…]",
		Short: "Find what is wrong or weak in banks, and where",
		Long: "Find what is wrong or weak in banks: each finding with file, line and column,\n" +
			"its rule, and how to mend it. docs/bank-format.md has every rule with a bad and\n" +
			"a good example.\n\n" +
			"A BANK is an id, a file, a folder, or FOLDER/... for all banks beneath it;\n" +
			"without one, the banks in this folder, or else all of your own. Errors end with\n" +
			"exit code 2; warnings with 1, but only with --strict.",
		Example:           "elios bank lint mine.yaml\nelios bank lint banks/... --strict --format github",
		ValidArgsFunction: completeManyBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.strict, "strict", false, "let warnings fail too")
	f.BoolVar(&o.fix, "fix", false, "mend what is mechanical, in place")
	f.StringVar(&o.format, "format", "text", "print in `FORMAT`: text, json, sarif or github")
	completion(cmd, "format", cobra.FixedCompletions(lint.Formats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (o *bankLintOptions) run(ctx context.Context, args []string) error {
	if !slices.Contains(lint.Formats, o.format) {
		return usagef("there is no format %q; there is %s", o.format, strings.Join(lint.Formats, ", "))
	}
	lib, err := o.library()
	if err != nil {
		return err
	}
	names, err := banksToLint(lib, args)
	if err != nil {
		return err
	}
	var all []lint.Finding
	for _, name := range names {
		found, err := o.bank(ctx, lib, name)
		if err != nil {
			return named(err)
		}
		all = append(all, found...)
	}
	r := lint.NewReport(len(names), all)
	if err := r.Write(o.out, o.format); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	switch {
	case r.Errors > 0:
		return &exitError{code: exitUsage}
	case r.Warnings > 0 && o.strict:
		return &exitError{code: exitFailed}
	}
	return nil
}

// banksToLint are the banks that arguments name, or those in this folder, or
// else the user's own.
func banksToLint(lib *bank.Library, args []string) ([]string, error) {
	if names, err := namedOrHere(args); err != nil || len(names) > 0 {
		return names, err
	}
	own, err := lib.Own()
	if err == nil && len(own) == 0 {
		err = usagef("there are no banks here, nor in %s; say which BANK to lint", lib.Dir())
	}
	return own, err
}

// bank lints one bank, mending it first when that was asked for.
func (o *bankLintOptions) bank(ctx context.Context, lib *bank.Library, name string) ([]lint.Finding, error) {
	found, at, err := lintBank(ctx, lib, name)
	if err != nil || !o.fix || at == nil { // without places there is nothing to mend
		return found, err
	}
	if !at.OnDisk() {
		return nil, usagef("%s is a built-in bank; --fix mends files only", name)
	}
	mended := 0
	for _, file := range at.Files() {
		data, done := lint.Fix(file, at.Data(file), found)
		if len(done) == 0 {
			continue
		}
		if err := replaceFile(file, at.Data(file), data); err != nil {
			return nil, err
		}
		for _, f := range done {
			fmt.Fprintf(o.err, "Mended %s:%d:%d: %s [%s]\n", f.File, f.Line, f.Column, f.Message, f.Rule)
		}
		mended += len(done)
	}
	if mended == 0 {
		return found, nil
	}
	found, _, err = lintBank(ctx, lib, name)
	return found, err
}

// lintBank gives the findings on one bank, those that keep it from being loaded
// or else all others.
func lintBank(ctx context.Context, lib *bank.Library, name string) ([]lint.Finding, *bank.Places, error) {
	b, at, err := lib.Placed(ctx, name)
	if broken := lint.IsBroken(err); broken != nil {
		return lint.Broken(broken, at), at, nil
	}
	if err != nil {
		return nil, nil, err
	}
	found, err := lint.Check(ctx, b, at, builtin.New())
	return found, at, err
}
