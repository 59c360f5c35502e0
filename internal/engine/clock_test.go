package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

// bubble runs a test in fake time.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, f)
}

// minute polls seldom, so that days of fake time pass quickly.
func minute(c *engine.Config) { c.Poll = time.Hour }

func limited(d time.Duration) func(*session.Settings) {
	return func(s *session.Settings) { s.TimeLimit = d }
}

// after lets fake time pass and everything that follows happen.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestClockDeadlineHandsInTheDraft(t *testing.T) {
	bubble(t, func(t *testing.T) {
		room := create(t, newLab(t).engine(minute), limited(time.Minute))
		room.do(session.Start{})
		if err := room.SaveDraft(context.Background(), 1, half); err != nil {
			t.Fatal(err)
		}
		time.Sleep(59 * time.Second)
		if snap := room.snap(); snap.State != session.Questioning || snap.Draft != half {
			t.Fatalf("too soon: %+v", snap)
		}
		snap := room.state(session.FollowUp)
		if snap.Turns[0].Answer != half {
			t.Errorf("%+v", snap.Turns[0])
		}
		if got := time.Until(snap.Deadline); got > 30*time.Second || got < 29*time.Second {
			t.Errorf("a follow-up has half the limit: %v", got)
		}
		// Nothing written: skipped, which keeps the score.
		after(31 * time.Second)
		snap = room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
		if !snap.Turns[1].Skipped || snap.Over[0].Result.Skipped || snap.Over[0].Result.Final.Value == 0 {
			t.Errorf("%+v", snap.Over)
		}
	})
}

func TestClockPauseStopsTheDeadline(t *testing.T) {
	bubble(t, func(t *testing.T) {
		room := create(t, newLab(t).engine(minute), limited(time.Minute))
		room.do(session.Start{})
		after(40 * time.Second)
		room.do(session.Pause{})
		after(10 * time.Minute)
		if snap := room.snap(); snap.State != session.Questioning || snap.Remaining != 20*time.Second || !snap.Paused {
			t.Fatalf("%+v", snap)
		}
		room.do(session.Resume{})
		after(19 * time.Second)
		if snap := room.snap(); snap.Turn != 1 {
			t.Fatalf("too soon: %+v", snap)
		}
		after(2 * time.Second)
		if snap := room.snap(); snap.Question != 2 || !snap.Turns[0].Skipped {
			t.Errorf("%+v", snap)
		}
	})
}

func TestClockPauseWhileTheEvaluationFinishes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		hold := make(gate)
		l := newLab(t)
		room := create(t, l.engine(func(c *engine.Config) {
			minute(c)
			c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: hold.wait}}
		}), limited(time.Minute))
		room.do(session.Start{})
		room.do(session.Answer{Turn: 1, Text: half})
		room.do(session.Pause{})
		close(hold)
		snap := room.state(session.FollowUp)
		if !snap.Paused || snap.Remaining != 30*time.Second || !snap.Deadline.IsZero() {
			t.Errorf("%+v", snap)
		}
		after(time.Hour)
		if snap := room.snap(); snap.Turn != 2 || snap.State != session.FollowUp {
			t.Errorf("the clock ran while paused: %+v", snap)
		}
		room.do(session.Resume{})
		after(31 * time.Second)
		if snap := room.snap(); snap.Question != 2 {
			t.Errorf("%+v", snap)
		}
	})
}

func TestClockIdleInterviewIsPausedAndCanGoOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		room := create(t, l.engine(minute), nil)
		after(31 * time.Minute)
		if snap := room.snap(); snap.Paused {
			t.Fatal("one that has not begun needs no pause")
		}
		room.do(session.Start{})
		after(20 * time.Minute)
		if err := room.SaveDraft(context.Background(), 1, "typing is no idling"); err != nil {
			t.Fatal(err)
		}
		after(20 * time.Minute)
		if room.snap().Paused {
			t.Fatal("paused while somebody typed")
		}
		after(11 * time.Minute)
		snap := room.snap()
		if !snap.Paused || snap.State != session.Questioning || snap.Draft != "typing is no idling" {
			t.Fatalf("%+v", snap)
		}
		room.do(session.Resume{})
		if snap := room.judged(half); snap.State != session.FollowUp {
			t.Errorf("%+v", snap)
		}
	})
}

