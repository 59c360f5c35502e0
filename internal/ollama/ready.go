package ollama

import (
	"context"

	"github.com/elios/elios/internal/session"
)

// load is one load, with the model's digest learnt beside it.
func (e *Evaluator) load(ctx context.Context) error {
	if err := e.learnDigest(ctx); err != nil {
		return err
	}
	return e.cfg.Client.load(ctx, e.cfg.Model, e.cfg.Options, e.cfg.Patience)
}

// ready waits until the model is in memory; loads is called when it is not yet.
func (e *Evaluator) ready(ctx context.Context, loads func()) error {
	there, err := e.cfg.Client.loaded(ctx, e.cfg.Model, e.cfg.Options)
	if err != nil || there && e.Info().Digest != "" {
		return err
	}
	if !there {
		loads()
	}
	return e.loader.start().wait(ctx)
}

// learnDigest looks up which version of the model is installed.
func (e *Evaluator) learnDigest(ctx context.Context) error {
	installed, err := e.cfg.Client.Models(ctx)
	if err != nil {
		return err
	}
	for _, m := range installed {
		if tagged(m.Name) == tagged(e.cfg.Model) {
			e.mu.Lock()
			e.digest = m.Digest
			e.mu.Unlock()
			return nil
		}
	}
	return e.failure().say(ErrNoModel, nil)
}

// Warm lets the server read ahead what an answer to come will be judged with: question, rubric, and
// what was said on it so far. It does nothing while anybody waits for a judgement, and returns when
// the server has read it.
func (e *Evaluator) Warm(ctx context.Context, r session.Request, emit func(session.Partial)) error {
	leave, idle := e.queue.enterIdle()
	if !idle {
		return nil
	}
	_, err := apart(ctx, func() (wholeReply, error) {
		defer leave()
		if err := e.ready(ctx, func() { emit(session.Partial{Phase: "loading"}) }); err != nil {
			return wholeReply{}, err
		}
		p := newPrompt(r, e.key)
		p.said = p.said[:len(r.Answers)]
		return e.cfg.Client.chat(ctx, asking{model: e.cfg.Model, messages: p.messages(), tokens: 1}, e.cfg.Options, e.cfg.Patience)
	})
	return err
}

var _ session.Warmer = (*Evaluator)(nil)
