package engine_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// second is a second opinion that says what the test wants.
type second struct {
	evaluator
	supports, tampers bool
}

func (s *second) Supports(*rubric.Question, string, string, bool) bool { return s.supports }
func (s *second) Tampers(*rubric.Question, string) bool                { return s.tampers }

var pump = rubric.Question{ID: "pump", Ask: "What stops the pump?", KeyPoints: []rubric.KeyPoint{{ID: "float", Weight: 1, Point: "A float."}}}

const floats = "A float rises and stops it."

func pumpRequest() session.Request {
	return session.Request{Turn: 1, Question: pump, Answers: []rubric.Answer{{Turn: 1, Ask: pump.Ask, Text: floats}}, Asked: []string{pump.Ask}}
}

// says makes an evaluator that gives one verdict on the float.
func says(name string, status rubric.Status, calls *int) evaluator {
	return evaluator{name: name, fn: func(context.Context, session.Request, func(session.Partial)) (session.Judgement, error) {
		if calls != nil {
			*calls++
		}
		return session.Judgement{Verdicts: []rubric.Verdict{{Point: "float", Status: status, Evidence: []rubric.Evidence{{Quote: floats}}}}}, nil
	}}
}

func TestCrossChecked(t *testing.T) {
	for name, tc := range map[string]struct {
		model, own        rubric.Status
		supports, tampers bool
		want              rubric.Status
		reason            string
		doubt             bool
	}{
		"they agree":                 {rubric.Met, rubric.Met, true, false, rubric.Met, "", false},
		"they are far apart":         {rubric.Met, rubric.Missed, true, false, rubric.Met, "", true},
		"half a point apart":         {rubric.Partial, rubric.Missed, true, false, rubric.Partial, "", true},
		"nothing to do with it":      {rubric.Met, rubric.Met, false, false, rubric.Met, rubric.ReasonUnsupported, false},
		"it speaks to its judge":     {rubric.Met, rubric.Missed, false, true, rubric.CannotAssess, rubric.ReasonEvidence, false},
		"it does, and says the word": {rubric.Met, rubric.Met, true, true, rubric.Met, "", false},
		"it cannot read it":          {rubric.Met, rubric.CannotAssess, true, false, rubric.Met, "", false},
		"nothing was given":          {rubric.Missed, rubric.Missed, false, true, rubric.Missed, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			model := says("ollama", tc.model, nil)
			j, err := engine.CrossChecked(&model, &second{says(session.Builtin, tc.own, nil), tc.supports, tc.tampers}).Evaluate(t.Context(), pumpRequest(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if v := j.Verdicts[0]; v.Status != tc.want || v.Reason != tc.reason || (j.Doubt != nil) != tc.doubt {
				t.Errorf("%+v, doubt %+v", v, j.Doubt)
			}
		})
	}
}

// memory is a cache in memory.
type memory map[string]session.Judgement

func (m memory) Judgement(_ context.Context, key string) (session.Judgement, bool, error) {
	j, ok := m[key]
	return j, ok, nil
}

func (m memory) KeepJudgement(_ context.Context, key string, j session.Judgement) error {
	m[key] = j
	return nil
}

// named is an evaluator with a model's digest.
type named struct {
	evaluator
	digest string
}

func (n *named) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: "ollama", Model: "m", Digest: n.digest}
}

func TestCached(t *testing.T) {
	calls, cache := 0, memory{}
	ev := &named{says("ollama", rubric.Met, &calls), "d1"}
	judge := func(r session.Request) {
		t.Helper()
		j, err := engine.Cached(ev, cache, slog.New(slog.DiscardHandler)).Evaluate(t.Context(), r, nil)
		if err != nil || j.Verdicts[0].Status != rubric.Met {
			t.Fatal(j, err)
		}
	}
	same, other, reworded := pumpRequest(), pumpRequest(), pumpRequest()
	other.Answers = []rubric.Answer{{Turn: 1, Ask: pump.Ask, Text: "Nothing does, to be honest."}}
	reworded.Question.KeyPoints = []rubric.KeyPoint{{ID: "float", Weight: 1, Point: "A float or a probe."}}
	for _, step := range []struct {
		r     session.Request
		calls int
	}{{same, 1}, {same, 1}, {other, 2}, {reworded, 3}, {same, 3}} {
		if judge(step.r); calls != step.calls {
			t.Errorf("%d calls, want %d", calls, step.calls)
		}
	}
	ev.digest = "d2" // another model under the same name
	if judge(same); calls != 4 {
		t.Errorf("a new model: %d calls", calls)
	}
	ev.digest = "" // not known yet: nothing is taken for its judgement, and nothing kept
	if judge(same); calls != 5 || len(cache) != 4 {
		t.Errorf("an unknown model: %d calls, %d kept", calls, len(cache))
	}
}

// A failed judgement is not kept.
func TestCachedFailure(t *testing.T) {
	cache := memory{}
	ev := &named{evaluator{name: "ollama", fn: func(context.Context, session.Request, func(session.Partial)) (session.Judgement, error) {
		return session.Judgement{}, errors.New("no")
	}}, "d1"}
	if _, err := engine.Cached(ev, cache, slog.New(slog.DiscardHandler)).Evaluate(t.Context(), pumpRequest(), nil); err == nil || len(cache) != 0 {
		t.Error(err, cache)
	}
}
