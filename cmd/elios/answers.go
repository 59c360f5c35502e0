package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

func newHistoryAnswers(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "answers [ID|last][#QUESTION]",
		Short:   "Show every answer you gave to a question, and what changed",
		Example: "elios history answers last#2",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return showAnswers(cmd.Context(), a, refOf(args))
		},
	}
}

func showAnswers(ctx context.Context, a *app, arg string) error {
	e, err := a.reader(ctx)
	if err != nil {
		return err
	}
	ref, number, err := oneQuestion(ctx, e, arg)
	if err != nil {
		return err
	}
	r, err := e.Report(ctx, ref)
	if err != nil {
		return err
	}
	if number > len(r.Questions) {
		return session.Errorf(session.NotFound, "interview %s has no question %d", r.Interview.ID, number)
	}
	q := r.Questions[number-1]
	list, err := e.Attempts(ctx, session.Filter{Bank: r.Interview.Bank.ID, Asked: q.ID})
	if err != nil {
		return err
	}
	return printAttempts(a.out, q.Ask, list)
}

// printAttempts prints the attempts at a question, the earliest first, each
// with the verdicts that differ from the one before.
func printAttempts(w io.Writer, ask string, list []session.Attempt) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", report.Block(ask))
	for i, at := range list {
		fmt.Fprintf(&b, "\nAnswer %d of %d, %s, interview %s: %s\n", i+1, len(list),
			at.Interview.CreatedAt.Local().Format("2006-01-02 15:04"), at.Interview.ID, resultText(at.Question.Result))
		for _, t := range at.Question.Turns {
			b.WriteString(turnText(t))
		}
		if i > 0 {
			b.WriteString(changesText(list[i-1].Question, at.Question))
		}
	}
	if len(list) == 0 {
		b.WriteString("\nNo answer yet: the question is not over.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func resultText(r session.Result) string {
	switch {
	case r.Skipped:
		return "skipped"
	case r.Unassessed || !r.Final.Judged:
		return "not assessed"
	}
	return "score " + report.Score(r.Final.Value, r.Final.Upper)
}

func turnText(t session.TurnReport) string {
	if !t.Answered || t.Skipped {
		return ""
	}
	answer := "  " + strings.ReplaceAll(report.Block(t.Answer), "\n", "\n  ") + "\n"
	if t.Asked.Kind == session.FollowUpTurn {
		return "  Follow-up: " + report.Line(t.Asked.Ask) + "\n" + answer
	}
	return answer
}

func changesText(before, after session.QuestionReport) string {
	changes := session.Changes(before, after)
	if len(changes) == 0 {
		return "  The verdicts are those of the answer before.\n"
	}
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "  %s, was %s: %s\n", report.Capital(report.VerdictWord(c.To)), report.VerdictWord(c.From), report.Line(c.Text))
	}
	return b.String()
}