func TestClockInterviewExpiresPausedOrNot(t *testing.T) {
	bubble(t, func(t *testing.T) {
		room := create(t, newLab(t).engine(minute), nil)
		room.do(session.Start{})
		after(7*24*time.Hour - time.Minute)
		if snap := room.snap(); !snap.Paused || snap.State != session.Questioning {
			t.Fatalf("%+v", snap)
		}
		after(2 * time.Minute)
		if snap := room.snap(); snap.State != session.Complete || snap.Completed.Outcome != session.Expired {
			t.Errorf("%+v", snap)
		}
		after(24 * time.Hour) // nothing is due any more
	})
}

func TestClockCatchesUpWithAnInterviewThatWasNotOpen(t *testing.T) {
	for name, list := range map[string]bool{"on List": true, "on Open": false} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				e := newLab(t).engine(minute)
				room := create(t, e, nil)
				young := create(t, e, nil)
				room.do(session.Start{})
				_, _ = room.Close(), young.Close()
				after(6 * 24 * time.Hour)
				young = open(t, e, young.ID())
				young.do(session.Start{})
				_ = young.Close()
				after(2 * 24 * time.Hour)
				if list {
					all, err := e.List(context.Background(), session.Filter{})
					if err != nil || len(all) != 2 {
						t.Fatalf("%+v %v", all, err)
					}
					for _, s := range all {
						if (s.State == session.Complete) != (s.ID == room.ID()) {
							t.Errorf("%+v", s)
						}
					}
					if running, err := e.List(context.Background(), session.Filter{Open: true}); err != nil || len(running) != 1 {
						t.Errorf("%+v %v", running, err)
					}
				}
				room = open(t, e, room.ID())
				if snap := room.snap(); snap.State != session.Complete || snap.Completed.Outcome != session.Expired {
					t.Errorf("%+v", snap)
				}
				if snap := open(t, e, young.ID()).snap(); !snap.Paused || snap.State != session.Questioning {
					t.Errorf("%+v", snap)
				}
			})
		})
	}
}

func TestClockDeadlineThatPassedWhileNobodyWasThere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		e := newLab(t).engine(minute)
		room := create(t, e, limited(time.Minute))
		room.do(session.Start{})
		if err := room.SaveDraft(context.Background(), 1, half); err != nil {
			t.Fatal(err)
		}
		_ = room.Close()
		after(10 * time.Minute)
		room = open(t, e, room.ID())
		if snap := room.snap(); snap.Turns[0].Answer != half {
			t.Errorf("%+v", snap.Turns[0])
		}
		room.state(session.FollowUp)
	})
}

func TestClockDoesNotPauseWhoIsActiveInAnotherProcess(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		blind := func(c *engine.Config) { c.Poll = 1000 * time.Hour }
		here := create(t, l.engine(blind), limited(40*time.Minute))
		here.do(session.Start{})
		there := open(t, l.engine(blind), here.ID())
		after(20 * time.Minute)
		here.do(session.Hint{})
		after(11 * time.Minute) // there it is idle by now, as far as is known there
		if snap := here.snap(); snap.Paused {
			t.Fatalf("%+v", snap)
		}
		if snap := there.snap(); snap.Paused || snap.LastSeq != here.snap().LastSeq {
			t.Errorf("%+v", snap)
		}
		// The same with a deadline that was moved by a pause.
		there.do(session.Pause{})
		after(time.Minute)
		there.do(session.Resume{})
		after(8*time.Minute + 30*time.Second) // over as far as is known here
		if snap := there.snap(); snap.Turn != 1 || snap.State != session.Questioning {
			t.Errorf("handed in too soon: %+v", snap)
		}
		after(time.Minute)
		if snap := there.snap(); snap.Question != 2 {
			t.Errorf("never handed in: %+v", snap)
		}
	})
}

func TestClockRingsAgainWhenTheStoreFails(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f, _, room := faultyLab(t, minute)
		_ = room.Close()
		room = create(t, mustEngine(t, f), limited(time.Minute))
		room.do(session.Start{})
		f.drafts.Store(true)
		after(61 * time.Second)
		f.drafts.Store(false)
		f.before.Store(2)
		after(5 * time.Second)
		if snap := room.snap(); snap.Question != 2 {
			t.Errorf("%+v", snap)
		}
	})
}

func mustEngine(t *testing.T, s session.Store) *engine.Engine {
	t.Helper()
	return (&lab{t: t}).engine(func(c *engine.Config) { minute(c); c.Store = s })
}
