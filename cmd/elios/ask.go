package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// askOptions is `elios ask`.
type askOptions struct {
	*app
	file string
	json bool
	min  float64
}

func newAsk(a *app) *cobra.Command {
	o := &askOptions{app: a}
	cmd := &cobra.Command{
		Use:     "ask BANK#QUESTION",
		Short:   "Judge one answer to one question",
		Long:    "Judge one answer to one question, with the built-in evaluator unless --evaluator or\n--model says otherwise. No interview is kept.",
		Example: "elios ask go#channel-states -f answer.txt --min 70",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args[0]) },
	}
	cmd.Flags().StringVarP(&o.file, "file", "f", "-", "read the answer from `FILE` (-: standard input)")
	cmd.Flags().BoolVar(&o.json, "json", false, "print the judgement as JSON")
	cmd.Flags().Float64Var(&o.min, "min", 0, "exit 1 when the score is below `N` (0 to 100)")
	a.addJudgeFlags(cmd, session.Builtin)
	return cmd
}

func (o *askOptions) run(ctx context.Context, ref string) error {
	q, err := o.question(ctx, ref)
	if err != nil {
		return err
	}
	answer, err := o.read(q)
	if err != nil {
		return err
	}
	ev, err := o.oneEvaluator(ctx)
	if err != nil {
		return err
	}
	j, err := judge(ctx, ev, builtin.New(), q, answer)
	if err != nil {
		return err
	}
	if o.json {
		err = json.NewEncoder(o.out).Encode(j)
	} else {
		err = printJudged(o.out, q, j)
	}
	if err != nil {
		return fmt.Errorf("print the judgement: %w", err)
	}
	if o.min > 0 && (!j.Score.Judged || j.Score.Value < o.min) {
		return &exitError{code: exitFailed, msg: fmt.Sprintf("the score is below %g", o.min)}
	}
	return nil
}

// question finds BANK#QUESTION.
func (o *askOptions) question(ctx context.Context, ref string) (*rubric.Question, error) {
	name, id, one := cutQuestion(ref)
	if !one || id == "" {
		return nil, usagef("%q names no question; write BANK#QUESTION, such as go#channel-states", ref)
	}
	b, err := o.namedBank(ctx, name)
	if err != nil {
		return nil, err
	}
	q, err := findQuestion(b, id)
	if err != nil {
		return nil, err
	}
	return &q.Question, nil
}

// read takes the answer from a file or from standard input.
func (o *askOptions) read(q *rubric.Question) (string, error) {
	in := o.in
	if o.file != "-" {
		f, err := os.Open(o.file)
		if err != nil {
			return "", &exitError{code: exitUsage, msg: fmt.Sprintf("answer: %s", cause(err))}
		}
		defer f.Close()
		in = f
	} else if o.terminal() {
		fmt.Fprintf(o.err, "%s\n\nYour answer (end with ctrl+d):\n", text.Clean(q.Ask))
	}
	body, err := io.ReadAll(io.LimitReader(in, maxAnswerBytes+1))
	if err != nil {
		return "", fmt.Errorf("read the answer: %w", err)
	}
	if len(body) > maxAnswerBytes {
		return "", session.Errorf(session.TooLong, "the answer is longer than %d bytes", maxAnswerBytes)
	}
	return text.Clean(string(body)), nil
}

// maxAnswerBytes bounds what is read for one answer.
const maxAnswerBytes = 1 << 20

// printJudged says what an answer is worth, one fact a line.
func printJudged(w io.Writer, q *rubric.Question, j judged) error {
	var b strings.Builder
	for _, c := range q.Criteria() {
		v, _ := rubric.Find(j.Verdicts, c.ID)
		fmt.Fprintf(&b, "%s %s: %s\n", report.Mark(v.Status), report.VerdictWord(v), report.Line(c.Text))
		for _, e := range v.Evidence {
			fmt.Fprintf(&b, "    You said: %q\n", report.Line(e.Quote))
		}
	}
	for _, h := range j.Held {
		fmt.Fprintf(&b, "! Misconception (−%g): %q\n", h.Penalty, report.Line(h.Evidence.Quote))
	}
	if !j.Score.Judged {
		b.WriteString("No score: nothing could be assessed.\n")
	} else {
		fmt.Fprintf(&b, "Score %s of 100", report.Score(j.Score.Value, j.Score.Upper))
		if j.Band != "" {
			fmt.Fprintf(&b, ", %s", j.Band)
		}
		fmt.Fprintf(&b, ". Similarity to the ideal answer %.2f. Judged by %s.\n", j.Similarity, report.TheEvaluator(j.Evaluator))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
