package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/session"
)

// bankCasesOptions is `elios bank cases`.
type bankCasesOptions struct {
	*app
	disputes bool
}

func newBankCases(a *app) *cobra.Command {
	o := &bankCasesOptions{app: a}
	cmd := &cobra.Command{
		Use:   "cases [BANK]",
		Short: "Make cases for a bank from answers in your history",
		Long: "Make cases for a bank from answers in your history, as YAML to copy into the\n" +
			"bank's file.\n\n" +
			"With --from-disputes each answer with a disputed verdict becomes a case that\n" +
			"expects what the candidate holds to be right, with the reason as a comment.\n" +
			"Whether it is right is for the author to say.",
		Example:           "elios bank cases --from-disputes\nelios bank cases go --from-disputes > disputed.yaml",
		Args:              usageArgs(cobra.MaximumNArgs(1)),
		ValidArgsFunction: completeBanks(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	cmd.Flags().BoolVar(&o.disputes, "from-disputes", false, "from the verdicts that were disputed")
	return cmd
}

func (o *bankCasesOptions) run(ctx context.Context, args []string) error {
	if !o.disputes {
		return usagef("cases from what? give --from-disputes")
	}
	f := session.Filter{Disputed: true}
	if len(args) > 0 {
		f.Bank = args[0]
	}
	e, err := o.reader(ctx)
	if err != nil {
		return err
	}
	list, err := disputeCases(ctx, e, f)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(o.err, "No verdict is disputed. Press d on a verdict in a report to say that it is wrong.")
		return nil
	}
	body, err := bank.FormatDisputeCases(list)
	if err != nil {
		return err
	}
	_, err = o.out.Write(body)
	return err
}

// disputeCases gathers the cases of all interviews that fit, the earliest first.
func disputeCases(ctx context.Context, ivs session.Interviews, f session.Filter) ([]bank.DisputeCase, error) {
	interviews, err := ivs.List(ctx, f)
	if err != nil {
		return nil, err
	}
	var out []bank.DisputeCase
	for i := len(interviews) - 1; i >= 0; i-- {
		r, err := ivs.Report(ctx, interviews[i].ID)
		if session.KindOf(err) == session.InvalidState {
			continue // an exam that is not over
		}
		if err != nil {
			return nil, err
		}
		out = append(out, bank.DisputeCases(r)...)
	}
	return out, nil
}
