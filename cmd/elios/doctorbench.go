package main

import (
	"context"
	"fmt"
	"time"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// timeEvaluator judges the say sentences of a built-in question three times: the model may have to
// be loaded, the question is new to it, and it has been read ahead.
func (o *doctorOptions) timeEvaluator(ctx context.Context) ([]finding, error) {
	client, err := o.ollamaClient()
	if err != nil {
		return nil, err
	}
	if o.cfg.Evaluator == session.Builtin {
		return o.timeBuiltin(ctx)
	}
	m, err := choose(ctx, client, o.cfg.Model, ollama.Name)
	if err != nil {
		if o.cfg.Evaluator == ollama.Name {
			return nil, err
		}
		return o.timeBuiltin(ctx)
	}
	ev := ollama.New(ollama.Config{Client: client, Model: m.Name, Digest: m.Digest, Options: o.modelOptions()})
	defer ev.Close()
	qs, err := o.benchQuestions(ctx)
	if err != nil {
		return nil, err
	}
	var out []finding
	for i, run := range []struct{ what, says string }{
		{"first", "with loading the model, to the first verdict %s, whole %s"},
		{"cold", "of a question that is new to the model, to the first verdict %s, whole %s"},
		{"warm", "of a question read ahead while the candidate types, to the first verdict %s, whole %s"},
	} {
		if run.what == "warm" {
			if err := ev.Warm(ctx, session.Request{Question: *qs[i]}, func(session.Partial) {}); err != nil {
				return nil, err
			}
		}
		first, whole, err := timed(ctx, ev, qs[i])
		if err != nil {
			return nil, err
		}
		out = append(out, finding{What: run.what, OK: true, Says: "one evaluation " + fmt.Sprintf(run.says, seconds(first), seconds(whole))})
	}
	return out, nil
}

func (o *doctorOptions) timeBuiltin(ctx context.Context) ([]finding, error) {
	qs, err := o.benchQuestions(ctx)
	if err != nil {
		return nil, err
	}
	_, whole, err := timed(ctx, builtin.New(), qs[0])
	if err != nil {
		return nil, err
	}
	return []finding{{What: "built-in", OK: true, Says: fmt.Sprintf("one evaluation %.1f ms, the question's first", float64(whole.Microseconds())/1000)}}, nil
}

// benchQuestions are three questions of the first built-in bank.
func (o *doctorOptions) benchQuestions(ctx context.Context) ([]*rubric.Question, error) {
	b, err := o.namedBank(ctx, firstBank)
	if err != nil {
		return nil, err
	}
	out := make([]*rubric.Question, 3)
	for i := range out {
		out[i] = &b.Questions[i].Question
	}
	return out, nil
}

// timed judges the ideal answer: how long to the first verdict, and in all.
func timed(ctx context.Context, ev session.Evaluator, q *rubric.Question) (first, whole time.Duration, err error) {
	begun := time.Now()
	_, err = ev.Evaluate(ctx, session.OneAnswer(q, q.Ideal), func(p session.Partial) {
		if first == 0 && p.Phase == "" {
			first = time.Since(begun)
		}
	})
	return first, time.Since(begun), err
}
