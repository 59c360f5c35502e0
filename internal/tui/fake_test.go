package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// t0 is when every test begins; the clock stands unless a test moves it.
var t0 = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// house is an engine in memory around the real machine, so that the screens
// are tested with events as they really come.
type house struct {
	mu      sync.Mutex
	now     time.Time
	rooms   []*room
	banks   []session.BankInfo
	pool    []rubric.Question
	by      session.EvaluatorInfo
	hold    bool             // evaluations wait for judge or failJudging
	fail    map[string]error // by name of the method
	ids     int
	panicIn string
	asked   []session.Filter // of List, in order

	feedback   string              // of every evaluation
	suggestion *session.Suggestion // of every evaluation
}

func newHouse() *house {
	return &house{
		now: t0, pool: questions(), by: session.EvaluatorInfo{Name: session.Builtin, Version: "m3"}, fail: map[string]error{},
		banks: []session.BankInfo{{
			ID: "go", Title: "Go", Version: "1.0.0", Description: "Channels, interfaces and errors, as they come up in interviews.",
			Language: "en", Questions: 24, Cases: 96, Source: "built-in", Levels: []int{1, 2, 3, 4},
			Topics: []session.TopicInfo{{ID: "conc", Title: "Concurrency", Questions: 12}, {ID: "if", Title: "Interfaces", Questions: 6}, {ID: "err", Title: "Errors", Questions: 6}},
		}, {
			ID: "db", Title: "Databases & storage", Version: "0.3.0", Language: "en", Questions: 18, Source: "user", Levels: []int{2, 3},
		}},
	}
}

func (h *house) id() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids++
	return fmt.Sprintf("01931c5e-%04d", h.ids)
}

func (h *house) time() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func (h *house) failing(method string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fail[method] = err
}

func (h *house) failure(method string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.panicIn == method {
		panic("boom in " + method)
	}
	return h.fail[method]
}

func (h *house) List(_ context.Context, f session.Filter) ([]session.Summary, error) {
	if err := h.failure("List"); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, f)
	var out []session.Summary
	for i := len(h.rooms) - 1; i >= 0; i-- {
		if s := h.rooms[i].summary(); passes(s, f) {
			out = append(out, s)
		}
	}
	if f.Limit > 0 {
		out = out[:min(f.Limit, len(out))]
	}
	return out, nil
}

// passes tells whether an interview is one a filter asks for.
func passes(s session.Summary, f session.Filter) bool {
	return (f.Bank == "" || s.Bank.ID == f.Bank) &&
		(f.Topic == "" || slices.ContainsFunc(s.Topics, func(t session.TopicScore) bool { return t.Topic == f.Topic })) &&
		(!f.Open || s.State != session.Complete) &&
		!s.ActiveAt.Before(f.Since) && (f.Until.IsZero() || s.ActiveAt.Before(f.Until))
}

func (h *house) Create(_ context.Context, s session.Settings) (session.Room, error) {
	if err := h.failure("Create"); err != nil {
		return nil, err
	}
	n := min(s.Count, len(h.pool))
	return h.newRoom(s, h.pool[:n]...), nil
}

func (h *house) newRoom(s session.Settings, questions ...rubric.Question) *room {
	id := h.id()
	h.mu.Lock()
	defer h.mu.Unlock()
	iv, events, err := session.Create(id, s, h.ref(s.Bank), questions, h.by, h.now)
	if err != nil {
		panic(err)
	}
	r := &room{house: h, iv: iv, events: events, drafts: map[int]string{}, changed: make(chan struct{}), live: make(chan session.Live, 16)}
	h.rooms = append(h.rooms, r)
	return r
}

// ref names a bank; the lock is held.
func (h *house) ref(id string) session.BankRef {
	for _, b := range h.banks {
		if b.ID == id {
			return session.BankRef{ID: b.ID, Title: b.Title, Version: b.Version}
		}
	}
	return session.BankRef{ID: "go", Title: "Go", Version: "1.0.0"}
}

func (h *house) Open(_ context.Context, ref string) (session.Room, error) {
	if err := h.failure("Open"); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		if strings.HasPrefix(r.iv.ID, ref) {
			return r, nil
		}
	}
	return nil, session.Errorf(session.NotFound, "there is no interview %q", ref)
}

