package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// hold keeps the writer busy until the function it returns is called.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	started, wait := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- s.write(context.Background(), "hold", func(*conn) error { close(started); <-wait; return nil })
	}()
	<-started
	return func() {
		close(wait)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// waiting blocks until n writes wait for their turn.
func waiting(s *Store, n int) {
	for len(s.writer.queue) < n {
		time.Sleep(time.Millisecond)
	}
}

func TestGroupCommit(t *testing.T) {
	s := fresh(t)
	release := hold(t, s)
	before := s.Stats()
	errs := make([]error, 5)
	var wg sync.WaitGroup
	run := func(i int, ctx context.Context, f func(*conn) error) {
		wg.Go(func() { errs[i] = s.write(ctx, fmt.Sprintf("write %d", i), f) })
		waiting(s, i+1)
	}
	insert := func(hash string) func(*conn) error {
		return func(c *conn) error { _, err := c.exec(insertQuestion, hash, "q", "{}"); return err }
	}
	broken := errors.New("broken")
	late, cancel := context.WithCancel(t.Context())
	run(0, t.Context(), insert("a"))
	run(1, t.Context(), func(c *conn) error { return errors.Join(insert("b")(c), broken) })
	run(2, t.Context(), func(c *conn) error { _ = insert("c")(c); panic("at the disco") })
	run(3, late, insert("d"))
	run(4, t.Context(), insert("e"))
	cancel()
	release()
	wg.Wait()

	if errs[0] != nil || errs[4] != nil {
		t.Error("a failing write hurt the others:", errs)
	}
	if !errors.Is(errs[1], broken) || errs[2] == nil || !strings.Contains(errs[2].Error(), "disco") || !errors.Is(errs[3], context.Canceled) {
		t.Error(errs)
	}
	var kept string
	if err := s.read(t.Context(), "", func(c *conn) error {
		return c.row("SELECT group_concat(hash, '') FROM questions", nil, &kept)
	}); err != nil || kept != "ae" {
		t.Errorf("kept %q, %v", kept, err)
	}
	if n := s.Stats().Commits - before.Commits; n != 2 { // the one that held, and the rest together
		t.Errorf("%d commits", n)
	}
}

// A write that makes SQLite drop the whole transaction must not take the others
// with it.
func TestLostTransaction(t *testing.T) {
	s := fresh(t)
	release := hold(t, s)
	var wg sync.WaitGroup
	errs := make([]error, 3)
	for i, f := range []func(*conn) error{
		func(c *conn) error { _, err := c.exec(insertQuestion, "a", "q", "{}"); return err },
		func(c *conn) error {
			_, err := c.exec("ROLLBACK")
			return errors.Join(err, errors.New("lost"))
		},
		func(c *conn) error { _, err := c.exec(insertQuestion, "b", "q", "{}"); return err },
	} {
		wg.Go(func() { errs[i] = s.write(t.Context(), "write", f) })
		waiting(s, i+1)
	}
	release()
	wg.Wait()
	if errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Error(errs)
	}
	var n int
	if err := s.read(t.Context(), "", func(c *conn) error {
		return c.row("SELECT count(*) FROM questions", nil, &n)
	}); err != nil || n != 2 {
		t.Error(n, err)
	}
}

func TestCloseDrains(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elios.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	release := hold(t, s)
	var wg sync.WaitGroup
	var failed atomic.Int64
	for i := range 10 {
		wg.Go(func() {
			err := s.write(context.Background(), "write", func(c *conn) error {
				_, err := c.exec(insertQuestion, fmt.Sprint(i), "q", "{}")
				return err
			})
			if err != nil {
				failed.Add(1)
			}
		})
	}
	waiting(s, 10)
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	release()
	wg.Wait()
	if err := <-closed; err != nil || failed.Load() > 0 {
		t.Fatalf("close: %v, %d writes failed", err, failed.Load())
	}
	if err := s.Close(); err != nil {
		t.Error("a second Close:", err)
	}
	_, err = s.Load(t.Context(), "x")
	wantKind(t, err, session.StoreFailed)
	wantKind(t, s.Delete(t.Context(), "x"), session.StoreFailed)
	_, err = s.Changed(t.Context())
	wantKind(t, err, session.StoreFailed)

	var n int
	err = mustOpen(t, path).read(t.Context(), "", func(c *conn) error {
		return c.row("SELECT count(*) FROM questions", nil, &n)
	})
	if err != nil || n != 10 {
		t.Fatal(n, err)
	}
}

func TestGroupCommitUnderLoad(t *testing.T) {
	s := fresh(t)
	var games []*game
	for i := range 16 {
		games = append(games, newGame(t, s, fmt.Sprint("iv", i)))
	}
	before := s.Stats()
	var wg sync.WaitGroup
	for _, g := range games {
		wg.Go(func() { g.answerAll() })
	}
	wg.Wait()
	after := s.Stats()
	writes, commits := after.Writes-before.Writes, after.Commits-before.Commits
	t.Logf("%d writes in %d commits", writes, commits)
	if commits >= writes {
		t.Errorf("%d commits for %d writes", commits, writes)
	}
	for _, g := range games {
		g.stored()
	}
	sound(t, s)
}

// Two stores on one file, as two processes have it, fight for the same
// interviews: every command is refused as stale or kept, none is lost.
func TestTwoStoresNoLostUpdates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elios.db")
	stores := []*Store{mustOpen(t, path), mustOpen(t, path)}
	const players, hits = 8, 15
	newGame(t, stores[0], "shared").do(session.Start{})
	var conflicts atomic.Int64
	var wg sync.WaitGroup
	for p := range players {
		s := stores[p%2]
		wg.Go(func() {
			for done := 0; done < hits; {
				err := toggle(s, "shared")
				switch {
				case err == nil:
					done++
				case session.KindOf(err) == session.Conflict:
					conflicts.Add(1)
				default:
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	iv, err := stores[1].Load(t.Context(), "shared")
	if err != nil {
		t.Fatal(err)
	}
	if got := iv.LastSeq; got != 4+players*hits {
		t.Errorf("last seq %d, want %d", got, 4+players*hits)
	}
	if conflicts.Load() == 0 {
		t.Error("nobody was ever stale")
	}
	if changed, err := stores[0].Changed(t.Context()); err != nil || !changed {
		t.Error(changed, err)
	}
	sound(t, stores[0])
}

// toggle pauses an interview or lets it go on, from a fresh look at it.
func toggle(s *Store, id string) error {
	iv, err := s.Load(context.Background(), id)
	if err != nil {
		return err
	}
	var cmd session.Command = session.Pause{}
	if iv.Paused {
		cmd = session.Resume{}
	}
	events, err := session.Decide(iv, cmd, iv.ActiveAt.Add(time.Second))
	if err != nil {
		return err
	}
	next := iv
	for _, e := range events {
		next = session.Apply(next, e)
	}
	return s.Commit(context.Background(), session.Commit{Before: iv.LastSeq, Interview: next, Events: events})
}
