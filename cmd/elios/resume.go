package main

import (
	"context"

	"github.com/spf13/cobra"
)

// resumeOptions is `elios resume`.
type resumeOptions struct {
	*app
	face
}

func newResume(a *app) *cobra.Command {
	o := &resumeOptions{app: a}
	cmd := &cobra.Command{
		Use:   "resume [ID|last]",
		Short: "Go on with an interview where it stood",
		Long: "Go on with an interview where it stood, half an answer included: the last one, or\n" +
			"the one whose ID begins as given.",
		Example: "elios resume\nelios resume 0198f0 --plain",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), refOf(args))
		},
	}
	o.addFlags(cmd)
	a.addJudgeFlags(cmd, "auto")
	a.addSpeakFlag(cmd)
	return cmd
}

func (o *resumeOptions) run(ctx context.Context, ref string) error {
	answers, err := o.openAnswers(o.in)
	if err != nil {
		return err
	}
	if answers != nil {
		defer answers.Close()
	}
	e, err := o.engine(ctx)
	if err != nil {
		return err
	}
	room, err := e.Open(ctx, ref)
	if err != nil {
		return err
	}
	defer room.Close()
	return o.play(ctx, o.app, e, room, answers)
}
