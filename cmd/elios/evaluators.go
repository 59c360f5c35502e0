package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/session"
)

// How long elios looks for Ollama before an interview: a server of this machine answers within
// milliseconds, and who did not ask for one should not wait for it.
const (
	lookForAuto  = 700 * time.Millisecond
	lookForNamed = 10 * time.Second
)

// judgeFlags say who judges.
type judgeFlags struct {
	evaluator string
	model     string
	noCache   bool
}

// addJudgeFlags gives a command the flags that say who judges; usual is who does without.
func (a *app) addJudgeFlags(cmd *cobra.Command, usual string) {
	f := cmd.Flags()
	f.StringVar(&a.flags.evaluator, "evaluator", "", "let `NAME` judge: auto, builtin or ollama (default "+usual+")")
	f.StringVar(&a.flags.model, "model", "", "judge with this `MODEL` of Ollama (default: the first suitable one)")
	f.BoolVar(&a.flags.noCache, "no-cache", false, "ask the model again for what it has judged before")
	completion(cmd, "evaluator", cobra.FixedCompletions([]string{"auto", session.Builtin, ollama.Name}, cobra.ShellCompDirectiveNoFileComp))
	completion(cmd, "model", completeModels(a))
}

// ollamaClient is a client of the server that OLLAMA_HOST or the key ollama_host names.
func (a *app) ollamaClient() (*ollama.Client, error) {
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	server, err := ollama.ParseHost(cfg.OllamaHost)
	if err != nil {
		return nil, &usageError{err}
	}
	return ollama.NewClient(server), nil
}

// evaluators are who may judge an interview, first the one that does where nobody is named. Both are
// always there, so that an interview can go over from one to the other. When the one that was asked for
// cannot be had, a.judgeErr says why: that ends a command that needs it, and no other.
func (a *app) evaluators(ctx context.Context, own *builtin.Evaluator, cache engine.Cache) ([]session.Evaluator, error) {
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	if cfg.Evaluator == session.Builtin && a.flags.model != "" {
		return nil, usagef("--model %s: the built-in evaluator has no model; say --evaluator ollama", a.flags.model)
	}
	client, err := a.ollamaClient()
	if err != nil {
		return nil, err
	}
	model := ollama.Installed{Name: cmp.Or(cfg.Model, ollama.Suitable[0])}
	first := cfg.Evaluator == ollama.Name
	if a.looksForModel() {
		found, err := choose(ctx, client, cfg.Model, cfg.Evaluator)
		switch {
		case err == nil:
			model, first = found, true
		case cfg.Evaluator == ollama.Name || a.flags.model != "":
			a.judgeErr = err
		case errors.Is(err, ollama.ErrNoModel):
			a.notice(fmt.Sprintf("Ollama has no model %s, so the built-in evaluator judges; elios model pull installs it.", model.Name))
		}
	}
	judge := a.modelEvaluator(client, model, own, cache)
	if first {
		return []session.Evaluator{judge, own}, nil
	}
	return []session.Evaluator{own, judge}, nil
}

// looksForModel tells whether the server is asked at all: not by a command that only reads, and not for
// a deterministic run, which no model is, unless it asks for one.
func (a *app) looksForModel() bool {
	switch {
	case a.readsOnly || a.cfg.Evaluator == session.Builtin:
		return false
	case a.cfg.Evaluator == ollama.Name:
		return true
	}
	return a.fixed == ""
}

// reader is the engine for a command that judges nothing.
func (a *app) reader(ctx context.Context) (*engine.Engine, error) {
	a.readsOnly = true
	return a.engine(ctx)
}

// interviewer is the engine for a command that needs the evaluator that was asked for.
func (a *app) interviewer(ctx context.Context) (*engine.Engine, error) {
	e, err := a.engine(ctx)
	if err != nil {
		return nil, err
	}
	return e, a.judgeErr
}

// choose finds the model to judge with.
func choose(ctx context.Context, c *ollama.Client, named, evaluator string) (ollama.Installed, error) {
	patience := lookForNamed
	if evaluator != ollama.Name && named == "" {
		patience = lookForAuto
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	m, err := c.Choose(ctx, named)
	if errors.Is(err, context.DeadlineExceeded) {
		return m, session.Errorf(session.Unavailable, "Ollama at %s did not answer within %s; is it the right address (OLLAMA_HOST)?", c.Server(), patience)
	}
	return m, err
}

// modelEvaluator judges with a model, with the built-in evaluator at its side.
func (a *app) modelEvaluator(c *ollama.Client, m ollama.Installed, second session.Second, cache engine.Cache) session.Evaluator {
	bare := ollama.New(ollama.Config{Client: c, Model: m.Name, Digest: m.Digest, Options: a.modelOptions()})
	a.closers = append(a.closers, bare)
	var ev session.Evaluator = bare
	if cache != nil && !a.flags.noCache {
		ev = engine.Cached(ev, cache, slog.New(slog.DiscardHandler))
	}
	return engine.CrossChecked(ev, second)
}

// modelOptions are the same for every request, else the server loads the model anew.
func (a *app) modelOptions() ollama.Options {
	o := ollama.DefaultOptions
	o.Context = a.cfg.Context
	return o
}

// oneEvaluator is the one a command without an interview judges with: builtin unless the flags say
// otherwise.
func (a *app) oneEvaluator(ctx context.Context) (session.Evaluator, error) {
	own := builtin.New()
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	if a.flags.evaluator == "" && a.flags.model == "" || cfg.Evaluator == session.Builtin {
		return own, nil
	}
	s, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	all, err := a.evaluators(ctx, own, s)
	if err != nil {
		return nil, err
	}
	return all[0], a.judgeErr
}

// completeModels lists the installed models.
func completeModels(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		client, err := a.ollamaClient()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		ctx, cancel := context.WithTimeout(cmd.Context(), lookForAuto)
		defer cancel()
		models, _ := client.Models(ctx) // nothing to offer is no error for a shell
		var out []string
		for _, m := range models {
			out = append(out, fmt.Sprintf("%s\t%s", m.Name, m.Params))
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}
