package builtin_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestSimulatedJudgesLikeTheBuiltin(t *testing.T) {
	r := session.Request{
		Turn: 1,
		Question: rubric.Question{
			ID: "q", Type: rubric.Open, Ask: "What does a nil channel do?", Ideal: "It blocks for ever.",
			KeyPoints: []rubric.KeyPoint{{ID: "a", Weight: 1, Point: "A send on it blocks for ever."}, {ID: "b", Weight: 1, Point: "So does a receive."}},
		},
		Answers: []rubric.Answer{{Turn: 1, Text: "A send on it blocks for ever, I think."}},
	}
	want, err := builtin.New().Evaluate(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := builtin.NewSimulated(30 * time.Millisecond)
	seen := 0
	begun := time.Now()
	got, err := s.Evaluate(t.Context(), r, func(session.Partial) { seen++ })
	if err != nil || !reflect.DeepEqual(got, want) || seen != 2 || time.Since(begun) < 30*time.Millisecond {
		t.Errorf("%+v after %s and %d verdicts, %v", got, time.Since(begun), seen, err)
	}
	if s.Info().Name != builtin.SimulatedName {
		t.Errorf("it calls itself %s", s.Info())
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	slow := builtin.NewSimulated(time.Hour)
	if _, err := slow.Evaluate(ctx, r, nil); err == nil {
		t.Error("it was not called off")
	}
}
