package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/report"
)

// reportOptions is `elios report`.
type reportOptions struct {
	*app
	format string
}

func newReport(a *app) *cobra.Command {
	o := &reportOptions{app: a}
	cmd := &cobra.Command{
		Use:     "report [ID|last]",
		Short:   "Print the report of an interview",
		Example: "elios report\nelios report last --format md > report.md\nelios report 0198f0 --format json",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), refOf(args))
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "txt", "FORMAT: md, json or txt")
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
	if !slices.Contains(report.Formats(), o.format) {
		return usagef("unknown format %q; the formats are %s", o.format, strings.Join(report.Formats(), ", "))
	}
	e, err := o.engine(ctx)
	if err != nil {
		return err
	}
	r, err := e.Report(ctx, ref)
	if err != nil {
		return err
	}
	return report.Write(o.out, r, o.format)
}
