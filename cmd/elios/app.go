package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/config"
	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/store"
)

// app makes what commands need, when they need it.
type app struct {
	streams
	getenv func(string) string
	flags  struct {
		db, config, speak, banks, idle string
		judgeFlags
	}

	fixed   string      // the id of a deterministic run, "" for any other
	notices chan string // for whoever shows the interview; holds one

	cfg       *config.Config
	opened    *store.Store
	owner     *engine.Owner
	running   *engine.Engine
	judge     session.EvaluatorInfo // who judges where nobody is named
	judgeErr  error                 // why the evaluator that was asked for cannot be had
	readsOnly bool                  // the command judges nothing
	closers   []io.Closer           // evaluators with work in the background

	// What serve has and no other command.
	remote    bool         // candidates are elsewhere: nothing is read aloud here, and no bank is a path
	workers   int          // evaluations at a time, 0 for any number
	log       *slog.Logger // nil: a person sees failures on the screen, not in between
	meter     engine.Meter
	simulated *builtin.Simulated // nil: the evaluators are real
	fsync     time.Duration      // how much slower than it is the disk is said to be, for load tests
}

// configuration reads file, environment and flags, once.
func (a *app) configuration() (*config.Config, error) {
	if a.cfg != nil {
		return a.cfg, nil
	}
	flags := map[string]string{}
	for key, value := range map[string]string{
		"db": a.flags.db, "speak": a.flags.speak, "evaluator": a.flags.evaluator, "model": a.flags.model,
		"banks_dir": a.flags.banks, "idle": a.flags.idle,
	} {
		if value != "" {
			flags[key] = value
		}
	}
	cfg, err := config.Load(a.getenv, a.flags.config, flags)
	if err != nil {
		return nil, &usageError{err}
	}
	a.cfg = &cfg
	return a.cfg, nil
}

// defaults are the settings of an interview nobody said more about.
func (a *app) defaults() (session.Settings, error) {
	cfg, err := a.configuration()
	if err != nil {
		return session.Settings{}, err
	}
	s := session.Settings{
		Count: cfg.Count, Mode: session.Mode(cfg.Mode), TimeLimit: cfg.TimeLimit, Evaluator: cfg.Evaluator,
		IdleAfter: cfg.Idle, ExpireAfter: cfg.Expire,
	}
	if cfg.Bank != lastBank {
		s.Bank = cfg.Bank
	}
	s.FollowUps, err = parseFollowUps(cfg.FollowUps)
	return s, err
}

// library holds the built-in banks and the user's own.
func (a *app) library() (*bank.Library, error) {
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	lib := bank.NewLibrary(banks.FS, cfg.BanksDir)
	if a.remote {
		return lib.IDsOnly(), nil
	}
	return lib, nil
}

// namedBank loads the bank that the command line names, by id or path.
func (a *app) namedBank(ctx context.Context, name string) (*bank.Bank, error) {
	lib, err := a.library()
	if err != nil {
		return nil, err
	}
	b, err := lib.Bank(ctx, name)
	return b, named(err)
}

// store opens the database.
func (a *app) store(ctx context.Context) (*store.Store, error) {
	if a.opened != nil {
		return a.opened, nil
	}
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	a.opened, err = store.Open(ctx, cfg.DB, store.Options{Fsync: a.fsync})
	return a.opened, err
}

// engine wires everything together.
func (a *app) engine(ctx context.Context) (*engine.Engine, error) {
	if a.running != nil {
		return a.running, nil
	}
	s, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	lib, err := a.library()
	if err != nil {
		return nil, err
	}
	if a.owner, err = engine.Own(s.Path() + ".owners"); err != nil {
		return nil, err
	}
	speaker, err := a.speaker()
	if err != nil {
		return nil, err
	}
	own := builtin.New()
	judges, err := a.evaluators(ctx, own, s)
	if err != nil {
		return nil, err
	}
	if a.simulated != nil {
		judges = append([]session.Evaluator{a.simulated}, judges...)
	}
	if a.workers > 0 {
		for i, ev := range judges {
			judges[i] = engine.Limited(ev, a.workers)
		}
	}
	a.judge = judges[0].Info()
	cfg := engine.Config{
		Store: s, Library: lib, Evaluators: judges, Similarity: own, Speaker: speaker,
		Owner: a.owner.ID(), Dead: a.owner.Dead, Meter: a.meter, Log: a.log, Local: !a.remote,
	}
	if a.fixed != "" {
		cfg.Now, cfg.Replace = fixedClock, true
		cfg.NewID = func() string { return a.fixed }
	}
	a.running, err = engine.New(cfg)
	return a.running, err
}

// fixedClock stands still.
func fixedClock() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// close gives everything back, in the order opposite to its making.
func (a *app) close() error {
	var errs []error
	if a.running != nil {
		errs = append(errs, a.running.Close())
	}
	for _, c := range a.closers {
		errs = append(errs, c.Close())
	}
	if a.owner != nil {
		errs = append(errs, a.owner.Close())
	}
	if a.opened != nil {
		errs = append(errs, a.opened.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}
