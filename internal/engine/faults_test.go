package engine_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

var errDisk = errors.New("disk I/O error: xsecretpath")

// faulty is a store that fails when it is told to.
type faulty struct {
	session.Store
	before, after     atomic.Int32 // so many commits fail before or after they are written
	load, events      atomic.Bool
	drafts, lastSeqs  atomic.Bool
	claims            atomic.Int32
	commits, releases atomic.Int32
}

func (f *faulty) Commit(ctx context.Context, c session.Commit) error {
	f.commits.Add(1)
	if f.before.Add(-1) >= 0 {
		return errDisk
	}
	if err := f.Store.Commit(ctx, c); err != nil {
		return err
	}
	if f.after.Add(-1) >= 0 {
		return errDisk
	}
	return nil
}

func (f *faulty) Load(ctx context.Context, id string) (*session.Interview, error) {
	if f.load.Load() {
		return nil, errDisk
	}
	return f.Store.Load(ctx, id)
}

func (f *faulty) Events(ctx context.Context, id string, after int64, limit int) ([]session.Event, error) {
	if f.events.Load() {
		return nil, errDisk
	}
	return f.Store.Events(ctx, id, after, limit)
}

func (f *faulty) Draft(ctx context.Context, id string, turn int) (string, error) {
	if f.drafts.Load() {
		return "", errDisk
	}
	return f.Store.Draft(ctx, id, turn)
}

func (f *faulty) LastSeqs(ctx context.Context, ids []string) (map[string]int64, error) {
	if f.lastSeqs.CompareAndSwap(true, false) {
		return nil, errDisk
	}
	return f.Store.LastSeqs(ctx, ids)
}

func (f *faulty) ClaimJob(ctx context.Context, id, owner string, now, lease time.Time, dead func(string) bool) (session.Job, error) {
	if f.claims.Add(-1) >= 0 {
		return session.Job{}, errDisk
	}
	return f.Store.ClaimJob(ctx, id, owner, now, lease, dead)
}

func (f *faulty) ReleaseJob(ctx context.Context, j session.Job) error {
	if f.releases.Add(-1) >= 0 {
		return errDisk
	}
	return f.Store.ReleaseJob(ctx, j)
}

func faultyLab(t *testing.T, change func(*engine.Config)) (*faulty, *engine.Engine, *seat) {
	t.Helper()
	l := newLab(t)
	f := &faulty{Store: l.open()}
	e := l.engine(func(c *engine.Config) {
		c.Store = f
		if change != nil {
			change(c)
		}
	})
	return f, e, create(t, e, nil)
}

func TestErrorStoreFailsBeforeTheCommit(t *testing.T) {
	f, _, room := faultyLab(t, nil)
	room.do(session.Start{})
	before := room.snap()
	f.before.Store(1)
	env := session.Envelope{ID: "a", Command: session.Answer{Turn: 1, Text: full}}
	_, err := room.Do(context.Background(), env)
	wantKind(t, err, session.StoreFailed)
	if !errors.Is(err, errDisk) || err.Error() == errDisk.Error() {
		t.Errorf("people read %q", err)
	}
	if snap := room.snap(); snap.LastSeq != before.LastSeq || snap.State != session.Questioning {
		t.Errorf("%+v", snap)
	}
	sound(t, f.Store, room.ID())
	if ack, err := room.Do(context.Background(), env); err != nil || ack.Dup || ack.State != session.Evaluating {
		t.Errorf("sent again: %+v %v", ack, err)
	}
	room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
	sound(t, f.Store, room.ID())
}

func TestErrorStoreFailsAfterTheCommit(t *testing.T) {
	f, _, room := faultyLab(t, nil)
	room.do(session.Start{})
	f.after.Store(1)
	env := session.Envelope{ID: "a", Command: session.Answer{Turn: 1, Text: full}}
	_, err := room.Do(context.Background(), env)
	wantKind(t, err, session.StoreFailed)
	// It is on disk, though nobody knew: sent again, it is done once.
	if ack, err := room.Do(context.Background(), env); err != nil || !ack.Dup || ack.State != session.Evaluating {
		t.Errorf("sent again: %+v %v", ack, err)
	}
	room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
	iv := sound(t, f.Store, room.ID())
	if iv.Turns[0].Answer != full || count[session.AnswerAccepted](room.all()) != 1 {
		t.Errorf("%+v", iv.Turns)
	}
}

