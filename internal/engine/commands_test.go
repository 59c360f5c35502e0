package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

func TestCommandTheSameIDIsDoneOnce(t *testing.T) {
	l := newLab(t)
	e := l.engine(nil)
	room := create(t, e, nil)
	env := session.Envelope{ID: "c-1", Command: session.Start{}}
	first, err := room.Do(context.Background(), env)
	if err != nil || first.Dup {
		t.Fatalf("%+v %v", first, err)
	}
	room.do(session.Hint{})
	again, err := room.Do(context.Background(), env)
	if want := (session.Ack{Seq: first.Seq, State: first.State, Turn: first.Turn, Dup: true}); err != nil || again != want {
		t.Errorf("%+v %v", again, err)
	}
	// Other content under the same id is refused; another engine knows it too.
	other := open(t, l.engine(nil), room.ID())
	for _, r := range []*seat{room, other} {
		_, err = r.Do(context.Background(), session.Envelope{ID: "c-1", Command: session.Pause{}})
		wantKind(t, err, session.IDReused)
		if ack, err := r.Do(context.Background(), env); err != nil || !ack.Dup {
			t.Errorf("%+v %v", ack, err)
		}
	}
	if n := count[session.Started](room.all()); n != 1 {
		t.Errorf("started %d times", n)
	}
}

func TestCommandARefusedIDMayBeUsedAgain(t *testing.T) {
	room := create(t, newLab(t).engine(nil), nil)
	_, err := room.Do(context.Background(), session.Envelope{ID: "c", Command: session.Hint{}})
	wantKind(t, err, session.InvalidState)
	if _, err := room.Do(context.Background(), session.Envelope{ID: "c", Command: session.Start{}}); err != nil {
		t.Error(err)
	}
}

func TestCommandNeedsAnIDAndAPerson(t *testing.T) {
	room := create(t, newLab(t).engine(nil), nil)
	for name, env := range map[string]session.Envelope{
		"no id":       {Command: session.Start{}},
		"a long id":   {ID: strings.Repeat("ä", 65), Command: session.Start{}},
		"no command":  {ID: "c"},
		"a clock's":   {ID: "c", Command: session.Expire{}},
		"a judge's":   {ID: "c", Command: session.Evaluated{Turn: 1}},
		"a regrading": {ID: "c", Command: session.Regrade{Turn: 1}},
	} {
		if _, err := room.Do(context.Background(), env); session.KindOf(err) != session.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if snap := room.snap(); snap.LastSeq != 1 {
		t.Errorf("something happened: %+v", snap)
	}
	if _, err := room.Do(context.Background(), session.Envelope{ID: strings.Repeat("ä", 64), Command: session.Start{}}); err != nil {
		t.Error(err)
	}
}

func TestCommandGoesThroughWhenItsSenderIsGone(t *testing.T) {
	room := create(t, newLab(t).engine(nil), nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := room.Do(ctx, session.Envelope{ID: "c", Command: session.Start{}}); err != nil {
		t.Error(err)
	}
	room.state(session.Questioning)
}

// race sends the same answer from every seat at once; exactly one wins.
func race(t *testing.T, seats ...*seat) {
	t.Helper()
	turn := seats[0].snap().Turn
	errs := make([]error, len(seats))
	var wg sync.WaitGroup
	for i, s := range seats {
		wg.Go(func() {
			_, errs[i] = s.Do(context.Background(), session.Envelope{ID: fmt.Sprint("race-", turn, i), Command: session.Answer{Turn: turn, Text: full}})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		var e *session.Error
		if !errors.As(err, &e) || e.State == "" || e.State == session.Questioning && e.Turn == turn || !strings.Contains(e.Message, string(e.State)) || e.Kind != session.InvalidState && e.Kind != session.StaleTurn {
			t.Errorf("the loser is told %v (%+v)", err, e)
		}
	}
	if won != 1 {
		t.Fatalf("%d won: %v", won, errs)
	}
}

func TestTwoSubscribersAnswerAtOnce(t *testing.T) {
	l := newLab(t)
	s := l.open()
	e := l.engine(func(c *engine.Config) { c.Store = s })
	for range 10 {
		a := create(t, e, nil)
		b := open(t, e, a.ID())
		a.do(session.Start{})
		race(t, a, b)
		a.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
		if n := count[session.AnswerAccepted](a.all()); n != 1 {
			t.Errorf("%d answers", n)
		}
		sound(t, s, a.ID())
	}
}

func TestTwoEnginesAnswerAtOnce(t *testing.T) {
	l := newLab(t)
	s := l.open()
	one, two := l.engine(nil), l.engine(nil)
	for range 10 {
		a := create(t, one, nil)
		b := open(t, two, a.ID())
		a.do(session.Start{})
		b.state(session.Questioning)
		race(t, a, b)
		for _, r := range []*seat{a, b} {
			r.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
		}
		iv := sound(t, s, a.ID())
		if n := count[session.AnswerAccepted](b.all()); n != 1 || iv.Turns[0].Answer != full {
			t.Errorf("%d answers", n)
		}
	}
}

func TestEventsOfOneEngineReachTheSubscribersOfAnother(t *testing.T) {
	l := newLab(t)
	one, two := l.engine(nil), l.engine(nil)
	a := create(t, one, nil)
	b := open(t, two, a.ID())
	a.do(session.Start{})
	b.state(session.Questioning)
	a.judged(half)
	b.state(session.FollowUp)
	b.do(session.Skip{Turn: 2}) // and back
	a.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
	b.do(session.End{})
	a.state(session.Complete)
	if x, y := a.all(), b.all(); len(x) != len(y) || x[len(x)-1].Seq != int64(len(x)) {
		t.Errorf("%d and %d events", len(x), len(y))
	}
}

func TestAStaleEngineDecidesAgainOnWhatIsTrue(t *testing.T) {
	l := newLab(t)
	slow := l.engine(func(c *engine.Config) { c.Poll = 1 << 40 }) // never looks by itself
	a := create(t, l.engine(nil), nil)
	b := open(t, slow, a.ID())
	a.do(session.Start{})
	if ack := b.do(session.Pause{}); ack.State != session.Questioning || ack.Seq != 5 {
		t.Errorf("%+v", ack)
	}
	a.until("the pause", func(s session.Snapshot) bool { return s.Paused })
	a.do(session.Resume{})
	_, err := b.try(session.Resume{})
	wantKind(t, err, session.InvalidState)
	if snap := b.snap(); snap.LastSeq != a.snap().LastSeq {
		t.Errorf("the refusal was decided on %+v", snap)
	}
}
