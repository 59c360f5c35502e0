// Package engine runs interviews. It is the only I/O around the pure machine
// of package session: load, decide, commit, acknowledge, publish, and start
// what the new state asks for.
package engine

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Config is what an Engine is made of. Store, Library, Evaluators and
// Similarity are needed; everything else has a default.
type Config struct {
	Store      session.Store
	Library    session.Library
	Evaluators []session.Evaluator // by name; the first judges where "auto" is asked for
	Similarity session.Similarity
	Speaker    session.Speaker // nil: nothing is read aloud

	Now   func() time.Time
	NewID func() string
	// Replace lets a new interview take the place of one with the same id: a
	// deterministic run has the same id each time.
	Replace bool
	// Local leaves the interviews of remote candidates out of lists: they are not
	// the history of whoever sits at this machine.
	Local bool

	Owner string                  // names this process in the jobs it holds
	Dead  func(owner string) bool // tells whether an owner is gone

	Lease time.Duration // how long a job is held without a sign of life, default 15 s
	Poll  time.Duration // how often other processes' work is looked for, default 250 ms
	// Unseen is how long an evaluation takes before its verdicts are shown as they
	// arrive, default 20 ms: of one that is over before, nobody would see them.
	Unseen time.Duration
	Log    *slog.Logger
	Meter  Meter // nil: nobody counts
}

// Engine runs interviews. It implements session.Interviews and is safe for
// concurrent use.
type Engine struct {
	cfg Config

	ctx    context.Context // ends with Close; jobs, timers and watchers live under it
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu     sync.Mutex
	rooms  map[string]*room
	behind atomic.Bool // the rooms may not be where the store is
}

// Defaults of Config.
const (
	DefaultLease = 15 * time.Second
	DefaultPoll  = 250 * time.Millisecond

	DefaultUnseen = 20 * time.Millisecond
)

// New starts an engine.
func New(cfg Config) (*Engine, error) {
	if cfg.Store == nil || cfg.Library == nil || cfg.Similarity == nil || len(cfg.Evaluators) == 0 {
		return nil, errors.New("engine: store, library, similarity and an evaluator are needed")
	}
	cfg.fill()
	e := &Engine{cfg: cfg, rooms: map[string]*room{}}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	e.wg.Go(e.watch)
	return e, nil
}

