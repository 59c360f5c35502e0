package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
)

// againOptions is `elios again`.
type againOptions struct {
	*app
	face
}

func newAgain(a *app) *cobra.Command {
	o := &againOptions{app: a}
	cmd := &cobra.Command{
		Use:   "again [ID|last][#QUESTION]",
		Short: "Answer one question of an earlier interview again",
		Long: "Answer one question of an earlier interview again: a new interview of this\n" +
			"question alone, linked to the old one. The number can be left out where the\n" +
			"interview had one question.",
		Example: "elios again last#3\nelios again 0198f0#1 --plain",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), refOf(args)) },
	}
	o.addFlags(cmd)
	a.addJudgeFlags(cmd, "auto")
	a.addSpeakFlag(cmd)
	return cmd
}

func (o *againOptions) run(ctx context.Context, arg string) error {
	answers, err := o.openAnswers(o.in)
	if err != nil {
		return err
	}
	if answers != nil {
		defer answers.Close()
	}
	e, err := o.interviewer(ctx)
	if err != nil {
		return err
	}
	ref, question, err := oneQuestion(ctx, e, arg)
	if err != nil {
		return err
	}
	room, err := e.Again(ctx, ref, question)
	if err != nil {
		return err
	}
	defer room.Close()
	return o.play(ctx, o.app, e, room, answers)
}

// oneQuestion reads ID#QUESTION: an interview and the number of one of its
// questions. Without the number it is the only question.
func oneQuestion(ctx context.Context, ivs session.Interviews, arg string) (ref string, question int, err error) {
	ref, number, named := strings.Cut(arg, "#")
	if ref == "" {
		ref = "last"
	}
	if named {
		question, err = strconv.Atoi(number)
		if err != nil || question < 1 {
			return "", 0, usagef("%q: after the # stands the number of a question, such as last#3", arg)
		}
		return ref, question, nil
	}
	r, err := ivs.Report(ctx, ref)
	if err != nil {
		return "", 0, err
	}
	if n := len(r.Questions); n != 1 {
		return "", 0, usagef("which question? interview %s has %d: name one, such as %s#%d", r.Interview.ID, n, ref, max(n, 1))
	}
	return ref, 1, nil
}
