package session_test

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func viewOf(g *game) session.Snapshot {
	return session.View(session.RedactAll(g.iv.Settings.Mode, g.events))
}

func TestViewHasMarksAndDisputes(t *testing.T) {
	g := newGame(t, nil, cache()).answered(goodAnswer)
	g.do(g.met("stale", "memory", "stampede"))
	before := viewOf(g)
	g.do(session.Mark{Question: 1, Point: "stale", Status: rubric.Met})
	marked := viewOf(g)
	g.do(session.Mark{Question: 1, Point: "memory", Status: rubric.Partial})
	g.do(session.Mark{Question: 1, Point: "stale", Status: rubric.Missed})
	g.do(session.Dispute{Question: 1, Point: "memory", Reason: " I said so. "})
	v := viewOf(g)
	if len(before.Marks) != 0 || len(marked.Marks) != 1 || marked.Marks[0].Status != rubric.Met {
		t.Errorf("an earlier snapshot changed: %+v, %+v", before.Marks, marked.Marks)
	}
	if asJSON(t, v.Marks) != asJSON(t, g.iv.Marks) || len(v.Marks) != 2 || v.Marks[1].Status != rubric.Missed {
		t.Errorf("marks %+v, want the latest of each point: %+v", v.Marks, g.iv.Marks)
	}
	if len(v.Disputes) != 1 || v.Disputes[0].Reason != "I said so." || v.Disputes[0].Point != "memory" {
		t.Errorf("disputes %+v", v.Disputes)
	}
}

func TestViewCountsTheTimeWithoutPauses(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = 5 * time.Minute })
	pass := func(d time.Duration) { g.now = g.now.Add(d) }
	if v := viewOf(g); v.Elapsed(g.now.Add(time.Hour)) != 0 {
		t.Errorf("an interview that has not begun has run %v", v.Elapsed(g.now))
	}
	g.do(session.Pause{})
	g.do(session.Resume{})
	pass(time.Minute)
	g.do(session.Start{})
	if v := viewOf(g); v.Limit != 5*time.Minute {
		t.Errorf("limit %v", v.Limit)
	}
	pass(time.Minute)
	if got := viewOf(g).Elapsed(g.now); got != time.Minute {
		t.Errorf("ran %v after a minute", got)
	}
	g.do(session.Pause{}) // a second later
	pass(time.Hour)
	if got := viewOf(g).Elapsed(g.now); got != time.Minute+time.Second {
		t.Errorf("ran %v while paused", got)
	}
	g.do(session.Resume{})
	pass(2*time.Minute - time.Second)
	if got := viewOf(g).Elapsed(g.now); got != 3*time.Minute {
		t.Errorf("ran %v after the pause", got)
	}
	pass(-time.Second)
	g.do(session.End{})
	if got := viewOf(g).Elapsed(g.now.Add(time.Hour)); got != 3*time.Minute {
		t.Errorf("ran %v after the end", got)
	}
}

func TestAFollowUpHasHalfTheLimit(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = 4 * time.Minute })
	g.answered(goodAnswer)
	g.do(g.met())
	if v := viewOf(g); v.State == session.FollowUp && v.Limit != 2*time.Minute {
		t.Errorf("limit %v", v.Limit)
	} else if v.State != session.FollowUp {
		t.Fatalf("state %s", v.State)
	}
}