func TestErrorStoreRefusesTheResult(t *testing.T) {
	hold := make(gate)
	judge := &evaluator{name: session.Builtin, fn: hold.wait}
	f, _, room := faultyLab(t, func(c *engine.Config) { c.Evaluators = []session.Evaluator{judge} })
	room.do(session.Start{})
	room.do(session.Answer{Turn: 1, Text: full})
	f.before.Store(1)
	f.releases.Store(1)
	close(hold)
	room.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
	sound(t, f.Store, room.ID())
	if n := judge.calls.Load(); n != 2 {
		t.Errorf("judged %d times", n)
	}
}

func TestErrorStoreFailsWhileOthersMoveOn(t *testing.T) {
	f, _, room := faultyLab(t, nil)
	l := &lab{t, f.Store.(interface{ Path() string }).Path()}
	other := open(t, l.engine(nil), room.ID())
	f.lastSeqs.Store(true) // one look fails: the next one makes up for it
	other.do(session.Start{})
	room.state(session.Questioning)
	f.load.Store(true)
	other.do(session.Pause{})
	eventually(t, "a look that fails", func() bool { _, err := room.try(session.Hint{}); return session.KindOf(err) != "" })
	f.load.Store(false)
	room.until("the pause", func(s session.Snapshot) bool { return s.Paused })
}

func TestErrorStoreFailsOnReading(t *testing.T) {
	f, e, room := faultyLab(t, nil)
	room.do(session.Start{})
	for range 3 { // what lies further back is not in memory
		room.do(session.Pause{})
		room.do(session.Resume{})
	}
	f.events.Store(true)
	if _, err := room.Events(context.Background(), 0); err == nil {
		t.Error("no error")
	}
	f.drafts.Store(true)
	if _, err := room.Snapshot(context.Background()); err == nil {
		t.Error("no error")
	}
	f.events.Store(false)
	f.drafts.Store(false)
	f.load.Store(true)
	if _, err := e.Report(context.Background(), room.ID()); err == nil {
		t.Error("no error")
	}
	f.load.Store(false)
	room.judged(full)
}

func TestErrorJobCannotBeClaimedAtFirst(t *testing.T) {
	l := newLab(t)
	hold := make(gate)
	e := l.engine(func(c *engine.Config) {
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: hold.wait}}
	})
	room := create(t, e, nil)
	room.do(session.Start{})
	room.do(session.Answer{Turn: 1, Text: full})
	_ = e.Close()
	f := &faulty{Store: l.open()}
	f.claims.Store(2)
	again := open(t, l.engine(func(c *engine.Config) { c.Store = f }), room.ID())
	again.until("question 2", func(s session.Snapshot) bool { return s.Question == 2 })
}

func TestErrorEvaluatorFailsThenWaitsForTheCandidate(t *testing.T) {
	for name, tc := range map[string]struct {
		fn  func() error
		why string
	}{
		"a stranger's error": {func() error { return errors.New("xsecret token") }, "the evaluator failed"},
		"a known error":      {func() error { return session.Errorf(session.Unavailable, "Ollama is not there") }, "Ollama is not there"},
		"a panic":            {func() error { panic("xsecret") }, "the evaluator stopped unexpectedly"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				var well atomic.Bool
				judge := &evaluator{name: "ollama"}
				judge.fn = func(_ context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
					if well.Load() {
						return byName(r), nil
					}
					return session.Judgement{}, tc.fn()
				}
				l := newLab(t)
				s := l.open()
				e := l.engine(func(c *engine.Config) {
					c.Store, c.Evaluators = s, []session.Evaluator{judge, &evaluator{name: session.Builtin}}
				})
				room := create(t, e, nil)
				room.do(session.Start{})
				room.do(session.Answer{Turn: 1, Text: half})
				snap := room.until("elios waits", func(s session.Snapshot) bool { return s.Pending != nil && s.Pending.RetryAt.IsZero() })
				if snap.State != session.Evaluating || snap.Pending.Why != tc.why || snap.Pending.Attempt != 3 || judge.calls.Load() != 3 || snap.Turns[0].Answer != half {
					t.Errorf("%+v %+v after %d calls", snap, snap.Pending, judge.calls.Load())
				}
				sound(t, s, room.ID())
				room.do(session.Retry{}) // still no
				room.until("elios waits", func(s session.Snapshot) bool {
					return s.Pending != nil && s.Pending.RetryAt.IsZero() && judge.calls.Load() == 6
				})
				well.Store(true)
				room.do(session.Retry{})
				if snap := room.state(session.FollowUp); snap.Pending != nil || snap.Turns[0].Evaluation.By.Name != "ollama" {
					t.Errorf("%+v", snap)
				}
				sound(t, s, room.ID())
			})
		})
	}
}

