package engine_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

// same compares two interviews field by field.
func same(t testing.TB, got, want *session.Interview) {
	t.Helper()
	a, b := reflect.ValueOf(*got), reflect.ValueOf(*want)
	for i := range a.NumField() {
		if x, y := a.Field(i).Interface(), b.Field(i).Interface(); !reflect.DeepEqual(x, y) {
			xs, _ := json.Marshal(x)
			ys, _ := json.Marshal(y)
			t.Errorf("%s is %s, want %s", a.Type().Field(i).Name, xs, ys)
		}
	}
}

func TestLifecycleAWholeInterview(t *testing.T) {
	l := newLab(t)
	s := l.open()
	e := l.engine(func(c *engine.Config) { c.Store = s })
	room := create(t, e, nil)
	if snap := room.snap(); snap.State != session.Idle || snap.ID != room.ID() || snap.Questions != 2 || snap.Evaluator.Name != session.Builtin {
		t.Fatalf("%+v", snap)
	}
	ack := room.do(session.Start{})
	if ack != (session.Ack{Seq: 4, State: session.Questioning, Turn: 1}) {
		t.Errorf("ack %+v", ack)
	}
	if snap := room.judged(half); snap.State != session.FollowUp || snap.Turn != 2 {
		t.Fatalf("%+v", snap)
	}
	room.judged("And beta, of course.")
	snap := room.judged(full)
	if snap.State != session.Complete || snap.Completed.Outcome != session.Finished || snap.Completed.Score != 100 || snap.Completed.Judged != 2 {
		t.Fatalf("%+v", snap.Completed)
	}
	report, err := e.Report(context.Background(), "last")
	if err != nil || report.Score != 100 || report.Unprompted >= 100 {
		t.Errorf("%+v %v", report, err)
	}
	iv := sound(t, s, room.ID())
	if iv.Turns[0].Evaluation.By.Version != "test" {
		t.Errorf("judged by %+v", iv.Turns[0].Evaluation.By)
	}
}

func TestLifecycleUnknownInterview(t *testing.T) {
	e := newLab(t).engine(nil)
	ctx := context.Background()
	_, err := e.Open(ctx, "nobody")
	wantKind(t, err, session.NotFound)
	_, err = e.Open(ctx, "last")
	wantKind(t, err, session.NotFound)
	_, err = e.Report(ctx, "nobody")
	wantKind(t, err, session.NotFound)
	wantKind(t, e.Delete(ctx, "nobody"), session.NotFound)
	_, err = e.Create(ctx, session.Settings{Bank: "cobol"})
	wantKind(t, err, session.NotFound)
	_, err = e.Create(ctx, session.Settings{Bank: "go", Evaluator: "oracle"})
	wantKind(t, err, session.Unavailable)
	if list, err := e.List(ctx, session.Filter{}); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

func TestLifecycleRecoveryAfterACrash(t *testing.T) {
	for _, tc := range []struct {
		name string
		play func(room *seat)
		want session.State
	}{
		{"idle", func(*seat) {}, session.Idle},
		{"questioning", func(r *seat) { r.do(session.Start{}) }, session.Questioning},
		{"evaluating", func(r *seat) { r.do(session.Start{}); r.do(session.Answer{Turn: 1, Text: "slowly"}) }, session.Evaluating},
		{"evaluation failed", func(r *seat) {
			r.do(session.Start{})
			r.do(session.Answer{Turn: 1, Text: "badly"})
			r.until("a failure", func(s session.Snapshot) bool { return s.Pending != nil })
		}, session.Evaluating},
		{"paused", func(r *seat) { r.do(session.Start{}); r.do(session.Pause{}) }, session.Questioning},
		{"follow-up with a hint", func(r *seat) { r.do(session.Start{}); r.judged(half); r.do(session.Hint{}) }, session.FollowUp},
		{"second question, marked", func(r *seat) {
			r.do(session.Start{})
			r.do(session.Skip{Turn: 1})
			r.do(session.Mark{Question: 1, Point: "beta", Status: "met"})
			r.do(session.Dispute{Question: 1, Point: "alpha", Reason: "I know that."})
		}, session.Questioning},
		{"complete", func(r *seat) { r.do(session.Start{}); r.do(session.End{}) }, session.Complete},
	} {
		t.Run(tc.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				l := newLab(t)
				first := l.open()
				// Closed without ceremony: nobody leaves the room, the store is not
				// closed, and another opens the same file.
				hold := make(gate)
				judge := &evaluator{name: session.Builtin, fn: func(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
					switch r.Answers[0].Text {
					case "slowly":
						return hold.wait(ctx, r, emit)
					case "badly":
						return session.Judgement{}, session.Errorf(session.Unavailable, "no model")
					}
					return byName(r), nil
				}}
				e := l.engine(func(c *engine.Config) { c.Store, c.Evaluators = first, []session.Evaluator{judge} })
				room := create(t, e, func(s *session.Settings) { s.TimeLimit = time.Hour })
				tc.play(room)
				before, err := first.Load(context.Background(), room.ID())
				if err != nil {
					t.Fatal(err)
				}
				snap := room.snap()
				second := l.open()
				again := open(t, l.engine(func(c *engine.Config) { c.Store = second }), room.ID())
				if got := again.snap(); got.State != tc.want || !reflect.DeepEqual(got, snap) {
					t.Errorf("got %+v\nwant %+v", got, snap)
				}
				same(t, sound(t, second, room.ID()), before)
			})
		})
	}
}

