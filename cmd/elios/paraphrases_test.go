package main

import (
	"os"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
)

// TestParaphrases asks that what is said in plain words counts: each true answer earns at least
// half of the points that it makes.
func TestParaphrases(t *testing.T) {
	raw, err := os.ReadFile("testdata/paraphrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	questions := questionsOf(builtInBanks(t))
	ev, made, met := builtin.New(), 0, 0.0
	for _, block := range strings.Split(string(raw), "\n\n")[1:] {
		head, answer, _ := strings.Cut(strings.TrimSpace(block), "\n")
		id, list, _ := strings.Cut(head, ": ")
		q, ok := questions[id]
		if !ok {
			t.Fatalf("no question %q", id)
		}
		points := strings.Fields(list)
		j, got := pointScore(t, ev, q, answer), 0.0
		for _, p := range points {
			got += credit(j.Verdicts, p)
		}
		made, met = made+len(points), met+got
		if 2*got < float64(len(points)) {
			t.Errorf("%s: %.1f of %v: %v\n%s", id, got, points, marks(j), answer)
		} else if got < float64(len(points)) {
			t.Logf("%s: %.1f of %v: %v", id, got, points, marks(j))
		}
		if len(j.Held) > 0 {
			t.Errorf("%s: holds %+v", id, j.Held)
		}
	}
	t.Logf("%.1f of the points that %d answers make are found: %.0f %%", met, made, 100*met/float64(made))
}

func questionsOf(all []*bank.Bank) map[string]*rubric.Question {
	out := make(map[string]*rubric.Question)
	for _, b := range all {
		for i := range b.Questions {
			out[b.ID+"/"+b.Questions[i].ID] = &b.Questions[i].Question
		}
	}
	return out
}

func credit(verdicts []rubric.Verdict, point string) float64 {
	switch v, _ := rubric.Find(verdicts, point); v.Status {
	case rubric.Met:
		return 1
	case rubric.Partial:
		return 0.5
	}
	return 0
}
