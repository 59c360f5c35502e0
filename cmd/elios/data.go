package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
)

func newData(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Export, import and delete your interviews",
	}
	cmd.AddCommand(newDataExport(a), newDataImport(a), newDataPurge(a))
	return cmd
}

func newDataExport(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write all your interviews as JSON lines",
		Long: "Write all your interviews as JSON lines, to standard output or to a new FILE that\n" +
			"only you can read.",
		Example: "elios data export interviews.ndjson\nelios data export - | gzip > interviews.ndjson.gz",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || args[0] == "-" {
				return export(cmd.Context(), a, a.out)
			}
			return exportFile(cmd.Context(), a, args[0])
		},
	}
}

func export(ctx context.Context, a *app, w io.Writer) error {
	s, err := a.store(ctx)
	if err != nil {
		return err
	}
	return s.Export(ctx, w, session.Filter{})
}

// exportFile writes to a new file that only its owner can read.
func exportFile(ctx context.Context, a *app, file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists; nothing was overwritten, choose another name", file)
	}
	if err != nil {
		return fmt.Errorf("export: %w", cause(err))
	}
	if err := errors.Join(export(ctx, a, f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(file)) // half an export would pass for a whole one
	}
	fmt.Fprintf(a.err, "Exported to %s\n", file)
	return nil
}

func newDataImport(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Read interviews from an export",
		Long: "Read interviews from an export (-: standard input), all of them or none. Those\n" +
			"that are there already stay as they are.",
		Example: "elios data import interviews.ndjson",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE:    func(cmd *cobra.Command, args []string) error { return importFile(cmd.Context(), a, args[0]) },
	}
}

func importFile(ctx context.Context, a *app, file string) error {
	in := a.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return &exitError{code: exitUsage, msg: fmt.Sprintf("import: %s", cause(err))}
		}
		defer f.Close()
		in = f
	}
	s, err := a.store(ctx)
	if err != nil {
		return err
	}
	added, skipped, err := s.Import(ctx, in)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Imported %d, already there %d.\n", added, skipped)
	return nil
}

// purgeOptions is `elios data purge`.
type purgeOptions struct {
	*app
	olderThan string
}

func newDataPurge(a *app) *cobra.Command {
	o := &purgeOptions{app: a}
	cmd := &cobra.Command{
		Use:     "purge [ID]",
		Short:   "Delete interviews for good: one, or the old ones",
		Example: "elios data purge 0198f0\nelios data purge --older-than 90d",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	cmd.Flags().StringVar(&o.olderThan, "older-than", "", "delete interviews not touched for `TIME`, such as 90d or 12h")
	return cmd
}

func (o *purgeOptions) run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 0 && o.olderThan == "":
		return usagef("purge what? name an interview, or give --older-than 90d")
	case len(args) > 0 && o.olderThan != "":
		return usagef("name an interview or give --older-than, not both")
	case len(args) > 0:
		return o.one(ctx, args[0])
	}
	age, err := parseAge("--older-than", o.olderThan)
	if err != nil {
		return err
	}
	s, err := o.store(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	n, err := s.Purge(ctx, now.Add(-age), now)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "Deleted %d interviews.\n", n)
	return nil
}

func (o *purgeOptions) one(ctx context.Context, ref string) error {
	e, err := o.reader(ctx)
	if err != nil {
		return err
	}
	if err := e.Delete(ctx, ref); err != nil {
		return err
	}
	fmt.Fprintln(o.out, "Deleted 1 interview.")
	return nil
}

// parseAge reads what a flag gives: "90d" or anything Go calls a duration.
func parseAge(flag, s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n < 36500 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return d, nil
	}
	return 0, usagef("%s %q: it is a time such as 90d or 12h", flag, s)
}
