package bank

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func idsOf(questions []rubric.Question) []string {
	var out []string
	for _, q := range questions {
		out = append(out, q.ID)
	}
	return out
}

// TestSelectIsTheSameEverywhere pins the draw: a seed someone wrote down must
// give the same interview after an update.
func TestSelectIsTheSameEverywhere(t *testing.T) {
	b, err := Parse("b.yaml", many(30))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Select(b, session.Settings{Count: 6, Seed: 42}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "q21 q1 q7 q28 q9 q4"
	if diff := cmp.Diff(want, strings.Join(idsOf(got), " ")); diff != "" {
		t.Error(diff)
	}
}

func TestSelectProperties(t *testing.T) {
	all, err := Parse("b.yaml", many(40))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := *all
		b.Questions = rapid.Permutation(all.Questions).Draw(t, "order")
		s := session.Settings{
			Count: rapid.IntRange(0, 50).Draw(t, "count"), Seed: rapid.Uint64().Draw(t, "seed"),
			MinLevel: rapid.IntRange(0, 3).Draw(t, "min"), MaxLevel: rapid.IntRange(3, 5).Draw(t, "max"),
		}
		var recent map[string]time.Time
		if rapid.Bool().Draw(t, "again") {
			recent = map[string]time.Time{}
			for _, i := range rapid.SliceOf(rapid.IntRange(0, 39)).Draw(t, "recent") {
				recent[fmt.Sprint("q", i)] = time.Unix(int64(1+i%7), 0)
			}
		}
		got, err := Select(&b, s, recent)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Select(all, s, recent)
		if diff := cmp.Diff(idsOf(got), idsOf(again)); diff != "" {
			t.Fatal("the order of the file changes the draw", diff)
		}
		checkDraw(t, all, s, recent, got)
	})
}

// checkDraw checks count, levels, order, and that nothing left out was answered
// longer ago than something drawn.
func checkDraw(t *rapid.T, b *Bank, s session.Settings, recent map[string]time.Time, got []rubric.Question) {
	fits := func(q rubric.Question) bool {
		return q.Level >= s.MinLevel && (s.MaxLevel == 0 || q.Level <= s.MaxLevel)
	}
	fitting, drawn := 0, map[string]bool{}
	var latest time.Time
	for i, q := range got {
		if drawn[q.ID] || !fits(q) || i > 0 && got[i-1].Level > q.Level {
			t.Fatalf("question %s: drawn twice, of a wrong level or out of order", q.ID)
		}
		drawn[q.ID] = true
		if recent[q.ID].After(latest) {
			latest = recent[q.ID]
		}
	}
	for _, q := range b.Questions {
		if !fits(q.Question) {
			continue
		}
		fitting++
		if recent != nil && !drawn[q.ID] && recent[q.ID].Before(latest) {
			t.Fatalf("%s was answered longer ago than one that was drawn", q.ID)
		}
	}
	want := fitting
	if s.Count > 0 {
		want = min(want, s.Count)
	}
	if len(got) != want {
		t.Fatalf("%d questions, want %d", len(got), want)
	}
}

func TestSeedsDiffer(t *testing.T) {
	b, err := Parse("b.yaml", many(40))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for seed := range uint64(50) {
		got, _ := Select(b, session.Settings{Count: 5, Seed: seed}, nil)
		seen[strings.Join(idsOf(got), " ")] = true
	}
	if len(seen) < 45 {
		t.Errorf("50 seeds give %d interviews", len(seen))
	}
}

func TestSelectRefuses(t *testing.T) {
	b := mustLoad(t, "testdata/full.yaml")
	b.Topics = append(b.Topics, Topic{ID: "empty", Title: "Empty"})
	for want, s := range map[string]session.Settings{
		`bank queues has no topic "delivry"; did you mean "delivery"? (there is delivery, teamwork, empty)`: {Topics: []string{"delivry"}},
		`level 6 is not from 1 to 5`:                                               {MaxLevel: 6},
		`level -1 is not from 1 to 5`:                                              {MinLevel: -1},
		`levels 4 to 2: the first is above the last`:                               {MinLevel: 4, MaxLevel: 2},
		`bank queues: no question of level 4 to 5; there is level 1, 2, 3`:         {MinLevel: 4},
		`bank queues, topic delivery: no question of level 3; there is level 1, 2`: {Topics: []string{"delivery"}, MinLevel: 3, MaxLevel: 3},
		`bank queues, topic empty: there are no questions`:                         {Topics: []string{"empty"}},
	} {
		_, err := Select(b, s, nil)
		if err == nil || err.Error() != want || session.KindOf(err) != session.Invalid {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	got, err := Select(b, session.Settings{Topics: []string{"delivery", "teamwork"}, Count: -3}, nil)
	if err != nil || !slices.Equal(idsOf(got), []string{"code", "at-least-once", "conflict"}) {
		t.Error(idsOf(got), err)
	}
}
