package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/elios/elios/internal/session"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID in the file's header says that a database is elios's ("elio").
const applicationID = 0x656c696f

// migration n, counted from 1, brings a database from schema n-1 to n.
type migration string

// embedded lists the migrations in order. File names start with their number;
// they are part of the program, so one that is missing is a mistake in it.
func embedded() []migration {
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		panic(err)
	}
	var list []migration
	for i, f := range files {
		if n, err := strconv.Atoi(f.Name()[:4]); err != nil || n != i+1 {
			panic("migrations/" + f.Name() + " has no number of its own")
		}
		b, err := migrationFiles.ReadFile("migrations/" + f.Name())
		if err != nil {
			panic(err)
		}
		list = append(list, migration(b))
	}
	return list
}

// schema is the schema's number, 0 for an empty database.
func schema(c *conn) (n int, err error) {
	err = c.row("PRAGMA user_version", nil, &n)
	return n, err
}

// inspect refuses what is not an elios database that this program knows.
func inspect(c *conn, path string) error {
	var app, tables int
	if err := c.row("SELECT count(*) FROM sqlite_schema", nil, &tables); err != nil {
		return err
	}
	version, err := schema(c)
	if err != nil {
		return err
	}
	// Whose it is is read last: another process that makes the database between
	// two of these reads would else leave tables of nobody.
	if err := c.row("PRAGMA application_id", nil, &app); err != nil {
		return err
	}
	if app != applicationID && (version != 0 || app != 0 || tables != 0) {
		return session.Errorf(session.StoreFailed, "%s is a database of another program; use another one with --db", path)
	}
	return knows(version, len(embedded()))
}

// knows refuses a database of a newer program, which this one would damage.
func knows(version, newest int) error {
	if version > newest {
		return session.Errorf(session.StoreFailed,
			"this database was written by a newer elios (schema %d, this program knows %d): update elios, or use another database with --db",
			version, newest)
	}
	return nil
}

// migrate brings the schema up to date, all steps or none.
func migrate(ctx context.Context, c *conn, path string, list []migration) error {
	version, err := schema(c)
	if err != nil || version == len(list) {
		return err
	}
	if err := keepCopy(c, path, version); err != nil {
		return err
	}
	if _, err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := steps(ctx, c, list); err != nil {
		_, undo := c.exec("ROLLBACK")
		return errors.Join(err, undo)
	}
	_, err = c.exec("COMMIT")
	return err
}

// steps runs the migrations that are missing. The version is read again: while
// this process waited for the lock another may have done the work.
func steps(ctx context.Context, c *conn, list []migration) error {
	version, err := schema(c)
	if err != nil {
		return err
	}
	if err := knows(version, len(list)); err != nil {
		return err
	}
	for ; version < len(list); version++ {
		if _, err := c.c.ExecContext(ctx, string(list[version])); err != nil {
			return fmt.Errorf("migration %d: %w", version+1, err)
		}
	}
	// A pragma takes no parameters; both are numbers of ours.
	_, err = c.c.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID))
	return err
}

// keepCopy leaves the database as it is beside itself before it changes. A copy
// that turns out to be of a newer schema, because another process migrated
// meanwhile, is dropped: that process has kept the older one.
func keepCopy(c *conn, path string, version int) error {
	if version == 0 {
		return nil // nothing in it yet
	}
	temp, err := vacuumInto(c, filepath.Dir(path))
	if err != nil {
		return err
	}
	now, err := schema(c)
	if err != nil || now != version {
		return errors.Join(err, os.Remove(temp))
	}
	return os.Rename(temp, fmt.Sprintf("%s.v%d.bak", path, version))
}