func (h *house) Again(_ context.Context, ref string, question int) (session.Room, error) {
	if err := h.failure("Again"); err != nil {
		return nil, err
	}
	old := h.interview(ref)
	if old == nil {
		return nil, session.Errorf(session.NotFound, "there is no interview %q", ref)
	}
	s, q, err := session.Repeat(old, question)
	if err != nil {
		return nil, err
	}
	return h.newRoom(s, q), nil
}

func (h *house) Attempts(_ context.Context, f session.Filter) ([]session.Attempt, error) {
	question := f.Asked
	if err := h.failure("Attempts"); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []session.Attempt
	for _, r := range h.rooms {
		for i := range r.iv.Results {
			if a, err := session.NewAttempt(r.iv, i+1); err == nil && a.Question.ID == question {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

func (h *house) Questions(context.Context, string) ([]session.QuestionInfo, error) {
	var out []session.QuestionInfo
	for _, q := range h.pool {
		out = append(out, session.QuestionInfo{
			ID: q.ID, Type: q.Type, Topic: q.TopicTitle, Level: q.Level, Ask: q.Ask,
			Points: len(q.Criteria()), Hints: len(q.Hints), Cases: 6,
		})
	}
	return out, h.failure("Questions")
}

func (h *house) Delete(_ context.Context, ref string) error {
	if err := h.failure("Delete"); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rooms = slices.DeleteFunc(h.rooms, func(r *room) bool { return r.iv.ID == ref })
	return nil
}

func (h *house) interview(ref string) *session.Interview {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		if r.iv.ID == ref {
			return r.iv
		}
	}
	return nil
}

func (h *house) Banks(context.Context) ([]session.BankInfo, error) {
	return h.banks, h.failure("Banks")
}

func (h *house) Report(_ context.Context, ref string) (session.Report, error) {
	if err := h.failure("Report"); err != nil {
		return session.Report{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		if r.iv.ID == ref {
			return session.BuildReport(r.iv)
		}
	}
	return session.Report{}, session.Errorf(session.NotFound, "there is no interview %q", ref)
}

// room is one interview in memory.
type room struct {
	*house
	mu      sync.Mutex
	iv      *session.Interview
	events  []session.Event
	drafts  map[int]string
	done    map[string]session.Ack
	changed chan struct{}
	live    chan session.Live
	closed  int
	saves   int
}

func (r *room) ID() string { return r.iv.ID }

func (r *room) summary() session.Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	return session.Summarize(r.iv)
}

func (r *room) Snapshot(context.Context) (session.Snapshot, error) {
	if err := r.failure("Snapshot"); err != nil {
		return session.Snapshot{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := session.View(session.RedactAll(r.iv.Settings.Mode, r.events))
	s.Draft = r.drafts[s.Turn]
	return s, nil
}

func (r *room) Standing() (session.Snapshot, error) {
	s, err := r.Snapshot(context.Background())
	return s.Bare(), err
}

func (r *room) Do(_ context.Context, e session.Envelope) (session.Ack, error) {
	if err := r.failure("Do " + string(e.Command.Type())); err != nil {
		return session.Ack{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if ack, ok := r.done[e.ID]; ok {
		return ack, nil
	}
	if err := r.decide(e.Command); err != nil {
		return session.Ack{}, err
	}
	if _, ok := e.Command.(session.Answer); ok && !r.hold {
		r.judge()
	}
	ack := session.Ack{Seq: r.iv.LastSeq, State: r.iv.State, Turn: r.iv.Turn}
	if r.done == nil {
		r.done = map[string]session.Ack{}
	}
	r.done[e.ID] = ack
	return ack, nil
}

// decide runs the machine and wakes who waits; the lock is held.
func (r *room) decide(cmd session.Command) error {
	events, err := session.Decide(r.iv, cmd, r.house.time())
	if err != nil {
		return err
	}
	qs := r.iv.Questions
	for _, e := range events {
		r.iv = session.Apply(r.iv, e)
	}
	r.iv.Questions = qs
	r.events = append(r.events, events...)
	close(r.changed)
	r.changed = make(chan struct{})
	return nil
}

// send is decide from outside: an evaluator, the clock, another window.
func (r *room) send(cmd session.Command) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.decide(cmd); err != nil {
		panic(err)
	}
}

func (r *room) evaluate() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.judge()
}

// judge meets every point whose say begins with a word of the answer's
// sentences; the quote is the sentence.
func (r *room) judge() {
	t := r.iv.Current()
	q := r.iv.QuestionN(t.Question)
	j := session.Judgement{Feedback: r.house.feedback, FollowUp: r.house.suggestion}
	for _, c := range q.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed}
		for _, span := range text.Sentences(t.Answer) {
			if s := t.Answer[span.Start:span.End]; strings.Contains(strings.ToLower(s), c.ID) {
				v.Status, v.Evidence = rubric.Met, []rubric.Evidence{{Answer: t.N, Quote: s}}
			}
		}
		if len(q.Dimensions) > 0 {
			level := 2 * len(v.Evidence)
			v.Level, v.Status = &level, rubric.StatusOf(level)
		}
		j.Verdicts = append(j.Verdicts, v)
	}
	if err := r.decide(session.Evaluated{Turn: t.N, By: r.iv.Evaluator, Judgement: j, Similarity: 0.3, Elapsed: time.Millisecond}); err != nil {
		panic(err)
	}
}

func (r *room) SaveDraft(_ context.Context, turn int, text string) error {
	if err := r.failure("SaveDraft"); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drafts[turn] = text
	r.saves++
	return nil
}

func (r *room) draft(turn int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.drafts[turn]
}

func (r *room) Events(ctx context.Context, after int64) ([]session.Event, error) {
	for {
		if err := r.failure("Events"); err != nil {
			return nil, err
		}
		r.mu.Lock()
		changed, n := r.changed, int64(len(r.events))
		if after < n {
			out := session.RedactAll(r.iv.Settings.Mode, r.events[after:])
			r.mu.Unlock()
			return out, nil
		}
		r.mu.Unlock()
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

func (r *room) Live(ctx context.Context) <-chan session.Live {
	out := make(chan session.Live)
	go func() {
		defer close(out)
		for {
			select {
			case l := <-r.live:
				select {
				case out <- l:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (r *room) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed++
	return nil
}

func (r *room) state() (session.State, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.iv.State, r.iv.Paused
}

// questions are three of different kinds.
func questions() []rubric.Question {
	return []rubric.Question{
		{
			ID: "nil-channel", Type: rubric.Open, Topic: "conc", TopicTitle: "Concurrency", Level: 3,
			Ask: "What happens when you send on a **nil channel**, and when is that useful?",
			KeyPoints: []rubric.KeyPoint{
				{ID: "forever", Weight: 3, Must: true, Point: "It blocks forever", Probe: "What does the send do, exactly?"},
				{ID: "select", Weight: 2, Point: "A nil channel disables its select case", Probe: "Where would one want that?"},
				{ID: "deadlock", Weight: 1, Point: "When all goroutines are blocked the runtime ends with \"deadlock\"", Probe: "Suppose every goroutine of the program ends up waiting like that. What does the runtime do?"},
			},
			Ideal:      "A send on a nil channel blocks forever. In a `select` a nil channel switches its case off:\n\n```go\nselect {\ncase v, ok := <-in:\n\tif !ok {\n\t\tin = nil\n\t}\n}\n```\n\nWhen every goroutine waits, the runtime ends the program.",
			Hints:      []string{"Think of a `select` with two inputs.", "One input ends before the other."},
			References: []rubric.Reference{{Title: "The Go specification", URL: "https://go.dev/ref/spec#Send_statements"}},
		},
		{
			ID: "defer", Type: rubric.CodeReading, Topic: "err", TopicTitle: "Errors", Level: 2,
			Ask: "What does this print, and why?\n\n```go\nfunc main() {\n\tfor i := range 3 {\n\t\tdefer fmt.Println(i)\n\t}\n}\n```",
			KeyPoints: []rubric.KeyPoint{
				{ID: "reverse", Weight: 1, Point: "Deferred calls run in reverse order"},
				{ID: "argument", Weight: 1, Point: "The arguments are evaluated at the defer statement"},
			},
			Ideal: "2, 1, 0.", MaxFollowUps: new(int),
		},
		{
			ID: "nil-interface", Type: rubric.Open, Topic: "if", TopicTitle: "Interfaces", Level: 3,
			Ask:       "When is an interface holding a nil pointer not nil?",
			KeyPoints: []rubric.KeyPoint{{ID: "type", Weight: 1, Point: "An interface holds a type and a value"}},
			Ideal:     "Always: it has a type.", MaxFollowUps: new(int),
		},
	}
}
