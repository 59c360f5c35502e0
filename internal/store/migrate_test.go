package store

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/elios/elios/internal/session"
)

// writing is a bare connection to a database that no store has open.
func writing(t *testing.T, path string) *conn {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_busy_timeout=5000&_foreign_keys=1")
	if err != nil {
		t.Fatal(err)
	}
	c, err := newConn(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = c.close(), db.Close() })
	return c
}

// backupName is where the copy of a database of the latest schema goes.
func backupName(path string) string { return fmt.Sprintf("%s.v%d.bak", path, len(embedded())) }

func TestMigrate(t *testing.T) {
	path := filled(t)
	c := writing(t, path)
	next := append(embedded(), "CREATE TABLE extras (id TEXT NOT NULL PRIMARY KEY) STRICT; INSERT INTO extras VALUES ('x')")
	if err := migrate(t.Context(), c, path, next); err != nil {
		t.Fatal(err)
	}
	if v, err := schema(c); err != nil || v != len(next) {
		t.Fatal(v, err)
	}
	if err := migrate(t.Context(), c, path, next); err != nil { // nothing left to do
		t.Fatal(err)
	}
	info, err := os.Stat(backupName(path))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	old := mustOpen(t, backupName(path))
	if _, err := old.Load(t.Context(), "one"); err != nil {
		t.Error("the copy is not the database as it was:", err)
	}
	refused(t, path, Options{}, fmt.Sprintf("schema %d, this program knows %d", len(next), len(embedded())))
}

func TestMigrateFails(t *testing.T) {
	path := filled(t)
	c := writing(t, path)
	err := migrate(t.Context(), c, path, append(embedded(), "CREATE TABLE extras (id TEXT) STRICT", "CREATE TABEL oops"))
	if err == nil {
		t.Fatal("a broken migration went through")
	}
	if v, err := schema(c); err != nil || v != len(embedded()) {
		t.Error("half migrated:", v, err)
	}
	if err := c.row("SELECT name FROM sqlite_schema WHERE name = 'extras'", nil, new(string)); err != sql.ErrNoRows {
		t.Error("half migrated:", err)
	}
}

// Another process may have migrated between the look at the version and the
// lock.
func TestMigrateTwice(t *testing.T) {
	path := filled(t)
	c := writing(t, path)
	if err := steps(t.Context(), c, embedded()); err != nil {
		t.Error(err)
	}
	wantKind(t, steps(t.Context(), c, nil), session.StoreFailed)
	if err := keepCopy(c, path, 7); err != nil { // it was at 7, says the caller; it is older
		t.Error(err)
	}
	for _, pattern := range []string{"*.bak", ".elios-*"} {
		left, err := filepath.Glob(filepath.Join(filepath.Dir(path), pattern))
		if err != nil || len(left) != 0 {
			t.Error("a copy of the wrong version stays:", left, err)
		}
	}
	wantKind(t, knows(3, 2), session.StoreFailed)
}

// A database from before there were topics learns those of its interviews.
func TestMigrateTopics(t *testing.T) {
	path := filled(t)
	now, err := mustOpen(t, path).List(t.Context(), session.Filter{})
	if err != nil || len(now[0].Topics) == 0 {
		t.Fatal(now, err)
	}
	old := filled(t)
	change(t, old, "DROP INDEX interviews_owner; DROP INDEX interviews_request; ALTER TABLE interviews DROP COLUMN owner; ALTER TABLE interviews DROP COLUMN request; "+
		"DROP TABLE invitations; DROP TABLE tokens; DROP TABLE identity; ALTER TABLE interviews DROP COLUMN topics; DROP TABLE cache; DROP TABLE cards; PRAGMA user_version = 1")
	got, err := mustOpen(t, old).List(t.Context(), session.Filter{})
	if err != nil || !reflect.DeepEqual(got[0].Topics, now[0].Topics) {
		t.Fatalf("%+v, want %+v; %v", got, now, err)
	}
}
