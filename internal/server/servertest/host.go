// Package servertest runs a whole server for tests: a real database, the real
// engine and real sockets, with a small bank and an evaluator that judges by
// the words alpha and beta.
package servertest

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/server"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/store"
	"github.com/elios/elios/internal/wire"
)

// Host is a server that can be stopped and started again on its database.
type Host struct {
	T      testing.TB
	Path   string       // of the database
	Addr   string       // where it listens; stays the same over a restart
	Change func(*Parts) // what a test wants to be different
	Log    *slog.Logger // nil: nobody reads it
	Token  wire.Secret  // a candidate's
	Host   wire.Secret  // a host's

	Parts *Parts
	stop  context.CancelFunc
	done  chan error
}

// Parts is what a running host is made of.
type Parts struct {
	Store  *store.Store
	Engine engine.Config
	Server server.Config

	engine *engine.Engine
	owner  *engine.Owner
}

// Start runs a host until the test ends.
func Start(t testing.TB, change func(*Parts)) *Host {
	t.Helper()
	h := &Host{T: t, Path: filepath.Join(t.TempDir(), "elios.db"), Addr: "127.0.0.1:0", Change: change}
	h.Run()
	t.Cleanup(h.Stop)
	h.Token = h.NewToken(session.Token{Scope: session.CandidateScope, Name: "candidate"})
	h.Host = h.NewToken(session.Token{Scope: session.HostScope, Name: "host"})
	return h
}

// StartAt runs another host, with a database of its own, at an address where
// one has been, and lets the token in that it knew.
func StartAt(t testing.TB, addr string, token wire.Secret) *Host {
	t.Helper()
	h := &Host{T: t, Path: filepath.Join(t.TempDir(), "elios.db"), Addr: addr, Token: token}
	s, err := store.Open(context.Background(), h.Path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known := session.Token{ID: uuid.NewString(), Scope: session.CandidateScope, CreatedAt: time.Now()}
	if err := errors.Join(s.CreateToken(context.Background(), known, token.Hash()), s.Close()); err != nil {
		t.Fatal(err)
	}
	h.Run()
	t.Cleanup(h.Stop)
	return h
}

// Run starts the server, on the address it had before.
func (h *Host) Run() {
	h.T.Helper()
	p := h.parts()
	l := h.listen()
	h.Addr, h.Parts = l.Addr().String(), p
	srv, err := server.New(p.Server)
	if err != nil {
		h.T.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	h.stop, h.done = stop, make(chan error, 1)
	go func() { h.done <- srv.Serve(ctx, l) }()
}

// listen waits for the address to be free again.
func (h *Host) listen() net.Listener {
	h.T.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		l, err := net.Listen("tcp", h.Addr)
		if err == nil {
			return l
		}
		if time.Now().After(end) {
			h.T.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond) // nothing tells when an address comes free
	}
}

func (h *Host) parts() *Parts {
	h.T.Helper()
	s, err := store.Open(context.Background(), h.Path, store.Options{})
	if err != nil {
		h.T.Fatal(err)
	}
	owner, err := engine.Own(h.Path + ".owners")
	if err != nil {
		h.T.Fatal(err)
	}
	id, err := s.Identity(context.Background())
	if err != nil {
		h.T.Fatal(err)
	}
	log := h.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	metrics := server.NewMetrics()
	p := &Parts{
		Store: s, owner: owner,
		Engine: engine.Config{
			Unseen: time.Nanosecond, // what is seen of an evaluation is what tests look at

			Store: s, Library: facetest.Bank{}, Evaluators: []session.Evaluator{facetest.ByName{}}, Similarity: facetest.ByName{},
			Owner: owner.ID(), Dead: owner.Dead, Poll: 20 * time.Millisecond, Meter: metrics, Log: log,
		},
		Server: server.Config{Tokens: s, Store: id, Version: "test", Metrics: metrics, Log: log, Settings: session.Settings{Bank: "go", Count: 2}},
	}
	p.Server.Limits = server.DefaultLimits
	if h.Change != nil {
		h.Change(p)
	}
	if p.engine, err = engine.New(p.Engine); err != nil {
		h.T.Fatal(err)
	}
	p.Server.Interviews = p.engine
	return p
}

// Stop stops the server in order; it may be run again.
func (h *Host) Stop() {
	h.T.Helper()
	if h.stop == nil {
		return
	}
	h.stop()
	if err := <-h.done; err != nil && err != http.ErrServerClosed {
		h.T.Error(err)
	}
	h.stop = nil
	for _, c := range []func() error{h.Parts.engine.Close, h.Parts.owner.Close, h.Parts.Store.Close} {
		if err := c(); err != nil {
			h.T.Error(err)
		}
	}
}

// Interviews are those of the engine under the server.
func (h *Host) Interviews() session.Interviews { return h.Parts.engine }

// URL is the server's address.
func (h *Host) URL() string { return "http://" + h.Addr }

// NewToken makes a token and gives its secret.
func (h *Host) NewToken(t session.Token) wire.Secret {
	h.T.Helper()
	secret := wire.NewSecret()
	if t.ID == "" {
		t.ID = uuid.NewString()
	}
	if t.CreatedAt.IsZero() {
		t.CreatedAt = time.Now()
	}
	if err := h.Parts.Store.CreateToken(context.Background(), t, secret.Hash()); err != nil {
		h.T.Fatal(err)
	}
	return secret
}

// Gate holds evaluations until it is opened.
type Gate struct {
	facetest.ByName
	open chan struct{}
	once sync.Once
}

// NewGate makes a closed one.
func NewGate() *Gate { return &Gate{open: make(chan struct{})} }

// Open lets every evaluation go on.
func (g *Gate) Open() { g.once.Do(func() { close(g.open) }) }

// Evaluate waits for the gate.
func (g *Gate) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	select {
	case <-g.open:
		return g.ByName.Evaluate(ctx, r, emit)
	case <-ctx.Done():
		return session.Judgement{}, ctx.Err()
	}
}
