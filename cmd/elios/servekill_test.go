package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/server"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/store"
	"github.com/elios/elios/internal/wire"
)

const (
	killServerEnv = "ELIOS_TEST_KILL_SERVER" // the database
	killAddrEnv   = "ELIOS_TEST_KILL_ADDR"
)

// serverKills is how often the server is killed.
func serverKills() int {
	if os.Getenv("ELIOS_TORTURE") != "" {
		return 300
	}
	return 20
}

// crowd is how many interviews go on while servers are killed.
const crowd = 50

// killServer serves the interviews of a database until it is killed. It is wired
// like the program, with an evaluator that takes a moment, so that kills land in
// the middle of evaluations too.
func killServer() int {
	r, err := openRig(os.Getenv(killServerEnv))
	if err == nil {
		err = r.serve(os.Getenv(killAddrEnv))
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func (r *killRig) serve(addr string) error {
	l, err := net.Listen("tcp", addr)
	for end := time.Now().Add(10 * time.Second); err != nil && time.Now().Before(end); l, err = net.Listen("tcp", addr) {
		time.Sleep(5 * time.Millisecond) // nothing tells when an address comes free
	}
	if err != nil {
		return err
	}
	id, err := r.store.Identity(context.Background())
	if err != nil {
		return err
	}
	srv, err := server.New(server.Config{Interviews: r.engine, Tokens: r.store, Store: id, Settings: session.Settings{Bank: "go", Count: 4}})
	if err != nil {
		return err
	}
	fmt.Println("serving")
	return srv.Serve(context.Background(), l)
}

// mortal is a server process that is killed and started again.
type mortal struct {
	t    *testing.T
	db   string
	addr string
	cmd  *exec.Cmd
}

func startMortal(t *testing.T, db string) *mortal {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") // an address that stays the same over restarts
	if err != nil {
		t.Fatal(err)
	}
	m := &mortal{t: t, db: db, addr: l.Addr().String()}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	m.start()
	t.Cleanup(m.kill)
	return m
}

// start returns when the server listens.
func (m *mortal) start() {
	m.t.Helper()
	m.cmd = exec.Command(os.Args[0])
	m.cmd.Env = append(os.Environ(), killServerEnv+"="+m.db, killAddrEnv+"="+m.addr)
	m.cmd.Stderr = os.Stderr
	out, err := m.cmd.StdoutPipe()
	if err == nil {
		err = m.cmd.Start()
	}
	if err != nil {
		m.t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		m.t.Fatal("the server did not start")
	}
}

func (m *mortal) kill() {
	_ = m.cmd.Process.Kill()
	_ = m.cmd.Wait() // killed
}

// witness is a client with its interview: it answers until it is complete, and
// remembers what was acknowledged and every event it saw.
type witness struct {
	id    string
	acked []string
	seen  []int64
}

func TestServerKill(t *testing.T) {
	for _, tc := range []struct {
		name      string
		processes int
	}{{"one process", 1}, {"two processes on one database", 2}} {
		t.Run(tc.name, func(t *testing.T) { serverKillTest(t, tc.processes) })
	}
}

func serverKillTest(t *testing.T, processes int) {
	db := filepath.Join(t.TempDir(), "elios.db")
	secret := hostToken(t, db)
	var servers []*mortal
	for range processes {
		servers = append(servers, startMortal(t, db))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	over := make(chan struct{}) // no new interviews any more
	var mu sync.Mutex
	var all []*witness
	var wg sync.WaitGroup
	for i := range crowd {
		wg.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				// The one who answers and the one who watches may be at different servers.
				w, err := interviewed(ctx, secret, servers[i%processes].addr, servers[(i+1)%processes].addr)
				if err != nil {
					t.Errorf("client %d: %v", i, err)
					return
				}
				mu.Lock()
				all = append(all, w)
				mu.Unlock()
			}
		})
	}
	for range serverKills() {
		time.Sleep(100*time.Millisecond + rand.N(400*time.Millisecond)) // the moment is random
		s := servers[rand.N(processes)]
		s.kill()
		s.start()
	}
	close(over)
	wg.Wait()
	for _, s := range servers {
		s.kill()
	}
	inspectWitnesses(t, db, all)
}

// hostToken makes the database with a token for the clients.
func hostToken(t *testing.T, db string) wire.Secret {
	t.Helper()
	s, err := store.Open(t.Context(), db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	secret := wire.NewSecret()
	err = s.CreateToken(t.Context(), session.Token{ID: uuid.NewString(), Scope: session.HostScope, CreatedAt: time.Now()}, secret.Hash())
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return secret
}

// stubborn tries again while a server is away longer than one request waits.
func stubborn[T any](ctx context.Context, try func() (T, error)) (T, error) {
	for {
		v, err := try()
		if session.KindOf(err) != session.Unreachable || ctx.Err() != nil {
			return v, err
		}
	}
}

// interviewed has one interview to its end at one server, watched from another.
func interviewed(ctx context.Context, secret wire.Secret, here, there string) (*witness, error) {
	c, err := client.New(client.Options{URL: here, Token: secret})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	room, err := stubborn(ctx, func() (session.Room, error) { return c.Create(ctx, session.Settings{Bank: "go", Count: 2}) })
	if err != nil {
		return nil, fmt.Errorf("create: %w", err)
	}
	defer room.Close()
	w := &witness{id: room.ID()}
	watched := make(chan error, 1)
	go func() { watched <- w.watch(ctx, secret, there) }()
	err = drive(ctx, room, func(id string) { w.acked = append(w.acked, id) })
	return w, errors.Join(err, <-watched)
}

// watch sees every event to the end of the interview.
func (w *witness) watch(ctx context.Context, secret wire.Secret, addr string) error {
	c, err := client.New(client.Options{URL: addr, Token: secret})
	if err != nil {
		return err
	}
	defer c.Close()
	room, err := stubborn(ctx, func() (session.Room, error) { return c.Open(ctx, w.id) })
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer room.Close()
	for last := int64(0); ; {
		events, err := room.Events(ctx, last)
		if err != nil {
			return fmt.Errorf("watch: %w", err)
		}
		for _, e := range events {
			w.seen, last = append(w.seen, e.Seq), e.Seq
			if e.Data.EventType() == session.EvCompleted {
				return nil
			}
		}
	}
}

// inspectWitnesses holds what clients were told against what is on disk.
func inspectWitnesses(t *testing.T, db string, all []*witness) {
	t.Helper()
	disk, err := store.Open(t.Context(), db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	sound(t, disk)
	acks, events := 0, 0
	for _, w := range all {
		if complete := kept(t, disk, w.id, w.acked); !complete {
			t.Errorf("interview %s is not complete", w.id)
		}
		for i, seq := range w.seen {
			if seq != int64(i+1) {
				t.Fatalf("interview %s: event %d was seen as the %d.", w.id, seq, i+1)
			}
		}
		acks += len(w.acked)
		events += len(w.seen)
	}
	if len(all) < crowd {
		t.Errorf("%d interviews, want at least %d", len(all), crowd)
	}
	t.Logf("%d kills, %d interviews, %d acknowledged commands, 0 lost, each answer evaluated once; %d events seen, each once", serverKills(), len(all), acks, events)
}
