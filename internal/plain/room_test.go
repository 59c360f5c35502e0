package plain

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

var (
	start   = time.Date(2026, 3, 1, 14, 5, 0, 0, time.UTC)
	builtin = session.EvaluatorInfo{Name: session.Builtin, Version: "1"}
	model   = session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b"}
)

// room is the real machine kept in memory, with an evaluator that finds a
// point where an answer holds its id.
type room struct {
	mu      sync.Mutex
	iv      *session.Interview
	events  []session.Event
	changed chan struct{} // closed at every change
	draft   string
	saved   []string
	ids     map[string]bool

	evaluator session.Evaluator // judges instead of judgement

	hold     bool          // evaluate only when the test says so
	failWith string        // why evaluations by a model fail
	retryIn  time.Duration // of failed evaluations
	before   func(*room, session.Command)
	refuse   map[session.CommandType]error
	draftErr error
	eventErr error
	snapErr  error
	liveCh   chan session.Live
}

func newRoom(t *testing.T, mode session.Mode, by session.EvaluatorInfo, qs ...rubric.Question) *room {
	t.Helper()
	if len(qs) == 0 {
		qs = []rubric.Question{nilQuestion(), deferQuestion()}
	}
	bank := session.BankRef{ID: "go-core", Title: "Go", Version: "1.0.0"}
	iv, events, err := session.Create("iv-1", session.Settings{Bank: "go-core", Mode: mode}, bank, qs, by, start)
	if err != nil {
		t.Fatal(err)
	}
	return &room{
		iv: iv, events: events, changed: make(chan struct{}), ids: map[string]bool{},
		refuse: map[session.CommandType]error{}, liveCh: make(chan session.Live),
	}
}

func (r *room) ID() string { return r.iv.ID }

func (r *room) Snapshot(context.Context) (session.Snapshot, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := session.View(session.RedactAll(r.iv.Settings.Mode, r.events))
	s.Draft = r.draft
	return s, r.snapErr
}

func (r *room) Standing() (session.Snapshot, error) {
	s, err := r.Snapshot(context.Background())
	return s.Bare(), err
}

func (r *room) Do(_ context.Context, e session.Envelope) (session.Ack, error) {
	if r.before != nil {
		r.before(r, e.Command)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if e.ID == "" || r.ids[e.ID] {
		return session.Ack{}, session.Errorf(session.IDReused, "id %q", e.ID)
	}
	r.ids[e.ID] = true
	if err := r.refuse[e.Command.Type()]; err != nil {
		return session.Ack{}, err
	}
	if err := r.decide(e.Command); err != nil {
		return session.Ack{}, err
	}
	ack := session.Ack{Seq: r.iv.LastSeq, State: r.iv.State, Turn: r.iv.Turn}
	if !r.hold {
		r.evaluate()
	}
	return ack, nil
}

// decide runs a command of anyone. The lock is held.
func (r *room) decide(c session.Command) error {
	events, err := session.Decide(r.iv, c, start)
	if err != nil {
		return err
	}
	for _, e := range events {
		r.iv = session.Apply(r.iv, e)
		switch e.Data.(type) {
		case session.AnswerAccepted, session.TurnSkipped:
			r.draft = ""
		}
	}
	r.events = append(r.events, events...)
	r.tellAll()
	return nil
}

// other is a command from elsewhere: another window, an evaluator, the clock.
func (r *room) other(c session.Command) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.decide(c); err != nil {
		panic(err)
	}
}

func (r *room) judge() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.evaluate()
}

// evaluate judges the answer that waits. The lock is held.
func (r *room) evaluate() {
	if r.iv.State != session.Evaluating || r.iv.Pending != nil {
		return
	}
	var c session.Command = session.Evaluated{Turn: r.iv.Turn, By: r.iv.Evaluator, Judgement: r.judgement()}
	if r.failWith != "" && r.iv.Evaluator.Name != session.Builtin {
		failed := session.EvaluationFailed{Turn: r.iv.Turn, Why: r.failWith, Attempt: 3}
		if r.retryIn > 0 {
			failed.RetryAt = start.Add(r.retryIn)
		}
		c = failed
	}
	if err := r.decide(c); err != nil {
		panic(err)
	}
}

func (r *room) judgement() session.Judgement {
	t := r.iv.Current()
	q := r.iv.QuestionN(t.Question)
	if r.evaluator != nil {
		return r.ask(q)
	}
	said := []rubric.Evidence{{Answer: t.N, Quote: t.Answer}}
	var j session.Judgement
	for _, p := range q.KeyPoints {
		v := rubric.Verdict{Point: p.ID, Status: rubric.Missed}
		if strings.Contains(t.Answer, p.ID) {
			v.Status, v.Evidence = rubric.Met, said
		}
		j.Verdicts = append(j.Verdicts, v)
	}
	for _, m := range q.Misconceptions {
		if strings.Contains(t.Answer, m.ID) {
			j.Held = append(j.Held, rubric.Held{ID: m.ID, Penalty: m.Penalty, Evidence: said[0]})
		}
	}
	return j
}

// ask hands everything said on a question to the evaluator.
func (r *room) ask(q *rubric.Question) session.Judgement {
	req := session.Request{Turn: r.iv.Turn, Question: *q}
	for _, t := range r.iv.TurnsOf(r.iv.Question) {
		req.Answers = append(req.Answers, rubric.Answer{Turn: t.N, Ask: t.Ask, Text: t.Answer})
		req.Asked = append(req.Asked, t.Ask)
		req.FollowUp = q.FollowUp(t.FollowUp)
	}
	j, err := r.evaluator.Evaluate(context.Background(), req, func(session.Partial) {})
	if err != nil {
		panic(err)
	}
	return j
}

func (r *room) SaveDraft(_ context.Context, _ int, text string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.draftErr != nil {
		return r.draftErr
	}
	r.draft = text
	r.saved = append(r.saved, text)
	r.tellAll()
	return nil
}

// tellAll wakes everybody who waits for a change. The lock is held.
func (r *room) tellAll() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// awaitDraft waits until a draft is saved.
func (r *room) awaitDraft(t *testing.T, want string) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for {
		r.mu.Lock()
		got, changed := r.draft, r.changed
		r.mu.Unlock()
		if got == want {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("the draft is %q, want %q", got, want)
		}
	}
}

func (r *room) Events(ctx context.Context, after int64) ([]session.Event, error) {
	for {
		r.mu.Lock()
		events, changed, err := r.events[after:], r.changed, r.eventErr
		r.mu.Unlock()
		if len(events) > 0 || err != nil {
			return session.RedactAll(r.iv.Settings.Mode, events), err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (r *room) News() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}

func (r *room) Live(context.Context) <-chan session.Live { return r.liveCh }
func (r *room) Close() error                             { return nil }

func (r *room) state() session.State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.iv.State
}

func (r *room) paused() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.iv.Paused
}

func (r *room) savedDraft() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draft
}

// answersGiven lists what every turn got: the answer, or "-" for a skip.
func (r *room) answersGiven() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, t := range r.iv.Turns {
		switch {
		case t.Skipped:
			out = append(out, "-")
		case t.Answered():
			out = append(out, t.Answer)
		}
	}
	return out
}

// interviews knows only the one room.
type interviews struct {
	session.Interviews
	room *room
	err  error
}

func (i interviews) Report(context.Context, string) (session.Report, error) {
	if i.err != nil {
		return session.Report{}, i.err
	}
	i.room.mu.Lock()
	defer i.room.mu.Unlock()
	return session.BuildReport(i.room.iv)
}
