package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/cases"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/session"
)

// testedBanks is what the commands that run cases have in common.
type testedBanks struct {
	*app
	evaluator []string
	model     []string
	repeat    int
}

func (t *testedBanks) addFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&t.evaluator, "evaluator", nil, "who judges: builtin, ollama, or both with a comma (default builtin)")
	f.StringSliceVar(&t.model, "model", nil, "the `MODEL`s of ollama, with commas")
	f.BoolVar(&t.flags.noCache, "no-cache", false, "ask a model again for what it has judged before")
	f.IntVar(&t.repeat, "repeat", 0, "run each case `N` times (default once; by a model as often as the bank says)")
	completion(cmd, "evaluator", cobra.FixedCompletions([]string{session.Builtin, "ollama"}, cobra.ShellCompDirectiveNoFileComp))
}

// test loads the banks and runs them.
func (t *testedBanks) test(ctx context.Context, args []string, o cases.Options) (*cases.Report, error) {
	if t.repeat < 0 {
		return nil, usagef("--repeat %d: it is 1 or more", t.repeat)
	}
	evaluators, err := t.judges(ctx)
	if err != nil {
		return nil, err
	}
	banks, err := t.banks(ctx, args)
	if err != nil {
		return nil, err
	}
	if err := anything(banks, o); err != nil {
		return nil, err
	}
	o.Repeat = t.repeat
	o.Progress = t.progress()
	return cases.Run(ctx, banks, evaluators, builtin.New(), o)
}

// judges are those that were asked for. One that cannot be had is named
// with the reason, so that its cases are skipped and not forgotten.
func (t *testedBanks) judges(ctx context.Context) ([]cases.Evaluator, error) {
	names := t.evaluator
	switch {
	case len(names) == 0 && len(t.model) > 0:
		names = []string{"ollama"}
	case len(names) == 0:
		names = []string{session.Builtin}
	case len(t.model) > 0 && !slices.Contains(names, "ollama"):
		return nil, usagef("--model is for the evaluator ollama; say --evaluator ollama too")
	}
	var out []cases.Evaluator
	for _, name := range names {
		switch name {
		case session.Builtin:
			out = append(out, cases.Evaluator{Evaluator: builtin.New(), Name: name})
		case "ollama":
			models, err := t.models(ctx)
			if err != nil {
				return nil, err
			}
			out = append(out, models...)
		default:
			return nil, usagef("--evaluator %q: it is builtin or ollama", name)
		}
	}
	return out, nil
}

// models are the model evaluators, one for each model, or the one elios would choose.
func (t *testedBanks) models(ctx context.Context) ([]cases.Evaluator, error) {
	cfg, err := t.configuration()
	if err != nil {
		return nil, err
	}
	names := t.model
	if len(names) == 0 {
		names = []string{cfg.Model}
	}
	client, err := t.ollamaClient()
	if err != nil {
		return nil, err
	}
	s, err := t.store(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]cases.Evaluator, len(names))
	for i, name := range names {
		m, err := choose(ctx, client, name, ollama.Name)
		if err != nil {
			out[i] = cases.Evaluator{Name: cmp.Or(name, ollama.Name), Model: true, Missing: err.Error()}
			continue
		}
		out[i] = cases.Evaluator{Evaluator: t.modelEvaluator(client, m, builtin.New(), s), Name: m.Name, Model: true}
	}
	return out, nil
}

// anything refuses a run that would test nothing and look green.
func anything(banks []*bank.Bank, o cases.Options) error {
	var questions []string
	for _, b := range banks {
		for i := range b.Questions {
			q := &b.Questions[i]
			questions = append(questions, q.ID)
			if o.Question != "" && q.ID != o.Question {
				continue
			}
			if o.Case == "" || slices.ContainsFunc(q.Cases, func(c bank.Case) bool { return c.ID == o.Case }) {
				return nil
			}
		}
	}
	if o.Case != "" && (o.Question == "" || slices.Contains(questions, o.Question)) {
		return usagef("there is no case %q; elios bank show lists the questions, --case without --question looks in all of them", o.Case)
	}
	return usagef("there is no question %q; there is %s", o.Question, strings.Join(questions, ", "))
}

// banks loads the banks that are named, or those in this folder, or else all built-in
// ones and one's own.
func (t *testedBanks) banks(ctx context.Context, args []string) ([]*bank.Bank, error) {
	lib, err := t.library()
	if err != nil {
		return nil, err
	}
	if args, err = namedOrHere(args); err != nil {
		return nil, err
	}
	if len(args) == 0 {
		list, err := lib.Banks(ctx)
		if err != nil {
			return nil, err
		}
		if broken := lib.Broken(ctx); len(broken) > 0 {
			return nil, session.Errorf(session.Invalid, "%w", errors.Join(broken...))
		}
		for _, b := range list {
			args = append(args, b.ID)
		}
	}
	var out []*bank.Bank
	for _, arg := range args {
		b, err := lib.Bank(ctx, arg)
		if err != nil {
			return nil, named(err)
		}
		out = append(out, b)
	}
	return out, nil
}

// namedOrHere are the banks that arguments name, or else those in this folder.
func namedOrHere(args []string) ([]string, error) {
	if len(args) == 0 {
		return banksHere(), nil
	}
	return expanded(args)
}

// expanded replaces DIR/... by the banks in and under a folder.
func expanded(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		dir, all := strings.CutSuffix(filepath.ToSlash(arg), "/...")
		if !all {
			out = append(out, arg)
			continue
		}
		found, err := bank.Find(dir)
		if err != nil {
			return nil, usagef("%s: %w", arg, cause(err))
		}
		out = append(out, found...)
	}
	return out, nil
}

// progress shows how far a run is, on a terminal only; nil elsewhere.
func (t *testedBanks) progress() func(done, of int) {
	line := t.statusLine()
	if !line.isSeen() {
		return nil
	}
	last := -1
	return func(done, of int) {
		percent := 100 * done / of
		if percent == last {
			return
		}
		last = percent
		if done == of {
			line.clear() // the results follow
			return
		}
		line.draw(fmt.Sprintf("Testing … %d %%", percent))
	}
}
