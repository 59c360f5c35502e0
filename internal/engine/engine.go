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

	Owner string                  // names this process in the jobs it holds
	Dead  func(owner string) bool // tells whether an owner is gone

	Lease time.Duration // how long a job is held without a sign of life, default 15 s
	Poll  time.Duration // how often other processes' work is looked for, default 250 ms
	Log   *slog.Logger
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

// List summarises interviews, latest activity first. Interviews that nobody
// has touched for too long expire on the way.
func (e *Engine) List(ctx context.Context, f session.Filter) ([]session.Summary, error) {
	list, err := e.cfg.Store.List(ctx, f)
	if err != nil {
		return nil, err
	}
	expired := false
	for _, s := range list {
		done, err := e.expireOverdue(ctx, s)
		if err != nil {
			return nil, err
		}
		expired = expired || done
	}
	if expired {
		return e.cfg.Store.List(ctx, f)
	}
	return list, nil
}

// minExpire spares the interviews of this moment a look at when they expire.
const minExpire = time.Minute

// expireOverdue completes an interview whose time has run out unseen.
func (e *Engine) expireOverdue(ctx context.Context, s session.Summary) (bool, error) {
	if s.State == session.Complete || e.now().Sub(s.ActiveAt) < minExpire {
		return false, nil
	}
	iv, err := e.cfg.Store.Load(ctx, s.ID)
	if err != nil {
		return false, err
	}
	if e.now().Before(iv.ActiveAt.Add(iv.Settings.ExpireAfter)) {
		return false, nil
	}
	r, err := e.enter(ctx, s.ID) // entering catches up with the clock
	if err != nil {
		return false, err
	}
	return true, r.Close()
}

// Create makes an interview, still IDLE, and enters it.
func (e *Engine) Create(ctx context.Context, s session.Settings) (session.Room, error) {
	by, ok := e.evaluator(s.Evaluator)
	if !ok {
		return nil, session.Errorf(session.Unavailable, "there is no evaluator %q here; there is %s", s.Evaluator, e.evaluators())
	}
	var recent map[string]time.Time
	if s.Seed == 0 {
		s.Seed = rand.Uint64() >> 1 // SQLite keeps signed integers
		var err error
		if recent, err = e.cfg.Store.LastAnswered(ctx, s.Bank); err != nil {
			return nil, err
		}
	}
	bank, questions, err := e.cfg.Library.Select(ctx, s, recent)
	if err != nil {
		return nil, err
	}
	s.Bank = bank.ID
	iv, events, err := session.Create(e.cfg.NewID(), s, bank, questions, by.Info(), e.now())
	if err != nil {
		return nil, err
	}
	if err := e.create(ctx, iv, events); err != nil {
		return nil, err
	}
	return e.enter(ctx, iv.ID)
}

func (e *Engine) create(ctx context.Context, iv *session.Interview, events []session.Event) error {
	err := e.cfg.Store.Create(ctx, iv, events)
	if session.KindOf(err) == session.Conflict && e.cfg.Replace {
		if err := e.Delete(ctx, iv.ID); err != nil {
			return err
		}
		return e.cfg.Store.Create(ctx, iv, events)
	}
	return err
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

// Report gathers what a report shows.
func (e *Engine) Report(ctx context.Context, ref string) (session.Report, error) {
	id, err := e.cfg.Store.Resolve(ctx, ref)
	if err != nil {
		return session.Report{}, err
	}
	iv, err := e.cfg.Store.Load(ctx, id)
	if err != nil {
		return session.Report{}, err
	}
	return session.BuildReport(iv)
}

var _ session.Interviews = (*Engine)(nil)
