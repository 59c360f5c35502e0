package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// reportOptions is `elios report`.
type reportOptions struct {
	*app
	format string
	file   string
	redact bool
	force  bool
	schema bool
}

const reportLong = `Print the report of an interview, or write it to a file.

ID is what elios history shows, or as much of its beginning as is unique;
without one it is the last interview. What the formats are for:

  txt   screen readers and terminals: one fact a line (the default)
  md    notes and wikis
  html  one file for a browser or a printer; it loads nothing
  json  programs; --schema prints its JSON Schema
  csv   spreadsheets: one row a key point. A cell that begins like a formula
        has an apostrophe before it

With -o the format is guessed from the file's extension. --redact leaves out
your answers and every quote of them, feedback, reasons of disputes and names;
verdicts and scores stay.`

func newReport(a *app) *cobra.Command {
	o := &reportOptions{app: a}
	cmd := &cobra.Command{
		Use:     "report [ID|last]",
		Short:   "Print the report of an interview, or write it to a file",
		Long:    reportLong,
		Example: "elios report\nelios report last -o report.html\nelios report 0198f0 --format csv --redact",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), refOf(args))
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "", "`FORMAT`: "+strings.Join(report.Formats(), ", "))
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write to `FILE` instead of standard output")
	cmd.Flags().BoolVar(&o.redact, "redact", false, "leave out answers, quotes and names")
	cmd.Flags().BoolVar(&o.force, "force", false, "take the place of a file that exists")
	cmd.Flags().BoolVar(&o.schema, "schema", false, "print the JSON Schema of --format json")
	return cmd
}

// refOf is the interview a command means when none is named.
func refOf(args []string) string {
	if len(args) == 0 {
		return "last"
	}
	return args[0]
}

func (o *reportOptions) run(ctx context.Context, ref string) error {
	if o.schema {
		schema, err := report.Schema()
		if err != nil {
			return err
		}
		_, err = o.out.Write(schema)
		return err
	}
	if err := o.chooseFormat(); err != nil {
		return err
	}
	e, err := o.reader(ctx)
	if err != nil {
		return err
	}
	r, err := e.Report(ctx, ref)
	if err != nil {
		return err
	}
	about := o.about(ctx, r)
	if o.redact {
		r = report.Redact(r)
	}
	write := func(w io.Writer) error { return report.Write(w, r, about, o.format) }
	if o.file == "" || o.file == "-" {
		return write(o.out)
	}
	return o.writeFile(write)
}

// chooseFormat settles the format before anything is opened.
func (o *reportOptions) chooseFormat() error {
	toFile := o.file != "" && o.file != "-"
	switch {
	case o.format == "" && !toFile:
		o.format = report.Formats()[0]
	case o.format == "":
		if o.format = report.FormatOf(o.file); o.format == "" {
			return usagef("%s does not tell a format by its extension; choose one with --format %s",
				o.file, strings.Join(report.Formats(), "|"))
		}
	case !slices.Contains(report.Formats(), o.format):
		return usagef("unknown format %q; the formats are %s", o.format, strings.Join(report.Formats(), ", "))
	}
	return nil
}

// about is what is known beside the report: who wrote its bank, if the bank is
// still there in that version.
func (a *app) about(ctx context.Context, r session.Report) report.About {
	about := report.About{Elios: version(), Calibration: a.calibration(ctx, r)}
	lib, err := a.library()
	if err != nil {
		return about
	}
	b, err := lib.Bank(ctx, r.Interview.Settings.Bank)
	if err != nil || b.Ref() != r.Interview.Bank {
		return about
	}
	about.License = b.License
	for _, author := range b.Authors {
		about.Authors = append(about.Authors, author.Name)
	}
	return about
}

// writeFile writes a report whole or not at all.
func (o *reportOptions) writeFile(write func(io.Writer) error) error {
	err := writeWhole(o.file, o.force, write)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists; nothing was overwritten, use --force or choose another name", o.file)
	}
	if err != nil {
		return fmt.Errorf("report: %w", cause(err))
	}
	fmt.Fprintf(o.err, "Report written to %s\n", o.file)
	return nil
}
