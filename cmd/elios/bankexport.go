package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank/convert"
	"github.com/elios/elios/internal/report"
)

// bankExportOptions is `elios bank export`.
type bankExportOptions struct {
	*app
	to, file string
	force    bool
}

func newBankExport(a *app) *cobra.Command {
	o := &bankExportOptions{app: a}
	cmd := &cobra.Command{
		Use:   "export BANK --to FORMAT",
		Short: "Write a bank as a list that other programs read",
		Long: "Write a bank's questions with key points and ideal answers as Markdown, CSV, JSON,\n" +
			"Anki or GIFT, which elios bank import reads again. What a list has no place for stays\n" +
			"behind: weights, match, follow-ups and cases.",
		Example:           "elios bank export go --to md\nelios bank export mine.yaml --to anki --out cards.txt",
		Args:              usageArgs(cobra.ExactArgs(1)),
		ValidArgsFunction: completeBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.to, "to", "", "write `FORMAT`: "+strings.Join(convert.Exports(), ", "))
	f.StringVarP(&o.file, "out", "o", "", "write to `FILE` (default: print)")
	f.BoolVar(&o.force, "force", false, "write over a file that is there")
	completion(cmd, "to", cobra.FixedCompletions(convert.Exports(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (o *bankExportOptions) run(ctx context.Context, arg string) error {
	if !slices.Contains(convert.Exports(), o.to) {
		return usagef("say with --to what to write: %s", strings.Join(convert.Exports(), ", "))
	}
	b, err := o.namedBank(ctx, arg)
	if err != nil {
		return err
	}
	var list bytes.Buffer
	if err := convert.Export(&list, o.to, b); err != nil {
		return fmt.Errorf("export %s: %w", b.ID, err)
	}
	if o.file == "" {
		_, err = o.out.Write(list.Bytes())
		return err
	}
	err = writeWhole(o.file, o.force, func(w io.Writer) error { _, err := w.Write(list.Bytes()); return err })
	if errors.Is(err, fs.ErrExist) {
		return usagef("%s is there already and stays as it is; name another file, or use --force", o.file)
	}
	if err != nil {
		return fmt.Errorf("write the list %s: %w", o.file, cause(err))
	}
	fmt.Fprintf(o.err, "Wrote %s: %s.\n", o.file, report.Count(len(b.Questions), "question"))
	return nil
}
