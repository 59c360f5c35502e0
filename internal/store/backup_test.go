package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

func TestBackup(t *testing.T) {
	s := fresh(t)
	g := newGame(t, s, "one").answerAll()
	dir := t.TempDir()
	file := filepath.Join(dir, "copy.db")
	if err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	wantKind(t, s.Backup(t.Context(), file), session.Conflict)
	wantKind(t, s.Backup(t.Context(), filepath.Join(dir, "no", "copy.db")), session.StoreFailed)
	wantKind(t, s.Backup(t.Context(), filepath.Join(file, "copy.db")), session.StoreFailed)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, filepath.Join(dir, "other.db")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error("something is left beside the backup:", left, err)
	}
	copied := mustOpen(t, file)
	sound(t, copied)
	got, err := copied.Load(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, g.iv)
}

func count(t *testing.T, s *Store, query string) (n int) {
	t.Helper()
	if err := s.read(t.Context(), "count", func(c *conn) error { return c.row(query, nil, &n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDeleteLeavesNothing(t *testing.T) {
	s := fresh(t)
	g, _ := withJob(t, s)
	c := g.decide(session.Pause{})
	c.Command = &session.CommandRecord{Interview: "one", ID: "c"}
	g.commit(c)
	newGame(t, s, "two", "map", "chan")
	if n := count(t, s, "SELECT count(*) FROM questions"); n != 3 {
		t.Error(n, "questions before")
	}
	if err := s.Delete(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"turns", "evaluations", "results", "disputes", "commands", "jobs", "events", "plan"} {
		if n := count(t, s, "SELECT count(*) FROM "+table+" WHERE interview = 'one'"); n != 0 {
			t.Error(n, "rows left in", table)
		}
	}
	if n := count(t, s, "SELECT count(*) FROM questions"); n != 2 {
		t.Error(n, "questions after")
	}
	sound(t, s)
}

func TestPurge(t *testing.T) {
	s := fresh(t)
	newGame(t, s, "old")
	withJob(t, s) // "one", active at day+2s
	newGame(t, s, "young").answerAll()
	if _, err := s.ClaimJob(t.Context(), "one", "me", day, day.Add(time.Hour), nil); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 0} {
		if n, err := s.Purge(t.Context(), day.Add(3*time.Second), day); err != nil || n != want {
			t.Errorf("purge %d: %d %v", i, n, err)
		}
	}
	if n, err := s.Purge(t.Context(), day.Add(3*time.Second), day.Add(2*time.Hour)); err != nil || n != 1 {
		t.Error("a job whose lease is over keeps its interview:", n, err)
	}
	if got := count(t, s, "SELECT count(*) FROM interviews"); got != 1 {
		t.Error(got)
	}
}
