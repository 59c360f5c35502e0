package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
)

// completeBanks offers the ids of banks to the shell, for one argument.
func completeBanks(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return a.bankIDs(cmd.Context())
	}
}

// completeManyBanks offers the ids of banks for any number of arguments.
func completeManyBanks(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return a.bankIDs(cmd.Context())
	}
}

// completeBankQuestion offers BANK, and BANK#QUESTION once there is a #.
func completeBankQuestion(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		name, _, one := cutQuestion(typed)
		if len(args) > 0 || !one {
			return completeBanks(a)(cmd, args, typed)
		}
		var out []string
		for _, b := range a.banksFor(cmd.Context(), []string{name}) {
			for i := range b.Questions {
				out = append(out, name+"#"+choice(&b.Questions[i]))
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeQuestions offers the questions of the banks named so far.
func completeQuestions(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		var out []string
		for _, b := range a.banksFor(cmd.Context(), args) {
			for i := range b.Questions {
				out = append(out, choice(&b.Questions[i]))
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeCases offers the cases of the banks and of the question named so far.
func completeCases(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		question, err := cmd.Flags().GetString("question")
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var out []string
		for _, b := range a.banksFor(cmd.Context(), args) {
			for i := range b.Questions {
				q := &b.Questions[i]
				if question != "" && q.ID != question {
					continue
				}
				for _, c := range q.Cases {
					out = append(out, c.ID+"\t"+q.ID+": "+firstLine(c.Answer, 40))
				}
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

func choice(q *bank.Question) string { return q.ID + "\t" + firstLine(q.Ask, 50) }

// bankIDs lists the banks there are, with their titles; paths may be given too.
func (a *app) bankIDs(ctx context.Context) ([]string, cobra.ShellCompDirective) {
	lib, err := a.library()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	list, err := lib.Banks(ctx)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	out := make([]string, len(list))
	for i, b := range list {
		out[i] = b.ID + "\t" + strings.ReplaceAll(b.Title, "\n", " ")
	}
	return out, cobra.ShellCompDirectiveDefault
}

// banksFor loads the banks that completion can look into: those named, or all.
// What cannot be loaded offers nothing.
func (a *app) banksFor(ctx context.Context, args []string) []*bank.Bank {
	lib, err := a.library()
	if err != nil {
		return nil
	}
	if len(args) == 0 {
		list, err := lib.Banks(ctx)
		if err != nil {
			return nil
		}
		for _, b := range list {
			args = append(args, b.ID)
		}
	}
	var out []*bank.Bank
	for _, arg := range args {
		if b, err := lib.Bank(ctx, arg); err == nil {
			out = append(out, b)
		}
	}
	return out
}
