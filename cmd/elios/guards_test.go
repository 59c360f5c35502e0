package main

import (
	"slices"
	"testing"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
)

// builtInBanks loads every bank that elios comes with.
func builtInBanks(t *testing.T) []*bank.Bank {
	t.Helper()
	lib := bank.NewLibrary(banks.FS, "")
	list, err := lib.Banks(t.Context())
	if err != nil || len(list) == 0 {
		t.Fatalf("%d banks, %v", len(list), err)
	}
	var out []*bank.Bank
	for _, info := range list {
		b, err := lib.Bank(t.Context(), info.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

func pointScore(t *testing.T, ev *builtin.Evaluator, q *rubric.Question, answer string) judged {
	t.Helper()
	j, err := judge(t.Context(), ev, ev, q, answer)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// TestAttacks tries on every question of every built-in bank what must earn little.
func TestAttacks(t *testing.T) {
	ev := builtin.New()
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			n, over, sum := 0, 0, 0.0
			for _, b := range builtInBanks(t) {
				for i := range b.Questions {
					q := &b.Questions[i].Question
					if len(q.KeyPoints) == 0 {
						continue
					}
					for _, answer := range a.answers(q) {
						j := pointScore(t, ev, q, answer)
						n, sum = n+1, sum+j.Score.Value
						if j.Score.Value > a.most {
							over++
							t.Logf("%s/%s: %.0f, at most %.0f; %v\n%s", b.ID, q.ID, j.Score.Value, a.most, marks(j), answer)
						}
					}
				}
			}
			t.Logf("%s: %d answers, mean %.1f, %d over", a.name, n, sum/float64(max(1, n)), over)
			if float64(over) > a.spare*float64(n) {
				t.Errorf("%d of %d answers earn more than %.0f", over, n, a.most)
			}
		})
	}
}

// TestOtherIdeals gives every question the ideal answers of the others in its bank.
func TestOtherIdeals(t *testing.T) {
	ev := builtin.New()
	for _, b := range builtInBanks(t) {
		var scores []float64
		for i := range b.Questions {
			for k := range b.Questions {
				q := &b.Questions[i].Question
				if i == k || len(q.KeyPoints) == 0 {
					continue
				}
				j := pointScore(t, ev, q, b.Questions[k].Ideal)
				scores = append(scores, j.Score.Value)
				if j.Score.Value > 25 {
					t.Logf("%s/%s: the ideal of %s earns %.0f: %v", b.ID, q.ID, b.Questions[k].ID, j.Score.Value, marks(j))
				}
			}
		}
		if len(scores) == 0 {
			continue
		}
		slices.Sort(scores)
		p90 := scores[len(scores)*9/10]
		t.Logf("%s: other questions' ideals: p90 %.0f, most %.0f", b.ID, p90, scores[len(scores)-1])
		if p90 > 25 {
			t.Errorf("%s: p90 %.0f, at most 25", b.ID, p90)
		}
	}
}

func marks(j judged) (out []string) {
	for _, v := range j.Verdicts {
		out = append(out, v.Point+" "+string(v.Status))
	}
	return out
}
