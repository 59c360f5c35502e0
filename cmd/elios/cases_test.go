package main

import (
	"slices"
	"testing"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// TestBuiltInCases judges the calibration cases of every built-in bank with the
// built-in evaluator.
func TestBuiltInCases(t *testing.T) {
	lib := bank.NewLibrary(banks.FS, "")
	list, err := lib.Banks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if broken := lib.Broken(t.Context()); len(list) == 0 || len(broken) > 0 {
		t.Fatalf("%d banks, broken: %v", len(list), broken)
	}
	ev := builtin.New()
	for _, info := range list {
		b, err := lib.Bank(t.Context(), info.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Questions {
			q := &b.Questions[i]
			for _, c := range q.Cases {
				t.Run(b.ID+"/"+q.ID+"/"+c.ID, func(t *testing.T) {
					j, err := judge(t.Context(), ev, &q.Question, q.AnswerText(c))
					if err != nil {
						t.Fatal(err)
					}
					checkCase(t, c.Expect, j, b.Test.Tolerance)
					if want := c.Expect.FollowUp; want != "" {
						if got := followUpTo(t, ev, b, q, q.AnswerText(c)); got != want {
							t.Errorf("the follow-up is %q, want %q", got, want)
						}
					}
				})
			}
			for _, c := range q.Criteria() {
				t.Run(b.ID+"/"+q.ID+"/say-"+c.ID, func(t *testing.T) {
					j, err := judge(t.Context(), ev, &q.Question, c.Say)
					if err != nil {
						t.Fatal(err)
					}
					if v, _ := rubric.Find(j.Verdicts, c.ID); !c.Leveled && v.Status != rubric.Met {
						t.Errorf("its own say sentence leaves it %s", v.Status)
					}
				})
			}
		}
	}
}

func checkCase(t *testing.T, want bank.Expect, j judged, tolerance float64) {
	t.Helper()
	if !want.Score.HoldsWithin(j.Score.Value, tolerance) {
		t.Errorf("score %.0f, want %s; %s", j.Score.Value, want.Score, marks(j))
	}
	is := func(points []string, status func(rubric.Verdict) bool, word string) {
		for _, p := range points {
			if v, ok := rubric.Find(j.Verdicts, p); !ok || !status(v) {
				t.Errorf("%s is %s, want %s", p, v.Status, word)
			}
		}
	}
	is(want.Met, func(v rubric.Verdict) bool { return v.Status == rubric.Met }, "met")
	is(want.Contradicted, func(v rubric.Verdict) bool { return v.Status == rubric.Contradicted }, "contradicted")
	for id, bound := range want.Dimensions {
		if v, ok := rubric.Find(j.Verdicts, id); !ok || v.Level == nil || !bound.Holds(float64(*v.Level)) {
			t.Errorf("dimension %s: %+v, want %s", id, v, bound)
		}
	}
	is(want.Missed, rubric.Verdict.Gap, "a gap")
	if want.Missed != nil && len(want.Missed) == 0 && rubric.OpenPoints(j.Verdicts) > 0 {
		t.Errorf("points are open: %s", marks(j))
	}
	for _, m := range want.Misconceptions {
		if !slices.ContainsFunc(j.Held, func(h rubric.Held) bool { return h.ID == m }) {
			t.Errorf("misconception %s is not found", m)
		}
	}
}

// followUpTo has one answer judged in an interview of one question and gives
// the id of the author's follow-up that comes, "" for none.
func followUpTo(t *testing.T, ev *builtin.Evaluator, b *bank.Bank, q *bank.Question, answer string) string {
	t.Helper()
	by := ev.Info()
	iv, _, err := session.Create("case", session.Settings{Bank: b.ID, Count: 1}, b.Ref(), []rubric.Question{q.Question}, by, fixedClock())
	if err != nil {
		t.Fatal(err)
	}
	req := session.Request{Turn: 1, Question: q.Question, Answers: []rubric.Answer{{Turn: 1, Ask: q.Ask, Text: answer}}}
	j, err := ev.Evaluate(t.Context(), req, func(session.Partial) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range []session.Command{
		session.Start{},
		session.Answer{Turn: 1, Text: answer},
		session.Evaluated{Turn: 1, By: by, Judgement: j, Similarity: ev.Similarity(&q.Question, []string{answer})},
	} {
		events, err := session.Decide(iv, cmd, fixedClock())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			iv = session.Apply(iv, e)
		}
	}
	return iv.Current().FollowUp
}

func marks(j judged) (out []string) {
	for _, v := range j.Verdicts {
		out = append(out, v.Point+" "+string(v.Status))
	}
	return out
}
