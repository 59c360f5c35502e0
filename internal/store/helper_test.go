package store

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// day is when the tests' interviews take place.
var day = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func mustOpen(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func fresh(t testing.TB) *Store {
	t.Helper()
	return mustOpen(t, filepath.Join(t.TempDir(), "elios.db"))
}

func question(id string) rubric.Question {
	most := 1
	return rubric.Question{
		ID: id, Type: rubric.Open, Topic: "go", TopicTitle: "Go", Level: 2, Ask: "What is a *" + id + "*?",
		TimeLimit: rubric.Duration(5 * time.Minute), MaxFollowUps: &most, Hints: []string{"think of " + id},
		KeyPoints: []rubric.KeyPoint{
			{ID: "a", Weight: 2, Must: true, Point: "it is a", Probe: "And what else?"},
			{ID: "b", Weight: 1, Point: "it is b", Probe: "What of the other?"},
		},
		FollowUps:  []rubric.FollowUp{{ID: "f", Ask: "Why?", When: rubric.When{Missed: []string{"b"}}}},
		References: []rubric.Reference{{Title: "The spec", URL: "https://go.dev/ref/spec"}},
	}
}

// game plays one interview through the pure machine and commits what it does.
type game struct {
	t  testing.TB
	s  session.Store
	iv *session.Interview
	at time.Time
}

func newGame(t testing.TB, s session.Store, id string, questions ...string) *game {
	t.Helper()
	if len(questions) == 0 {
		questions = []string{"map", "slice"}
	}
	var list []rubric.Question
	for _, q := range questions {
		list = append(list, question(q))
	}
	settings := session.Settings{Bank: "go", Count: len(list), Seed: 1<<63 + 7, Evaluator: "auto", Topics: []string{"go"}}
	iv, events, err := session.Create(id, settings, session.BankRef{ID: "go", Title: "Go", Version: "1"}, list,
		session.EvaluatorInfo{Name: session.Builtin, Version: "idf-1"}, day)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Create(t.Context(), iv, events); err != nil {
		t.Fatal(err)
	}
	return &game{t, s, iv, day}
}

// decide gives the commit of a command without writing it.
func (g *game) decide(cmd session.Command) session.Commit {
	g.t.Helper()
	events, err := session.Decide(g.iv, cmd, g.at.Add(time.Second))
	if err != nil {
		g.t.Fatal(err)
	}
	next := g.iv
	for _, e := range events {
		next = session.Apply(next, e)
	}
	return session.Commit{Before: g.iv.LastSeq, Interview: next, Events: events}
}

// do commits commands one after the other.
func (g *game) do(cmds ...session.Command) *game {
	g.t.Helper()
	for _, cmd := range cmds {
		g.commit(g.decide(cmd))
	}
	return g
}

func (g *game) commit(c session.Commit) {
	g.t.Helper()
	if err := g.s.Commit(g.t.Context(), c); err != nil {
		g.t.Fatal(err)
	}
	g.iv, g.at = c.Interview, g.at.Add(time.Second)
}

// judge is an evaluation of the current turn that meets the points named.
func (g *game) judge(met ...string) session.Evaluated {
	verdicts := []rubric.Verdict{{Point: "a", Status: rubric.Missed}, {Point: "b", Status: rubric.Missed}}
	for _, m := range met {
		for i := range verdicts {
			if verdicts[i].Point == m {
				verdicts[i].Status = rubric.Met
				verdicts[i].Evidence = []rubric.Evidence{{Quote: "answer", Answer: g.iv.Turn, Start: 3, End: 9}}
			}
		}
	}
	return session.Evaluated{
		Turn: g.iv.Turn, By: g.iv.Evaluator, Judgement: session.Judgement{Verdicts: verdicts, Feedback: "well"},
		Similarity: 0.25, Elapsed: 40 * time.Millisecond,
	}
}

// answerAll plays to the end.
func (g *game) answerAll() *game {
	g.t.Helper()
	if g.iv.State == session.Idle {
		g.do(session.Start{})
	}
	for g.iv.State != session.Complete {
		g.do(session.Answer{Turn: g.iv.Turn, Text: fmt.Sprintf("an answer %d", g.iv.Turn)})
		g.do(g.judge("a"))
	}
	return g
}

// stored fails the test unless the store gives back the interview as it is.
func (g *game) stored() {
	g.t.Helper()
	got, err := g.s.Load(g.t.Context(), g.iv.ID)
	if err != nil {
		g.t.Fatal(err)
	}
	same(g.t, got, g.iv)
}

func same(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, got, want any,
) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		a, _ := json.MarshalIndent(got, "", " ")
		b, _ := json.MarshalIndent(want, "", " ")
		t.Fatalf("got\n%s\nwant\n%s", a, b)
	}
}

func wantKind(t testing.TB, err error, kind session.Kind) {
	t.Helper()
	if session.KindOf(err) != kind {
		t.Fatalf("error %v is %q, want %q", err, session.KindOf(err), kind)
	}
}

func foldEvents(events []session.Event) (*session.Interview, error) { return session.Fold(events), nil }

// sound fails the test when Check finds anything.
func sound(t testing.TB, s *Store) {
	t.Helper()
	problems, err := s.Check(context.Background(), foldEvents)
	if err != nil || len(problems) > 0 {
		t.Fatalf("check: %v %v", problems, err)
	}
}
