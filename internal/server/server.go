package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"github.com/elios/elios/internal/server/web"
	"github.com/elios/elios/internal/wire"
)

// Server serves interviews to remote candidates.
type Server struct {
	cfg   Config
	lobby *lobby
	gate  *gate
	page  http.Handler // for browsers; nil: there is none

	ctx    context.Context // ends when the server is closed
	cancel context.CancelFunc
	wg     sync.WaitGroup

	leaving context.Context // ends when the server begins to stop
	stopNow context.CancelFunc

	mu       sync.Mutex
	conns    map[*conn]struct{}
	stopping bool
	closed   bool // wg is waited for: nothing more may be added to it
}

// New makes a server, which serves nothing yet. It takes care of interviews that
// an earlier run has left in the middle of an evaluation.
func New(cfg Config) (*Server, error) {
	if err := cfg.fill(); err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, gate: newGate(cfg.Limits), conns: map[*conn]struct{}{}}
	if !cfg.NoPage {
		var err error
		if s.page, err = web.New(); err != nil {
			return nil, err
		}
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.leaving, s.stopNow = context.WithCancel(s.ctx)
	s.lobby = newLobby(cfg.Interviews, cfg.Log, cfg.Now)
	s.wg.Go(func() { s.lobby.run(s.ctx) })
	if cfg.Retention > 0 {
		s.wg.Go(s.forget)
	}
	return s, nil
}

// The times a client has for its part of an HTTP request.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = 30 * time.Second
	idleTime   = 2 * time.Minute
)

// Serve answers on a listener until ctx is done, then stops in order: no new
// clients, a word to those that are there, and the end after at most StopWithin.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	hs := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, IdleTimeout: idleTime,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
		ConnContext: withConn,
	}
	failed := make(chan error, 1)
	go func() { failed <- hs.Serve(netutil.LimitListener(l, s.cfg.Limits.Connections)) }()
	select {
	case err := <-failed:
		return errors.Join(err, s.Close())
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopWithin)
	defer cancel()
	s.stop()
	var wg sync.WaitGroup
	wg.Go(func() { s.sendAway(grace) })
	if err := hs.Shutdown(grace); err != nil {
		_ = hs.Close() // who has not finished by now is cut off
	}
	wg.Wait()
	<-failed
	return s.Close()
}

// StopWithin is how long a stop may take.
const StopWithin = 4 * time.Second

// stop takes no new clients.
func (s *Server) stop() {
	s.mu.Lock()
	s.stopping = true
	s.mu.Unlock()
	s.stopNow()
}

// sendAway closes every connection, and cuts off those that do not leave.
func (s *Server) sendAway(ctx context.Context) {
	s.mu.Lock()
	list := make([]*conn, 0, len(s.conns))
	for c := range s.conns {
		list = append(list, c)
	}
	s.mu.Unlock()
	var wg sync.WaitGroup
	for _, c := range list {
		wg.Go(func() { c.end(ctx, wire.CloseRestart, "the server starts again; connect again", restartIn()) })
	}
	wg.Wait()
}

// Close cuts off what is left and waits for it. Interviews stay where they are.
func (s *Server) Close() error {
	s.stop()
	s.mu.Lock()
	s.closed = true
	for c := range s.conns {
		c.cutOff()
	}
	s.mu.Unlock()
	s.cancel()
	s.wg.Wait()
	return s.lobby.close()
}

// outlive runs f beyond the request that asks for it, unless the server is closed: net/http
// waits at a stop for no request whose connection was taken over.
func (s *Server) outlive(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.wg.Go(f)
	return true
}

// join counts a connection in, unless the server stops.
func (s *Server) join(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping {
		return false
	}
	s.conns[c] = struct{}{}
	return true
}

func (s *Server) part(c *conn) {
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
}

// isStopping tells whether no new clients are taken.
func (s *Server) isStopping() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopping
}
