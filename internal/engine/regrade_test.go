package engine_test

import (
	"context"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// kind meets everything.
func kind(_ context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
	var j session.Judgement
	last := r.Answers[len(r.Answers)-1]
	for _, c := range r.Question.Criteria() {
		j.Verdicts = append(j.Verdicts, rubric.Verdict{Point: c.ID, Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: last.Turn, Quote: last.Text}}})
	}
	return j, nil
}

func TestRegrade(t *testing.T) {
	l := newLab(t)
	e := l.engine(func(c *engine.Config) {
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin}, &evaluator{name: "ollama", fn: kind}}
	})
	room := create(t, e, nil)
	if _, err := e.Regrade(t.Context(), room.ID(), "ollama", false, func(int, int) {}); session.KindOf(err) != session.InvalidState {
		t.Errorf("an open interview: %v", err)
	}
	room.do(session.Start{})
	room.judged(half)
	room.do(session.End{})
	before := room.state(session.Complete)
	first, err := e.Report(t.Context(), room.ID())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Regrade(t.Context(), room.ID(), "nosuch", false, func(int, int) {}); session.KindOf(err) != session.Unavailable {
		t.Errorf("nobody: %v", err)
	}
	for _, apply := range []bool{false, true} {
		told := 0
		again, err := e.Regrade(t.Context(), room.ID(), "ollama", apply, func(int, int) { told++ })
		if err != nil || len(again) != 1 || again[0].Turn != 1 || again[0].After.Score.Value != 100 || again[0].After.By.Name != "ollama" ||
			again[0].Before == nil || again[0].Before.Score.Value >= 100 || told != 2 {
			t.Fatalf("%+v, %v, told %d times", again, err, told)
		}
		now, err := e.Report(t.Context(), room.ID())
		if err != nil || now.Score != first.Score {
			t.Errorf("apply %v: the first score became %v, %v", apply, now.Score, err)
		}
		if kept := now.Questions[0].Turns[0].Regrades; (len(kept) == 1) != apply {
			t.Errorf("apply %v: %+v", apply, kept)
		}
	}
	if after := room.state(session.Complete); after.LastSeq != before.LastSeq+1 {
		t.Errorf("%d events more", after.LastSeq-before.LastSeq)
	}
}
