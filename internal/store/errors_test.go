package store

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/elios/elios/internal/session"
	sqlite3 "modernc.org/sqlite/lib"
)

func TestStoreMessages(t *testing.T) {
	for code, want := range map[int]string{
		sqlite3.SQLITE_READONLY_DBMOVED: "read-only",
		sqlite3.SQLITE_FULL:             "disk is full",
		sqlite3.SQLITE_CORRUPT_INDEX:    "damaged",
		sqlite3.SQLITE_NOTADB:           "damaged",
		sqlite3.SQLITE_CANTOPEN_ISDIR:   "cannot be opened",
		sqlite3.SQLITE_BUSY_SNAPSHOT:    "locked",
		sqlite3.SQLITE_IOERR_FSYNC:      "the disk failed",
		sqlite3.SQLITE_MISMATCH:         "",
	} {
		format, ok := storeMessage(code)
		if ok != (want != "") || !strings.Contains(format, want) {
			t.Errorf("%d: %q", code, format)
		}
		if ok && strings.Count(format, "%s") != 1 {
			t.Errorf("%q does not name the database", format)
		}
	}
}

// A CHECK that does not hold is a mistake of ours: Conflict would make the
// engine try the same for ever.
func TestCheckConstraintIsAStranger(t *testing.T) {
	s := fresh(t)
	g := newGame(t, s, "one").do(session.Start{})
	c := g.decide(session.Pause{})
	c.Interview.State = "ASLEEP"
	wantKind(t, s.Commit(t.Context(), c), session.Internal)
	g.stored()
}

// When the COMMIT fails nothing of its writes is on disk, and all are told.
func TestCommitFails(t *testing.T) {
	s := fresh(t)
	newGame(t, s, "one")
	release := hold(t, s)
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, f := range []func(*conn) error{
		func(c *conn) error { _, err := c.exec(insertQuestion, "a", "q", "{}"); return err },
		func(c *conn) error {
			_, err := c.exec("PRAGMA defer_foreign_keys = 1")
			_, err2 := c.exec(insertPlan, "one", 9, "no such question")
			return errors.Join(err, err2)
		},
	} {
		wg.Go(func() { errs[i] = s.write(t.Context(), "write", f) })
		waiting(s, i+1)
	}
	release()
	wg.Wait()
	if errs[0] == nil || errs[1] == nil {
		t.Error(errs)
	}
	if n := count(t, s, "SELECT count(*) FROM questions WHERE hash = 'a'"); n != 0 {
		t.Error("a write that was refused is there")
	}
	if err := s.Delete(t.Context(), "one"); err != nil { // the writer goes on
		t.Error(err)
	}
}