func TestErrorUseBuiltinSaysSo(t *testing.T) {
	hold := make(gate)
	slow := &evaluator{name: "ollama", fn: hold.wait}
	l := newLab(t)
	s := l.open()
	e := l.engine(func(c *engine.Config) {
		c.Store, c.Evaluators = s, []session.Evaluator{slow, &evaluator{name: session.Builtin}}
	})
	room := create(t, e, nil)
	room.do(session.Start{})
	room.do(session.Answer{Turn: 1, Text: half})
	eventually(t, "the call", func() bool { return slow.calls.Load() == 1 })
	room.do(session.UseBuiltin{}) // calls the slow one off
	snap := room.state(session.FollowUp)
	if snap.Turns[0].Evaluation.By.Name != session.Builtin || snap.Evaluator.Name != session.Builtin {
		t.Errorf("%+v", snap.Turns[0].Evaluation)
	}
	close(hold)
	sound(t, s, room.ID())
}

func TestErrorSimilarityPanics(t *testing.T) {
	l := newLab(t)
	room := create(t, l.engine(func(c *engine.Config) {
		c.Similarity = similarity(func(q *rubric.Question, _ []string) float64 { panic(q.ID) })
	}), nil)
	room.do(session.Start{})
	if snap := room.judged(half); snap.State != session.FollowUp {
		t.Errorf("%+v", snap)
	}
}

func TestErrorSubscriberThatGoesAwayOrDoesNotRead(t *testing.T) {
	l := newLab(t)
	e := l.engine(func(c *engine.Config) {
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: func(_ context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
			j := byName(r)
			for range 100 {
				emit(session.Partial{Verdict: j.Verdicts[0], Done: 1, Of: 2})
			}
			return j, nil
		}}}
	})
	room := create(t, e, nil)
	lazy := open(t, e, room.ID())
	ctx, leave := context.WithCancel(context.Background())
	unread := lazy.Live(context.Background())
	gone := open(t, e, room.ID())
	left := gone.Live(ctx)
	waits := make(chan error, 1)
	go func() { _, err := gone.Events(ctx, 99); waits <- err }()
	leave()
	if err := <-waits; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, open := <-left; open {
		t.Error("live after it was left")
	}
	_ = gone.Close()
	room.do(session.Start{})
	room.judged(full)
	room.judged(full)
	room.state(session.Complete)
	if n := len(unread); n == 0 || n > 16 {
		t.Errorf("%d live results wait", n)
	}
	if got := lazy.all(); got[len(got)-1].Data.EventType() != session.EvCompleted {
		t.Error("the lazy one can still read all of it")
	}
}

func TestErrorStoreThatCannotBeReadOpensNothing(t *testing.T) {
	f, e, room := faultyLab(t, nil)
	room.do(session.Start{})
	_ = room.Close()
	ctx := context.Background()
	f.load.Store(true)
	_, err := e.Open(ctx, room.ID())
	wantKind(t, err, session.Internal)
	f.load.Store(false)
	f.events.Store(true)
	_, err = e.Open(ctx, room.ID())
	wantKind(t, err, session.Internal)
	f.events.Store(false)
	if snap := open(t, e, room.ID()).snap(); snap.State != session.Questioning {
		t.Errorf("%+v", snap)
	}
}

// TestErrorRedecidingGivesUp sends a command to a store on which somebody else
// is always faster.
func TestErrorRedecidingGivesUp(t *testing.T) {
	l := newLab(t)
	f := &faster{Store: l.open()}
	room := create(t, l.engine(func(c *engine.Config) { c.Store = f }), nil)
	f.on.Store(true)
	_, err := room.try(session.Start{})
	wantKind(t, err, session.Conflict)
	f.on.Store(false)
	room.state(session.Idle)
	if _, err := room.try(session.Start{}); err != nil {
		t.Error(err)
	}
}

// faster lets somebody pause or resume just before each commit.
type faster struct {
	session.Store
	on atomic.Bool
}

func (f *faster) Commit(ctx context.Context, c session.Commit) error {
	if !f.on.Load() {
		return f.Store.Commit(ctx, c)
	}
	iv, err := f.Load(ctx, c.Interview.ID)
	if err != nil {
		return err
	}
	var cmd session.Command = session.Pause{}
	if iv.Paused {
		cmd = session.Resume{}
	}
	events, err := session.Decide(iv, cmd, iv.ActiveAt.Add(time.Second))
	if err != nil {
		return err
	}
	next := iv
	for _, e := range events {
		next = session.Apply(next, e)
	}
	if err := f.Store.Commit(ctx, session.Commit{Before: iv.LastSeq, Interview: next, Events: events}); err != nil {
		return err
	}
	return f.Store.Commit(ctx, c)
}
