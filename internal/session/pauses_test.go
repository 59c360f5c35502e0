package session_test

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// A night between a question and its answer is not time spent on it.
func TestReportWithoutPauses(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.FollowUps = new(int) })
	g.do(session.Start{})
	g.now = g.now.Add(time.Minute)
	g.do(session.Pause{})
	g.now = g.now.Add(9 * time.Hour)
	g.do(session.Resume{})
	g.now = g.now.Add(2 * time.Minute)
	g.answered(goodAnswer)
	g.do(g.met("burst"))
	g.do(session.Pause{})
	g.now = g.now.Add(time.Hour)
	g.do(session.End{}) // while paused
	r, err := session.BuildReport(g.iv)
	if err != nil {
		t.Fatal(err)
	}
	r = r.WithoutPauses(g.events)
	// do moves the clock by a second each time.
	if want := 3*time.Minute + 2*time.Second; r.Questions[0].Turns[0].Took != want {
		t.Errorf("the answer took %s, want %s", r.Questions[0].Turns[0].Took, want)
	}
	if want := 3*time.Minute + 4*time.Second; r.Duration != want {
		t.Errorf("the interview lasted %s, want %s", r.Duration, want)
	}
	g.now = g.now.Add(48 * time.Hour)
	g.do(session.Dispute{Question: 1, Point: "twice", Reason: "I said so."})
	if later := r.WithoutPauses(g.events); later.Duration != r.Duration {
		t.Errorf("a dispute two days later makes it %s", later.Duration)
	}
}
