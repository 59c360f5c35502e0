package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// change runs SQL on a database that no store has open.
func change(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// filled is the path of a database with an interview in it, closed.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "elios.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	newGame(t, s, "one").answerAll()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// refused opens a path that cannot be used and gives the message for people.
func refused(t *testing.T, path string, opts Options, parts ...string) {
	t.Helper()
	s, err := Open(t.Context(), path, opts)
	if err == nil {
		_ = s.Close()
		t.Fatal("it was opened")
	}
	wantKind(t, err, session.StoreFailed)
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("%q does not say %q", err, p)
		}
	}
}

func TestOpenModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new folder", "100% #1?")
	path := filepath.Join(dir, "elios & co.db")
	s := mustOpen(t, path)
	newGame(t, s, "one")
	for file, want := range map[string]os.FileMode{dir: 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v, want %v", file, info.Mode(), err, want)
		}
	}
	if s.Path() != path {
		t.Error(s.Path())
	}
}

func TestOpenTightensModes(t *testing.T) {
	path := filled(t)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

func TestPragmas(t *testing.T) {
	s := fresh(t)
	err := s.writer.conn.expect([]pragma{{"synchronous", "1"}})
	wantKind(t, err, session.StoreFailed)
	if _, err := s.writer.conn.exec(`SELECT "no such column"`); err == nil {
		t.Error("a misspelt column is taken for a string")
	}
	err = s.read(t.Context(), "write through a reader", func(c *conn) error {
		_, err := c.exec("DELETE FROM interviews")
		return err
	})
	wantKind(t, err, session.StoreFailed)
}

func TestTwoOpensAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elios.db")
	const n = 6
	errs := make(chan error, n)
	for i := range n {
		go func() {
			s, err := Open(context.Background(), path, Options{})
			if err == nil {
				err = errors.Join(s.SaveDraft(context.Background(), fmt.Sprint(i), 1, ""), s.Close())
			}
			if session.KindOf(err) == session.NotFound {
				err = nil
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err, errors.Unwrap(err))
		}
	}
}

func TestOpenDirectory(t *testing.T) {
	refused(t, t.TempDir(), Options{}, "is a folder", "--db")
}

func TestOpenBelowAFile(t *testing.T) {
	refused(t, filepath.Join(filled(t), "elios.db"), Options{}, "cannot be created", "--db")
}

func TestOpenForeign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	change(t, path, "CREATE TABLE songs (title TEXT)")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, path, Options{}, "another program", path)
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("a database of another program was changed", err)
	}
}

func TestOpenNewer(t *testing.T) {
	path := filled(t)
	change(t, path, "PRAGMA user_version = 77")
	refused(t, path, Options{}, fmt.Sprintf("this database was written by a newer elios (schema 77, this program knows %d): update elios, or use another database with --db", len(embedded())))
}

func TestOpenDamagedHeader(t *testing.T) {
	path := filled(t)
	overwrite(t, path, 0, 100)
	refused(t, path, Options{}, path, "damaged", "backup")
}

func TestDamagedMiddle(t *testing.T) {
	path := filled(t)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	overwrite(t, path, 4096, info.Size()-4096)
	s, err := Open(t.Context(), path, Options{})
	if err == nil {
		defer func() { _ = s.Close() }()
		_, err = s.Load(t.Context(), "one")
	}
	wantKind(t, err, session.StoreFailed)
}

// overwrite puts rubbish into a file.
func overwrite(t *testing.T, path string, from, n int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte(strings.Repeat("\xa5", int(n))), from)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// A WAL that a power cut left half written is the business of SQLite: what was
// whole is there, the rest is not, and nothing fails.
func TestTruncatedWAL(t *testing.T) {
	s := fresh(t)
	newGame(t, s, "one").answerAll()
	newGame(t, s, "two").do(session.Start{}, session.Pause{}, session.Resume{}, session.Pause{})
	copied := filepath.Join(t.TempDir(), "elios.db")
	for _, end := range []string{"", "-wal"} {
		b, err := exec(t, "cat", s.path+end)
		if err != nil {
			t.Skip("cannot copy an open database:", err)
		}
		if end == "-wal" {
			b = b[:len(b)-5000]
		}
		if err := os.WriteFile(copied+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other := mustOpen(t, copied)
	sound(t, other)
	if _, err := other.Load(t.Context(), "one"); err != nil {
		t.Error(err)
	}
}

func TestOpenLocked(t *testing.T) {
	s := fresh(t)
	release := hold(t, s)
	other, err := Open(t.Context(), s.path, Options{Busy: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, other.Delete(t.Context(), "x"), session.StoreFailed)
	err = other.Delete(t.Context(), "x")
	if err == nil || !strings.Contains(err.Error(), "locked") {
		t.Error(err)
	}
	release()
	wantKind(t, other.Delete(t.Context(), "x"), session.NotFound)
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}

func TestFullDisk(t *testing.T) {
	s := fresh(t)
	g := newGame(t, s, "one").do(session.Start{})
	if err := s.write(t.Context(), "limit", func(c *conn) error {
		var pages int
		if err := c.row("PRAGMA page_count", nil, &pages); err != nil {
			return err
		}
		var got int
		return c.row(fmt.Sprintf("PRAGMA max_page_count = %d", pages), nil, &got)
	}); err != nil {
		t.Fatal(err)
	}
	big := g.decide(session.Answer{Turn: 1, Text: strings.Repeat("word ", 4000)})
	err := s.Commit(t.Context(), big)
	wantKind(t, err, session.StoreFailed)
	if !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), s.path) {
		t.Error(err)
	}
	g.stored()
	if err := s.SaveDraft(t.Context(), "one", 1, "short"); err != nil {
		t.Error("a small write after a full disk:", err)
	}
	sound(t, s)
}

// Root may write everything, so what SQLite says of a file it may not write is
// got from a connection that was opened to read only.
func TestReadOnly(t *testing.T) {
	path := filled(t)
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "DELETE FROM interviews")
	err = wrap(err, path, "delete")
	wantKind(t, err, session.StoreFailed)
	if !strings.Contains(err.Error(), "read-only") {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may write a read-only file")
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	refused(t, path, Options{}, "read-only", path)
}

func TestOpenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, filepath.Join(t.TempDir(), "elios.db"), Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
