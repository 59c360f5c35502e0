package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
)

// practiceOptions is `elios practice`.
type practiceOptions struct {
	*app
	face
	wishes
	seed uint64
}

func newPractice(a *app) *cobra.Command {
	o := &practiceOptions{app: a}
	cmd := &cobra.Command{
		Use:   "practice [BANK]",
		Short: "Have an interview",
		Long: "Have an interview with questions of a bank (an id such as go, or a path; elios\n" +
			"bank list shows them). Without BANK it is that of the key bank: the bank of your\n" +
			"last interview, or go.\n\n" +
			"The same --seed gives the same questions. Without it, questions you have answered\n" +
			"recently come last.",
		Example: "elios practice go --count 3\n" +
			"elios practice go --topics concurrency --level 2..4 --mode exam\n" +
			"elios practice go --seed 7 --count 4 --plain --answers answers.txt --json",
		Args:              usageArgs(cobra.MaximumNArgs(1)),
		ValidArgsFunction: completeBanks(a),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), cmd, args)
		},
	}
	f := cmd.Flags()
	f.Uint64Var(&o.seed, "seed", 0, "draw the same questions every time `N` is the same")
	o.addWishFlags(f)
	o.addFlags(cmd)
	a.addJudgeFlags(cmd, "auto")
	a.addSpeakFlag(cmd)
	f.BoolVar(&o.deterministic, "deterministic", false, "fix ids and times: the same seed and answers print the same bytes, and a run takes the place of the earlier one")
	return cmd
}

func (o *practiceOptions) run(ctx context.Context, cmd *cobra.Command, args []string) error {
	s, err := o.settings(cmd, args)
	if err != nil {
		return err
	}
	answers, err := o.openAnswers(o.in)
	if err != nil {
		return err
	}
	if answers != nil {
		defer answers.Close()
	}
	if o.deterministic {
		s.Bank = cmp.Or(s.Bank, firstBank) // the same on every machine, whatever was practised there
		if o.fixed, err = fixedID(s); err != nil {
			return err
		}
	}
	e, err := o.interviewer(ctx)
	if err != nil {
		return err
	}
	if s.Bank == "" {
		s.Bank, err = o.chooseBank(ctx, o.app, e, answers)
		if err != nil {
			return leaving(err)
		}
	}
	room, err := e.Create(ctx, s)
	if err != nil {
		return named(err)
	}
	defer room.Close()
	return o.play(ctx, o.app, e, room, answers)
}

// settings turns flags and configuration into what an interview is made of.
func (o *practiceOptions) settings(cmd *cobra.Command, args []string) (session.Settings, error) {
	s, err := o.defaults()
	if err != nil {
		return s, err
	}
	if len(args) > 0 {
		s.Bank = args[0]
	}
	s.Seed = o.seed
	if err := o.settle(cmd.Flags(), &s); err != nil {
		return s, err
	}
	if o.deterministic && s.Seed == 0 {
		s.Seed = 1
	}
	return s, nil
}

// fixedID names a deterministic run by what it is made of, so that the same
// run has the same id.
func fixedID(s session.Settings) (string, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("settings: %w", err)
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, body).String(), nil
}
