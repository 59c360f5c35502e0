package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// tampered is what Check finds after SQL that no program of ours would run.
func tampered(t *testing.T, query string) []Problem {
	t.Helper()
	path := filled(t)
	change(t, path, "PRAGMA foreign_keys = 0; "+query)
	problems, err := mustOpen(t, path).Check(t.Context(), foldEvents)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

func TestCheck(t *testing.T) {
	for name, test := range map[string]struct{ query, want string }{
		"sound":      {"SELECT 1", ""},
		"hole":       {"DELETE FROM events WHERE seq = 3", "hole"},
		"last seq":   {"UPDATE interviews SET last_seq = 99", "last_seq is 99"},
		"rows":       {"UPDATE turns SET answer = 'better' WHERE n = 1", "differ from its events in Turns"},
		"unjudged":   {"DELETE FROM evaluations WHERE turn = 2", "the answer of turn 2 is not judged"},
		"references": {"DELETE FROM questions", "name something that is not in questions"},
		"event":      {"UPDATE events SET type = 'sung' WHERE seq = 2", "cannot be read"},
		"panic":      {"UPDATE events SET data = '{\"turn\": 70}' WHERE type = 'evaluation'", "do not make an interview"},
		"row":        {"UPDATE interviews SET settings = '{'", "cannot be read"},
		"job":        {"DELETE FROM results", "differ from its events in Results"},
	} {
		t.Run(name, func(t *testing.T) {
			got := tampered(t, test.query)
			if test.want == "" && len(got) == 0 {
				return
			}
			for _, p := range got {
				if test.want != "" && strings.Contains(p.String(), test.want) {
					return
				}
			}
			t.Errorf("found %v, want %q", got, test.want)
		})
	}
}

func TestCheckWaiting(t *testing.T) {
	s := fresh(t)
	g, put := withJob(t, s)
	sound(t, s)
	failed := g.decide(session.EvaluationFailed{Turn: 1, Why: "no model", Attempt: 3})
	failed.Job = session.JobChange{Remove: true, Fence: put.Epoch}
	g.commit(failed)
	sound(t, s)
	g.do(session.End{})
	sound(t, s)
	newGame(t, s, "lost").do(session.Start{}, session.Answer{Turn: 1, Text: "an answer"})
	problems, err := s.Check(t.Context(), foldEvents)
	if err != nil || len(problems) != 1 || problems[0].Interview != "lost" {
		t.Error(problems, err)
	}
}

func TestCheckFoldFails(t *testing.T) {
	s := fresh(t)
	newGame(t, s, "one")
	for _, fold := range []func([]session.Event) (*session.Interview, error){
		func([]session.Event) (*session.Interview, error) { return nil, errors.New("no") },
		func([]session.Event) (*session.Interview, error) { return nil, nil },
	} {
		if problems, err := s.Check(t.Context(), fold); err != nil || len(problems) != 1 {
			t.Error(problems, err)
		}
	}
}
