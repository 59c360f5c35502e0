package engine_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

// mute is a store of a process that hangs: it neither renews nor releases, and
// forgets its engine's goodbye.
type mute struct{ session.Store }

func (mute) RenewJob(context.Context, session.Job, time.Time) error { return nil }
func (mute) ReleaseJob(context.Context, session.Job) error          { return nil }

// hung starts an engine that has answered a turn and will not judge it before
// the gate opens, as if its process hung.
func hung(t *testing.T, l *lab, hold gate) (*engine.Engine, *seat) {
	t.Helper()
	e := l.engine(func(c *engine.Config) {
		minute(c)
		c.Store, c.Owner = mute{l.open()}, "hung"
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: hold.wait}}
	})
	room := create(t, e, nil)
	room.do(session.Start{})
	room.do(session.Answer{Turn: 1, Text: full})
	return e, room
}

func TestJobOfADeadEngineIsTakenOverAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		_, lost := hung(t, l, make(gate))
		s := l.open()
		e := l.engine(func(c *engine.Config) {
			minute(c)
			c.Store = s
			c.Dead = func(owner string) bool { return owner == "hung" }
		})
		began := time.Now()
		room := open(t, e, lost.ID())
		room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
		if d := time.Since(began); d > 0 {
			t.Errorf("it took %v", d)
		}
		sound(t, s, room.ID())
	})
}

func TestJobOfASilentEngineIsTakenOverAfterItsLease(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		_, lost := hung(t, l, make(gate))
		s := l.open()
		room := open(t, l.engine(func(c *engine.Config) { c.Poll = time.Second; c.Store = s }), lost.ID())
		after(engine.DefaultLease - 2*time.Second)
		if snap := room.snap(); snap.State != session.Evaluating {
			t.Fatalf("taken over too soon: %+v", snap)
		}
		after(4 * time.Second)
		if snap := room.snap(); snap.Question != 2 {
			t.Errorf("%+v", snap)
		}
		sound(t, s, room.ID())
	})
}

func TestJobAZombiesResultIsRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		hold, other := make(gate), make(gate)
		_, zombie := hung(t, l, hold)
		s := l.open()
		judge := &evaluator{name: session.Builtin, fn: other.wait}
		room := open(t, l.engine(func(c *engine.Config) {
			minute(c)
			c.Store, c.Evaluators, c.Dead = s, []session.Evaluator{judge}, func(string) bool { return true }
		}), zombie.ID())
		if snap := room.snap(); snap.State != session.Evaluating {
			t.Fatalf("%+v", snap)
		}
		close(hold) // the zombie comes back with its result
		after(time.Second)
		if iv := sound(t, s, room.ID()); iv.State != session.Evaluating || iv.Turns[0].Evaluation != nil {
			t.Fatalf("the zombie's result was kept: %+v", iv.Turns[0])
		}
		close(other)
		room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
		sound(t, s, room.ID())
		after(time.Hour) // and the zombie hears of it
		if snap := zombie.snap(); snap.Question != 2 {
			t.Errorf("%+v", snap)
		}
	})
}

func TestJobIsGivenBackOnClose(t *testing.T) {
	for name, leave := range map[string]func(*engine.Engine, *seat){
		"engine closed": func(e *engine.Engine, _ *seat) { _ = e.Close() },
		"room left":     func(_ *engine.Engine, r *seat) { _ = r.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				l := newLab(t)
				e := l.engine(func(c *engine.Config) {
					minute(c)
					c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: make(gate).wait}}
				})
				room := create(t, e, nil)
				room.do(session.Start{})
				room.do(session.Answer{Turn: 1, Text: full})
				leave(e, room)
				began := time.Now()
				again := open(t, l.engine(minute), room.ID())
				again.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
				if d := time.Since(began); d > 0 {
					t.Errorf("it took %v", d)
				}
			})
		})
	}
}

func TestJobLeaseIsRenewedWhileItRuns(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		hold := make(gate)
		judge := &evaluator{name: session.Builtin, fn: hold.wait}
		room := create(t, l.engine(func(c *engine.Config) { c.Poll = time.Second; c.Evaluators = []session.Evaluator{judge} }), nil)
		watcher := &evaluator{name: session.Builtin}
		other := open(t, l.engine(func(c *engine.Config) { c.Poll = time.Second; c.Evaluators = []session.Evaluator{watcher} }), room.ID())
		room.do(session.Start{})
		room.do(session.Answer{Turn: 1, Text: full})
		after(5 * engine.DefaultLease)
		if n := watcher.calls.Load(); n != 0 {
			t.Fatalf("taken away %d times", n)
		}
		close(hold)
		other.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
		if judge.calls.Load() != 1 || watcher.calls.Load() != 0 {
			t.Errorf("%d and %d calls", judge.calls.Load(), watcher.calls.Load())
		}
	})
}

func TestJobIsNotClaimedWithoutItsEvaluator(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		hold := make(gate)
		e := l.engine(func(c *engine.Config) {
			minute(c)
			c.Evaluators = []session.Evaluator{&evaluator{name: "ollama", fn: hold.wait}}
		})
		room := create(t, e, nil)
		room.do(session.Start{})
		room.do(session.Answer{Turn: 1, Text: full})
		_ = e.Close()
		poor := open(t, l.engine(func(c *engine.Config) { c.Poll = time.Second }), room.ID()) // built-in only
		after(time.Minute)
		if snap := poor.snap(); snap.State != session.Evaluating {
			t.Fatalf("%+v", snap)
		}
		poor.do(session.UseBuiltin{})
		poor.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
	})
}

