package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// regradeOptions is `elios regrade`.
type regradeOptions struct {
	*app
	all, diff, apply bool
}

func newRegrade(a *app) *cobra.Command {
	o := &regradeOptions{app: a}
	cmd := &cobra.Command{
		Use:   "regrade [ID|last]",
		Short: "Judge the answers of an old interview again",
		Long: "Judge the answers of an old interview again, by the evaluator of today or the one that is\n" +
			"named. Without --apply nothing changes; with it the new verdicts stand beside the old ones,\n" +
			"and the first score stays.",
		Example: "elios regrade last --model gemma3:4b --diff\nelios regrade --all --evaluator ollama --apply",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "every interview that is over")
	f.BoolVar(&o.diff, "diff", false, "show each verdict that changes")
	f.BoolVar(&o.apply, "apply", false, "keep the new verdicts beside the old ones")
	a.addJudgeFlags(cmd, "auto")
	return cmd
}

func (o *regradeOptions) run(ctx context.Context, args []string) error {
	if o.all && len(args) > 0 {
		return usagef("--all and %s: give one of the two", args[0])
	}
	e, err := o.interviewer(ctx)
	if err != nil {
		return err
	}
	refs := []string{refOf(args)}
	if o.all {
		if refs, err = o.over(ctx, e); err != nil {
			return err
		}
	}
	for _, ref := range refs {
		if err := o.one(ctx, e, ref); err != nil {
			return err
		}
	}
	if !o.apply {
		fmt.Fprintln(o.err, "Nothing was kept; --apply keeps the new verdicts beside the old ones.")
	}
	return nil
}

// over lists the interviews that can be judged again.
func (o *regradeOptions) over(ctx context.Context, e *engine.Engine) ([]string, error) {
	list, err := e.List(ctx, session.Filter{})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range list {
		if s.State == session.Complete {
			out = append(out, s.ID)
		}
	}
	if len(out) == 0 {
		return nil, session.Errorf(session.NotFound, "no interview is over yet")
	}
	return out, nil
}

func (o *regradeOptions) one(ctx context.Context, e *engine.Engine, ref string) error {
	r, err := e.Report(ctx, ref)
	if err != nil {
		return err
	}
	again, err := e.Regrade(ctx, r.Interview.ID, "", o.apply, func(int, int) {})
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%s, %s:\n", report.Line(r.Interview.Bank.Title), r.Interview.CreatedAt.Local().Format("2006-01-02 15:04"))
	for _, g := range again {
		printRegrading(o.out, g, o.diff)
	}
	return nil
}

// printRegrading says what an answer came to before and comes to now.
func printRegrading(w io.Writer, g engine.Regrading, diff bool) {
	before := "not judged"
	var old []rubric.Verdict
	if g.Before != nil {
		before, old = ofScore(g.Before.Score)+" by "+report.EvaluatorText(g.Before.By), g.Before.Verdicts
	}
	fmt.Fprintf(w, "  question %d, turn %d: %s, now %s by %s\n", g.Question, g.Turn, before, ofScore(g.After.Score), report.EvaluatorText(g.After.By))
	if !diff {
		return
	}
	for _, v := range g.After.Verdicts {
		was, _ := rubric.Find(old, v.Point)
		if now := report.VerdictWord(v); report.VerdictWord(was) != now {
			fmt.Fprintf(w, "    %s: %s, now %s\n", report.Line(v.Point), report.VerdictWord(was), now)
		}
	}
}

func ofScore(s rubric.Score) string {
	if !s.Judged {
		return "not assessed"
	}
	return report.SpokenScore(s.Value, s.Upper)
}