func TestLifecycleDraftIsBackAfterACrash(t *testing.T) {
	l := newLab(t)
	e := l.engine(nil)
	room := create(t, e, nil)
	room.do(session.Start{})
	if err := room.SaveDraft(context.Background(), 1, "half a thou\x07ght"); err != nil {
		t.Fatal(err)
	}
	seq := room.snap().LastSeq
	_ = e.Close()
	again := open(t, l.engine(nil), "last")
	if snap := again.snap(); snap.Draft != "half a thought" || snap.LastSeq != seq {
		t.Errorf("draft %q at %d", snap.Draft, snap.LastSeq)
	}
	again.do(session.Answer{Turn: 1, Text: half})
	if snap := again.state(session.FollowUp); snap.Draft != "" {
		t.Errorf("draft of the next turn: %q", snap.Draft)
	}
	long := make([]byte, 4*session.MaxAnswer+1)
	wantKind(t, again.SaveDraft(context.Background(), 2, string(long)), session.TooLong)
	wantKind(t, again.SaveDraft(context.Background(), 7, "x"), session.NotFound)
}

func TestLifecycleDelete(t *testing.T) {
	l := newLab(t)
	e := l.engine(nil)
	room := create(t, e, nil)
	other := open(t, e, room.ID())
	waiting := make(chan error, 1)
	go func() { _, err := other.Events(context.Background(), 1); waiting <- err }()
	if err := e.Delete(context.Background(), room.ID()[:13]); err != nil {
		t.Fatal(err)
	}
	wantKind(t, <-waiting, session.NotFound)
	_, err := room.try(session.Start{})
	wantKind(t, err, session.NotFound)
	_, err = room.Snapshot(context.Background())
	wantKind(t, err, session.NotFound)
	wantKind(t, room.SaveDraft(context.Background(), 1, "x"), session.NotFound)
	if _, open := <-room.Live(context.Background()); open {
		t.Error("a live result of a deleted interview")
	}
	_, err = e.Open(context.Background(), room.ID())
	wantKind(t, err, session.NotFound)
	_, _ = room.Close(), other.Close()
}

func TestLifecycleReplace(t *testing.T) {
	l := newLab(t)
	fixed := func(c *engine.Config) { c.NewID = func() string { return "fixed" } }
	e := l.engine(fixed)
	first := create(t, e, nil)
	first.do(session.Start{})
	_, err := e.Create(context.Background(), settings())
	wantKind(t, err, session.Conflict)
	e = l.engine(func(c *engine.Config) { fixed(c); c.Replace = true })
	old := open(t, e, "fixed")
	if snap := create(t, e, nil).snap(); snap.State != session.Idle || snap.LastSeq != 1 {
		t.Errorf("%+v", snap)
	}
	_, err = old.try(session.Pause{})
	wantKind(t, err, session.NotFound)
}

func TestLifecycleCloseSendsEverybodyOut(t *testing.T) {
	l := newLab(t)
	e := l.engine(nil)
	room := create(t, e, nil)
	live := room.Live(context.Background())
	waiting := make(chan error, 1)
	go func() { _, err := room.Events(context.Background(), 1); waiting <- err }()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	wantKind(t, <-waiting, session.Internal)
	if _, open := <-live; open {
		t.Error("live goes on")
	}
	_, err := room.try(session.Start{})
	wantKind(t, err, session.Internal)
	_, err = e.Open(context.Background(), room.ID())
	wantKind(t, err, session.Internal)
	_ = room.Close()
}

func TestLifecycleLeavingDoesNotPause(t *testing.T) {
	l := newLab(t)
	e := l.engine(nil)
	room := create(t, e, nil)
	room.do(session.Start{})
	_, _ = room.Close(), room.Close() // twice is once
	_, err := room.try(session.Pause{})
	wantKind(t, err, session.NotFound)
	if snap := open(t, e, "last").snap(); snap.State != session.Questioning || snap.Paused {
		t.Errorf("%+v", snap)
	}
}

func TestLifecycleNewWithoutItsParts(t *testing.T) {
	if e, err := engine.New(engine.Config{}); err == nil || e != nil {
		t.Errorf("%v %v", e, err)
	}
}

func TestLifecycleBanksAndASeedOfItsOwn(t *testing.T) {
	e := newLab(t).engine(nil)
	if banks, err := e.Banks(context.Background()); err != nil || len(banks) != 1 {
		t.Errorf("%+v %v", banks, err)
	}
	if seed := create(t, e, func(s *session.Settings) { s.Seed = 0 }).snap().Settings.Seed; seed == 0 || seed>>63 != 0 {
		t.Errorf("seed %d", seed)
	}
}