func TestJobUseBuiltinWhereThereIsNone(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		e := l.engine(func(c *engine.Config) {
			c.Poll = time.Second
			c.Evaluators = []session.Evaluator{&evaluator{name: "ollama", fn: make(gate).wait}}
		})
		room := create(t, e, nil)
		room.do(session.Start{})
		room.do(session.Answer{Turn: 1, Text: full})
		room.do(session.UseBuiltin{}) // waits for a process that has it
		after(time.Minute)
		if snap := room.snap(); snap.State != session.Evaluating || snap.Evaluator.Name != session.Builtin {
			t.Fatalf("%+v", snap)
		}
		open(t, l.engine(minute), room.ID())
		room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
	})
}

func TestJobGoesOnWhileAnotherProcessPauses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		hold := make(gate)
		judge := &evaluator{name: session.Builtin, fn: hold.wait}
		for _, poll := range []time.Duration{time.Second, 1000 * time.Hour} {
			hold = make(gate)
			judge = &evaluator{name: session.Builtin, fn: hold.wait}
			room := create(t, l.engine(func(c *engine.Config) { c.Poll = poll; c.Evaluators = []session.Evaluator{judge} }), nil)
			other := open(t, l.engine(minute), room.ID())
			room.do(session.Start{})
			room.do(session.Answer{Turn: 1, Text: full})
			other.do(session.Pause{})
			after(10 * time.Second)
			close(hold)
			if snap := room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 }); !snap.Paused {
				t.Errorf("%+v", snap)
			}
			if n := judge.calls.Load(); n != 1 {
				t.Errorf("judged %d times", n)
			}
		}
	})
}

func TestJobIsCalledOffByAnEndElsewhere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		off := make(chan struct{})
		judge := &evaluator{name: session.Builtin, fn: func(ctx context.Context, _ session.Request, _ func(session.Partial)) (session.Judgement, error) {
			<-ctx.Done()
			close(off)
			return session.Judgement{}, ctx.Err()
		}}
		s := l.open()
		room := create(t, l.engine(func(c *engine.Config) { c.Poll = time.Second; c.Evaluators = []session.Evaluator{judge} }), nil)
		other := open(t, l.engine(func(c *engine.Config) { minute(c); c.Store = s }), room.ID())
		room.do(session.Start{})
		room.do(session.Answer{Turn: 1, Text: full})
		other.do(session.End{})
		<-off
		room.state(session.Complete)
		iv := sound(t, s, room.ID())
		if iv.Turns[0].Answer != full || iv.Turns[0].Evaluation != nil || !iv.Results[0].Unassessed {
			t.Errorf("%+v", iv.Turns[0])
		}
	})
}

func TestJobLostToAnotherIsFreeAgainWhenThatOneDies(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		hold := make(gate)
		judge := &evaluator{name: session.Builtin, fn: hold.wait}
		room := create(t, l.engine(func(c *engine.Config) { c.Poll = time.Second; c.Evaluators = []session.Evaluator{judge} }), nil)
		room.do(session.Start{})
		room.do(session.Answer{Turn: 1, Text: full})
		// Another process takes it away and dies silently.
		now := time.Now()
		if _, err := l.open().ClaimJob(context.Background(), room.ID(), "thief", now, now.Add(time.Minute), func(string) bool { return true }); err != nil {
			t.Fatal(err)
		}
		after(30 * time.Second)
		close(hold)
		after(time.Minute)
		if snap := room.snap(); snap.Question != 2 || judge.calls.Load() != 2 {
			t.Errorf("%+v after %d calls", snap, judge.calls.Load())
		}
	})
}

func TestJobEvaluatorChosenByName(t *testing.T) {
	l := newLab(t)
	first, second := &evaluator{name: "ollama"}, &evaluator{name: session.Builtin}
	e := l.engine(func(c *engine.Config) { c.Evaluators = []session.Evaluator{first, second} })
	for want, ev := range map[string]*evaluator{"auto": first, "ollama": first, "builtin": second} {
		before := ev.calls.Load()
		room := create(t, e, func(s *session.Settings) { s.Evaluator = want })
		room.do(session.Start{})
		if snap := room.judged(half); snap.Turns[0].Evaluation.By.Name != ev.name || ev.calls.Load() != before+1 {
			t.Errorf("%s: %+v", want, snap.Turns[0].Evaluation.By)
		}
	}
}

// overtaken is a store that lets another process go on just before a claim.
type overtaken struct {
	session.Store
	once   sync.Once
	before func()
}

func (o *overtaken) ClaimJob(ctx context.Context, id, owner string, now, lease time.Time, dead func(string) bool) (session.Job, error) {
	o.once.Do(o.before)
	return o.Store.ClaimJob(ctx, id, owner, now, lease, dead)
}

func TestJobOfATurnThatIsNewHere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := newLab(t)
		first, never := make(gate), make(gate)
		slow := l.engine(func(c *engine.Config) {
			minute(c)
			c.Store, c.Owner = mute{l.open()}, "hung"
			c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: func(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
				if r.Turn == 1 {
					return first.wait(ctx, r, emit)
				}
				return never.wait(ctx, r, emit)
			}}}
		})
		there := create(t, slow, nil)
		there.do(session.Start{})
		there.do(session.Answer{Turn: 1, Text: full})
		s := l.open()
		goesOn := func() {
			close(first)
			there.until("turn 2", func(s session.Snapshot) bool { return s.Turn == 2 && s.State.Answering() })
			there.do(session.Answer{Turn: 2, Text: full})
		}
		here := open(t, l.engine(func(c *engine.Config) {
			minute(c)
			c.Store = &overtaken{Store: s, before: goesOn}
			c.Dead = func(owner string) bool { return owner == "hung" }
		}), there.ID())
		here.state(session.Complete)
		sound(t, s, here.ID())
	})
}
