package cases

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// flow is a small bank with everything a case can expect.
const flow = `
elios: bank/v1
id: flow
title: Flow control
version: 1.2.0
language: en
topics: [{id: flow, title: Flow}, {id: team, title: Team}]
questions:
  - id: backpressure
    type: open
    topic: flow
    level: 2
    ask: How does a queue protect a slow consumer, and what does that cost?
    key_points:
      - {id: slow, weight: 2, must: true, point: The producer waits., say: "The producer waits until the consumer has caught up.", probe: "Who has to wait?"}
      - {id: bounded, weight: 1, point: The buffer has a limit., say: "The buffer between them never grows beyond its limit.", probe: "How large may it grow?"}
      - {id: drop, weight: 1, point: Or work is dropped., say: "Or the newest work is thrown away on purpose.", probe: "What if nobody may wait?"}
    misconceptions:
      - {id: endless, penalty: 10, point: The buffer may grow without end.}
    ideal: >-
      The producer waits until the consumer has caught up. The buffer between them never grows
      beyond its limit. Or the newest work is thrown away on purpose.
    follow_ups:
      - {id: fu-drop, when: {missed: [drop]}, ask: "And if the producer cannot wait?"}
    cases:
      - {id: ideal, answer: $ideal, expect: {score: ">=95", missed: []}}
      - id: half
        answer: The producer waits until the consumer has caught up.
        answers: ["Or the newest work is thrown away on purpose."]
        expect: {score: "75", met: [slow, drop], missed: [bounded], follow_up: fu-drop}
      - {id: dont-know, answer: I don't know., expect: {score: 0, met: []}}
  - id: conflict
    type: behavioral
    topic: team
    level: 3
    ask: Tell me about a disagreement.
    dimensions:
      - {id: result, weight: 1, anchors: {5: It was settled.}, say: "In the end I settled it, and we shipped two weeks early."}
    cases:
      - {id: say, answer: $say, expect: {dimensions: {result: ">=3"}}}
test: {repeat: 4, pass_rate: 0.75}
`

func parsed(tb testing.TB, yaml string) *bank.Bank {
	tb.Helper()
	b, err := bank.Parse("flow.yaml", []byte(yaml))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// literal is an evaluator that knows each say sentence by heart and nothing
// else: a point is met when its sentence stands in an answer, word by word and
// with only small words beside it.
type literal struct{}

func (literal) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: "literal", Version: "1"}
}

func (literal) Evaluate(ctx context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
	var j session.Judgement
	for _, c := range r.Question.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed}
		level := 0
		for _, a := range r.Answers {
			if s := saidIn(a.Text, c.Say); s != "" {
				v.Status, level = rubric.Met, rubric.MaxLevel
				v.Evidence = []rubric.Evidence{{Quote: s}}
			}
		}
		if c.Leveled {
			v.Level = &level
		}
		j.Verdicts = append(j.Verdicts, v)
	}
	return j, ctx.Err()
}

// saidIn gives the sentence of an answer that is the say sentence, "" for none.
func saidIn(answer, say string) string {
	for _, s := range sentences(answer) {
		if strings.Join(text.Tokens(s), " ") == strings.Join(text.Tokens(say), " ") {
			return s
		}
	}
	return ""
}

// gullible is an evaluator that takes every answer for the ideal one.
type gullible struct{ literal }

func (gullible) Evaluate(_ context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
	var j session.Judgement
	for _, c := range r.Question.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Met, Evidence: []rubric.Evidence{{Quote: r.Answers[0].Text}}}
		if level := rubric.MaxLevel; c.Leveled {
			v.Level = &level
		}
		j.Verdicts = append(j.Verdicts, v)
	}
	return j, nil
}

// moody is literal but for every nth call, when it finds nothing.
type moody struct {
	literal
	every int64
	calls *atomic.Int64
}

func (m moody) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if m.calls.Add(1)%m.every == 0 {
		r.Answers = nil
	}
	return m.literal.Evaluate(ctx, r, emit)
}

// failing is an evaluator that cannot judge.
type failing struct {
	literal
	err error
}

func (f failing) Evaluate(context.Context, session.Request, func(session.Partial)) (session.Judgement, error) {
	return session.Judgement{}, f.err
}

// different is a similarity at which every follow-up comes.
type different struct{}

func (different) Similarity(*rubric.Question, []string) float64 { return 0 }

func by(ev session.Evaluator) []Evaluator {
	return []Evaluator{{Evaluator: ev, Name: ev.Info().Name}}
}

func runFlow(tb testing.TB, e []Evaluator, o Options) *Report {
	tb.Helper()
	r, err := Run(tb.Context(), []*bank.Bank{parsed(tb, flow)}, e, different{}, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}
