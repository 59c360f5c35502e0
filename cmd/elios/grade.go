package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// gradeOptions is `elios grade`.
type gradeOptions struct {
	*app
	format string
}

func newGrade(a *app) *cobra.Command {
	o := &gradeOptions{app: a}
	cmd := &cobra.Command{
		Use:   "grade [FILE|-]",
		Short: "Grade many answers: JSON lines or CSV in, the same out",
		Long: "Grade reads one answer a row and writes one score a row, in the same order.\n\n" +
			"  In:   id, question, reference (or several), answer\n" +
			"    or  id, bank, question_id, answer\n" +
			"  Out:  id, score (0 to 1), similarity (0 to 1), and the verdicts of a bank's\n" +
			"        question (in CSV: the points met, partly met and missed)\n\n" +
			"JSON lines name several references as \"references\": [...]; a CSV file has a header\n" +
			"and as many columns \"reference\" as it likes. The best reference counts.\n\n" +
			"For bare references the score is the calibrated similarity, for a bank's question\n" +
			"the rubric's. A bad row is reported with its line and does not stop the rest; the\n" +
			"exit code is 1 then.",
		Example: "elios grade answers.jsonl > scores.jsonl\nelios grade answers.csv > scores.csv",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return o.run(cmd.Context(), "-")
			}
			return o.run(cmd.Context(), args[0])
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "auto", "of the input: jsonl, csv, or auto to tell by its first character")
	return cmd
}

func (o *gradeOptions) run(ctx context.Context, file string) error {
	in, size := o.in, int64(0)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return &exitError{code: exitUsage, msg: fmt.Sprintf("answers: %s", cause(err))}
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			size = info.Size()
		}
		in = f
	}
	lib, err := o.library()
	if err != nil {
		return err
	}
	read := &countingReader{in: in}
	rows, out, err := o.forms(read)
	if err != nil {
		return err
	}
	p := gradePipe{newGrader: func() *grader { return newGrader(lib) }, rows: rows, out: out, bad: o.err, progress: o.gradeProgress(read, size)}
	bad, err := p.run(ctx)
	if err != nil {
		return err
	}
	if bad > 0 {
		return &exitError{code: exitFailed, msg: fmt.Sprintf("%d bad rows; the others are graded", bad)}
	}
	return nil
}

// forms gives the reader and the writer for the form of the input.
func (o *gradeOptions) forms(in io.Reader) (rowReader, rowWriter, error) {
	format, buffered, err := formatOf(o.format, in)
	switch {
	case err != nil:
		return nil, nil, err
	case format == "csv":
		rows, err := newCSVRows(buffered)
		if err != nil {
			return nil, nil, err
		}
		return rows, newCSVScores(o.out), nil
	default:
		return &jsonRows{in: buffered}, newJSONScores(o.out), nil
	}
}
