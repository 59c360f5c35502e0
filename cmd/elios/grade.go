package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// gradeOptions is `elios grade`.
type gradeOptions struct{ *app }

func newGrade(a *app) *cobra.Command {
	o := &gradeOptions{app: a}
	return &cobra.Command{
		Use:   "grade [FILE|-]",
		Short: "Grade many answers: JSON lines in, JSON lines out",
		Long: "Grade reads one JSON object a line and writes one a line, in the same order.\n\n" +
			"  In:   id, question, reference (or references: [...]), answer\n" +
			"    or  id, bank, question_id, answer\n" +
			"  Out:  id, score (0 to 1), similarity (0 to 1), verdicts of a bank question\n\n" +
			"For a bare reference the score is the calibrated similarity, for a bank question the\n" +
			"rubric's. A bad line is reported with its number and does not stop the rest; the exit\n" +
			"code is 1 then.",
		Example: "elios grade answers.jsonl > scores.jsonl",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return o.run(cmd.Context(), "-")
			}
			return o.run(cmd.Context(), args[0])
		},
	}
}

func (o *gradeOptions) run(ctx context.Context, file string) error {
	in := o.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return &exitError{code: exitUsage, msg: fmt.Sprintf("answers: %s", cause(err))}
		}
		defer f.Close()
		in = f
	}
	lib, err := o.library()
	if err != nil {
		return err
	}
	g := &grader{lib: lib, ev: builtin.New(), references: map[refKey]*builtin.Reference{}, banks: map[string]*bank.Bank{}}
	return o.stream(ctx, g, in)
}

// stream grades line by line. Memory does not grow with the input.
func (o *gradeOptions) stream(ctx context.Context, g *grader, in io.Reader) error {
	r := bufio.NewReaderSize(in, 1<<16)
	out := bufio.NewWriter(o.out)
	bad := 0
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, out.Flush())
		}
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(line) == 0 {
			continue
		}
		var row gradedRow
		if err == nil {
			row, err = g.grade(ctx, line)
		}
		if err != nil {
			bad++
			fmt.Fprintf(o.err, "line %d: %v\n", n, err)
			continue
		}
		if err := writeRow(out, row); err != nil {
			return fmt.Errorf("write the scores: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the scores: %w", err)
	}
	if bad > 0 {
		return &exitError{code: exitFailed, msg: fmt.Sprintf("%d bad lines; the others are graded", bad)}
	}
	return nil
}

func writeRow(w io.Writer, row gradedRow) error {
	b, err := json.Marshal(row)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// maxLine is the longest line grade reads, in bytes.
const maxLine = 4 << 20

// readLine reads a line without its end. A line that is too long is read to
// its end and refused; io.EOF comes only when nothing is left.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && len(line) == 0:
			return nil, err
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case len(line) > maxLine:
			return nil, fmt.Errorf("longer than %d bytes", maxLine)
		}
		return bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff"))), nil
	}
}

// gradeRow is a line of input.
type gradeRow struct {
	ID         json.RawMessage `json:"id"`
	Question   string          `json:"question"`
	Reference  string          `json:"reference"`
	References []string        `json:"references"`
	Bank       string          `json:"bank"`
	QuestionID string          `json:"question_id"`
	Answer     *string         `json:"answer"`
}

// gradedRow is a line of output.
type gradedRow struct {
	ID         json.RawMessage  `json:"id"`
	Score      *float64         `json:"score"` // null when nothing could be assessed
	Similarity float64          `json:"similarity"`
	Verdicts   []rubric.Verdict `json:"verdicts,omitempty"`
}

// grader grades rows; it keeps what many rows share.
type grader struct {
	lib        *bank.Library
	ev         *builtin.Evaluator
	references map[refKey]*builtin.Reference
	banks      map[string]*bank.Bank
}

type refKey struct{ question, reference string }

// maxPrepared bounds the prepared references that are kept.
const maxPrepared = 1024

func (g *grader) grade(ctx context.Context, line []byte) (gradedRow, error) {
	var row gradeRow
	if err := json.Unmarshal(line, &row); err != nil {
		return gradedRow{}, fmt.Errorf("not a JSON object as expected: %w", err)
	}
	switch {
	case len(row.ID) == 0:
		return gradedRow{}, errors.New(`"id" is missing`)
	case row.Answer == nil:
		return gradedRow{}, errors.New(`"answer" is missing`)
	case row.Bank != "":
		return g.byBank(ctx, row)
	}
	return g.byReference(row)
}

// byReference compares with a bare reference, the best of several.
func (g *grader) byReference(row gradeRow) (gradedRow, error) {
	refs := row.References
	if len(refs) == 0 && row.Reference != "" {
		refs = []string{row.Reference}
	}
	if len(refs) == 0 {
		return gradedRow{}, errors.New(`"reference" or "references" is missing (or "bank" and "question_id")`)
	}
	prepared := make([]*builtin.Reference, len(refs))
	for i, ref := range refs {
		prepared[i] = g.prepare(row.Question, ref)
	}
	score := builtin.BestOf(prepared, text.Clean(*row.Answer))
	return gradedRow{ID: row.ID, Score: &score, Similarity: score}, nil
}

func (g *grader) prepare(question, reference string) *builtin.Reference {
	k := refKey{question, reference}
	r, ok := g.references[k]
	if !ok {
		if len(g.references) >= maxPrepared {
			clear(g.references)
		}
		r = builtin.Prepare(text.Clean(question), text.Clean(reference))
		g.references[k] = r
	}
	return r
}

// byBank judges by the rubric of a bank's question.
func (g *grader) byBank(ctx context.Context, row gradeRow) (gradedRow, error) {
	b, ok := g.banks[row.Bank]
	if !ok {
		var err error
		if b, err = g.lib.Bank(ctx, row.Bank); err != nil {
			return gradedRow{}, err
		}
		g.banks[row.Bank] = b
	}
	q, err := findQuestion(b, row.QuestionID)
	if err != nil {
		return gradedRow{}, err
	}
	j, err := judge(ctx, g.ev, &q.Question, text.Clean(*row.Answer))
	if err != nil {
		return gradedRow{}, err
	}
	out := gradedRow{ID: row.ID, Similarity: j.Similarity, Verdicts: j.Verdicts}
	if j.Score.Judged {
		share := j.Score.Value / 100
		out.Score = &share
	}
	return out, nil
}
