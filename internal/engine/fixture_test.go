package engine_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/store"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// question has two points, alpha and beta; an answer meets the ones it names.
func question(id string) rubric.Question { return facetest.Question(id) }

const (
	half = facetest.Half
	full = facetest.Full
)

// evaluator judges by fn, by name unless said otherwise.
type evaluator struct {
	name  string
	calls atomic.Int32
	fn    func(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error)
}

func (e *evaluator) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: e.name, Version: "test"}
}

func (e *evaluator) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	e.calls.Add(1)
	if e.fn == nil {
		return byName(r), nil
	}
	return e.fn(ctx, r, emit)
}

// byName meets the points an answer names.
func byName(r session.Request) session.Judgement {
	j, _ := facetest.ByName{}.Evaluate(context.Background(), r, func(session.Partial) {}) // never fails
	return j
}

// gate holds evaluations until it is opened.
type gate chan struct{}

func (g gate) wait(ctx context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
	select {
	case <-g:
		return byName(r), nil
	case <-ctx.Done():
		return session.Judgement{}, ctx.Err()
	}
}

type library []rubric.Question

func (l library) Banks(context.Context) ([]session.BankInfo, error) {
	return []session.BankInfo{{ID: "go", Title: "Go", Questions: len(l)}}, nil
}

func (l library) Select(_ context.Context, s session.Settings, _ map[string]time.Time) (session.BankRef, []rubric.Question, error) {
	if s.Bank != "go" {
		return session.BankRef{}, nil, session.Errorf(session.NotFound, "there is no bank %q", s.Bank)
	}
	return session.BankRef{ID: "go", Title: "Go", Version: "1.0.0"}, l, nil
}

func (l library) Questions(context.Context, string) ([]session.QuestionInfo, error) {
	return []session.QuestionInfo{{ID: l[0].ID, Ask: l[0].Ask}}, nil
}

type similarity func(q *rubric.Question, answers []string) float64

func (f similarity) Similarity(q *rubric.Question, answers []string) float64 {
	if f == nil {
		return 0
	}
	return f(q, answers)
}

// lab is one database with as many engines as a test wants.
type lab struct {
	t    testing.TB
	path string
}

func newLab(t testing.TB) *lab {
	t.Helper()
	return &lab{t, filepath.Join(t.TempDir(), "elios.db")}
}

// open opens the database once more, as another process would.
func (l *lab) open() *store.Store {
	l.t.Helper()
	s, err := store.Open(context.Background(), l.path, store.Options{})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = s.Close() })
	return s
}

// engine starts an engine on a store of its own.
func (l *lab) engine(change func(*engine.Config)) *engine.Engine {
	l.t.Helper()
	cfg := engine.Config{
		Unseen: time.Nanosecond, // what is seen of an evaluation is what the tests look at

		Library: library{question("map"), question("slice")}, Evaluators: []session.Evaluator{&evaluator{name: session.Builtin}},
		Similarity: similarity(nil), Poll: 5 * time.Millisecond,
	}
	if change != nil {
		change(&cfg)
	}
	if cfg.Store == nil {
		cfg.Store = l.open()
	}
	e, err := engine.New(cfg)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = e.Close() })
	return e
}

func settings() session.Settings { return session.Settings{Bank: "go", Count: 2, Seed: 7} }

// seat is a face in a room.
type seat struct {
	session.Room
	t testing.TB
	n int
}

func create(t testing.TB, e *engine.Engine, change func(*session.Settings)) *seat {
	t.Helper()
	s := settings()
	if change != nil {
		change(&s)
	}
	r, err := e.Create(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return &seat{Room: r, t: t}
}

func open(t testing.TB, e *engine.Engine, id string) *seat {
	t.Helper()
	r, err := e.Open(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return &seat{Room: r, t: t}
}

// do sends a command that must be taken.
func (s *seat) do(cmd session.Command) session.Ack {
	s.t.Helper()
	ack, err := s.try(cmd)
	if err != nil {
		s.t.Fatalf("%s: %v", cmd.Type(), err)
	}
	return ack
}

func (s *seat) try(cmd session.Command) (session.Ack, error) {
	s.n++
	return s.Do(context.Background(), session.Envelope{ID: fmt.Sprintf("%p-%d", s, s.n), Command: cmd})
}

// refused sends a command that must be refused and change nothing.
func (s *seat) refused(cmd session.Command, kind session.Kind) *session.Error {
	s.t.Helper()
	before := s.snap()
	_, err := s.try(cmd)
	var e *session.Error
	if !errors.As(err, &e) || e.Kind != kind {
		s.t.Fatalf("%s: %v, want %s", cmd.Type(), err, kind)
	}
	if after := s.snap(); after.LastSeq != before.LastSeq || after.State != before.State {
		s.t.Fatalf("%s was refused but changed something", cmd.Type())
	}
	return e
}

func (s *seat) snap() session.Snapshot {
	s.t.Helper()
	snap, err := s.Snapshot(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	return snap
}

// until waits, event by event, until the interview is as wanted.
func (s *seat) until(what string, want func(session.Snapshot) bool) session.Snapshot {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		snap := s.snap()
		if want(snap) {
			return snap
		}
		if _, err := s.Events(ctx, snap.LastSeq); err != nil {
			s.t.Fatalf("waiting for %s at %+v: %v", what, s.snap(), err)
		}
	}
}

func (s *seat) state(want session.State) session.Snapshot {
	s.t.Helper()
	return s.until(string(want), func(snap session.Snapshot) bool { return snap.State == want })
}

// judged answers the current turn and waits for what comes of it.
func (s *seat) judged(text string) session.Snapshot {
	s.t.Helper()
	turn := s.snap().Turn
	s.do(session.Answer{Turn: turn, Text: text})
	return s.until("the evaluation", func(snap session.Snapshot) bool { return snap.State != session.Evaluating })
}

func (s *seat) all() []session.Event {
	s.t.Helper()
	events, err := s.Events(context.Background(), 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return events
}

func count[T session.EventData](events []session.Event) int {
	n := 0
	for _, e := range events {
		if _, ok := e.Data.(T); ok {
			n++
		}
	}
	return n
}

// sound checks the journal: no holes, one evaluation for each answer, the fold
// of it equal to the rows.
func sound(t testing.TB, s session.Store, id string) *session.Interview {
	t.Helper()
	iv, err := s.Load(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(context.Background(), id, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	judged := map[int]int{}
	for i, e := range events {
		if e.Seq != int64(i)+1 {
			t.Fatalf("event %d has seq %d", i+1, e.Seq)
		}
		if j, ok := e.Data.(session.Judged); ok {
			judged[j.Turn]++
		}
	}
	for turn, n := range judged {
		if n != 1 {
			t.Fatalf("turn %d was judged %d times", turn, n)
		}
	}
	folded := session.Fold(events)
	folded.Questions = iv.Questions
	same(t, folded, iv)
	return iv
}

func wantKind(t testing.TB, err error, kind session.Kind) {
	t.Helper()
	if session.KindOf(err) != kind {
		t.Fatalf("error %v is %q, want %q", err, session.KindOf(err), kind)
	}
}

// eventually waits for a condition no event tells of.
func eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !cond(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}