func (c *Config) fill() {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	}
	if c.Owner == "" {
		c.Owner = uuid.NewString()
	}
	if c.Dead == nil {
		c.Dead = func(string) bool { return false }
	}
	if c.Lease <= 0 {
		c.Lease = DefaultLease
	}
	if c.Poll <= 0 {
		c.Poll = DefaultPoll
	}
	if c.Unseen <= 0 {
		c.Unseen = DefaultUnseen
	}
	if c.Meter == nil {
		c.Meter = unmetered{}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

// Close stops every job and timer, gives the jobs back, and waits for all of
// it. Interviews stay where they are. The store stays open.
func (e *Engine) Close() error {
	e.cancel()
	e.wg.Wait()
	return nil
}

// now is the time with the precision that is kept.
func (e *Engine) now() time.Time { return e.cfg.Now().UTC().Truncate(time.Millisecond) }

// evaluator finds one by name; "" and "auto" mean the first.
func (e *Engine) evaluator(name string) (session.Evaluator, bool) {
	if name == "" || name == "auto" {
		return e.cfg.Evaluators[0], true
	}
	for _, ev := range e.cfg.Evaluators {
		if ev.Info().Name == name {
			return ev, true
		}
	}
	return nil, false
}

// evaluators names the ones there are.
func (e *Engine) evaluators() string {
	names := make([]string, len(e.cfg.Evaluators))
	for i, ev := range e.cfg.Evaluators {
		names[i] = ev.Info().Name
	}
	return strings.Join(names, ", ")
}

// Create makes an interview, still IDLE, and enters it. With Settings.Again it
// is one question of an earlier interview. One that its owner has asked for
// before is entered again: nothing is made twice.
func (e *Engine) Create(ctx context.Context, s session.Settings) (session.Room, error) {
	if room, err := e.asked(ctx, s.Owner); room != nil || err != nil {
		return room, err
	}
	room, err := e.make(ctx, s)
	if session.KindOf(err) == session.Conflict && s.Owner != nil {
		if room, err := e.asked(ctx, s.Owner); room != nil || err != nil {
			return room, err // the same message came twice at once
		}
	}
	return room, err
}

// asked enters the interview that a message made, nil when it is a new one.
func (e *Engine) asked(ctx context.Context, o *session.Owner) (session.Room, error) {
	if o == nil {
		return nil, nil
	}
	list, err := e.cfg.Store.List(ctx, session.Filter{Owner: o.Token, Request: o.Request, Limit: 1})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	if list[0].Settings.Owner.Hash != o.Hash {
		return nil, session.Errorf(session.IDReused, "the id %q made another interview", o.Request)
	}
	return e.enter(ctx, list[0].ID)
}

func (e *Engine) make(ctx context.Context, s session.Settings) (session.Room, error) {
	if s.Again != nil {
		return e.again(ctx, *s.Again, s.Owner)
	}
	by, err := e.judgedBy(s)
	if err != nil {
		return nil, err
	}
	var recent map[string]time.Time
	if s.Seed == 0 {
		s.Seed = rand.Uint64() >> 1 // SQLite keeps signed integers
		if recent, err = e.cfg.Store.LastAnswered(ctx, s.Bank, ownerOf(s)); err != nil {
			return nil, err
		}
	}
	bank, questions, err := e.cfg.Library.Select(ctx, s, recent)
	if err != nil {
		return nil, err
	}
	s.Bank = bank.ID
	return e.create(ctx, s, bank, questions, by)
}

// ownerOf is the id of the token that an interview belongs to, "" for this machine.
func ownerOf(s session.Settings) string {
	if s.Owner == nil {
		return ""
	}
	return s.Owner.Token
}

// create writes a new interview and enters it.
func (e *Engine) create(ctx context.Context, s session.Settings, bank session.BankRef, questions []rubric.Question, by session.EvaluatorInfo) (session.Room, error) {
	iv, events, err := session.Create(e.cfg.NewID(), s, bank, questions, by, e.now())
	if err != nil {
		return nil, err
	}
	err = e.cfg.Store.Create(ctx, iv, events)
	if session.KindOf(err) == session.Conflict && e.cfg.Replace {
		if err := e.Delete(ctx, iv.ID); err != nil {
			return nil, err
		}
		err = e.cfg.Store.Create(ctx, iv, events)
	}
	if err != nil {
		return nil, err
	}
	return e.enter(ctx, iv.ID)
}

// Again makes an interview of one question of an earlier one.
func (e *Engine) Again(ctx context.Context, ref string, question int) (session.Room, error) {
	return e.again(ctx, session.Link{Interview: ref, Question: question}, nil)
}

func (e *Engine) again(ctx context.Context, of session.Link, owner *session.Owner) (session.Room, error) {
	old, err := e.find(ctx, of.Interview)
	if err != nil {
		return nil, err
	}
	s, q, err := session.Repeat(old, of.Question)
	if err != nil {
		return nil, err
	}
	s.Owner = owner
	by, err := e.judgedBy(s)
	if err != nil {
		return nil, err
	}
	return e.create(ctx, s, old.Bank, []rubric.Question{q}, by)
}

// judgedBy finds the evaluator that was asked for.
func (e *Engine) judgedBy(s session.Settings) (session.EvaluatorInfo, error) {
	by, ok := e.evaluator(s.Evaluator)
	if !ok {
		return session.EvaluatorInfo{}, session.Errorf(session.Unavailable, "there is no evaluator %q here; there is %s", s.Evaluator, e.evaluators())
	}
	return by.Info(), nil
}

// find reads an interview by id, unique prefix or "last".
func (e *Engine) find(ctx context.Context, ref string) (*session.Interview, error) {
	id, err := e.cfg.Store.Resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	return e.cfg.Store.Load(ctx, id)
}

// Open enters an interview by id, unique prefix or "last". An evaluation that
// a dead process left behind is taken over.
func (e *Engine) Open(ctx context.Context, ref string) (session.Room, error) {
	id, err := e.cfg.Store.Resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	return e.enter(ctx, id)
}

// Delete removes an interview for good; who is in it finds it gone.
func (e *Engine) Delete(ctx context.Context, ref string) error {
	id, err := e.cfg.Store.Resolve(ctx, ref)
	if err != nil {
		return err
	}
	e.mu.Lock()
	r := e.rooms[id]
	delete(e.rooms, id)
	e.mu.Unlock()
	if r != nil {
		r.leave(session.Errorf(session.NotFound, "interview %s was deleted", id))
	}
	return e.cfg.Store.Delete(ctx, id)
}

// Banks lists the banks to choose from.
func (e *Engine) Banks(ctx context.Context) ([]session.BankInfo, error) {
	return e.cfg.Library.Banks(ctx)
}

// Questions lists the questions of a bank.
func (e *Engine) Questions(ctx context.Context, bank string) ([]session.QuestionInfo, error) {
	return e.cfg.Library.Questions(ctx, bank)
}

var _ session.Interviews = (*Engine)(nil)
