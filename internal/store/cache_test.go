package store

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestCache(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elios.db")
	s := mustOpen(t, path)
	if _, found, err := s.Judgement(t.Context(), "k"); found || err != nil {
		t.Fatal(found, err)
	}
	level := 3
	want := session.Judgement{
		Verdicts: []rubric.Verdict{{Point: "a", Status: rubric.Met, Level: &level, Evidence: []rubric.Evidence{{Answer: 1, End: 3, Quote: "abc"}}}},
		Held:     []rubric.Held{{ID: "m", Penalty: 5}}, Feedback: "Good.", FollowUp: &session.Suggestion{Ask: "Why?", Target: "a"},
	}
	for range 2 { // the second time it is replaced
		if err := s.KeepJudgement(t.Context(), "k", want); err != nil {
			t.Fatal(err)
		}
	}
	if got, found, err := s.Judgement(t.Context(), "k"); !found || err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, %v", got, found, err)
	}
}

// What is half a year old goes with the next that is kept.
func TestCacheForgets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elios.db")
	s := mustOpen(t, path)
	if err := s.KeepJudgement(t.Context(), "old", session.Judgement{}); err != nil {
		t.Fatal(err)
	}
	if err := s.write(t.Context(), "test", func(c *conn) error { _, err := c.exec("UPDATE cache SET kept_ms = 0"); return err }); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepJudgement(t.Context(), "new", session.Judgement{}); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Judgement(t.Context(), "old"); found || err != nil {
		t.Error(found, err)
	}
}

// A judgement quotes the answer: it goes with the interviews.
func TestCacheGoesWithInterviews(t *testing.T) {
	s := mustOpen(t, filled(t))
	if err := s.KeepJudgement(t.Context(), "k", session.Judgement{Feedback: "Good."}); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Judgement(t.Context(), "k"); found || err != nil {
		t.Error(found, err)
	}
}
