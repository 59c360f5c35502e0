package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/elios/elios/internal/session"
)

// Backup writes a copy of the database as it is now to a new file of mode 0600,
// while others go on reading and writing. It stands under its name only when it
// is whole. Conflict when the file exists already.
func (s *Store) Backup(ctx context.Context, file string) error {
	switch _, err := os.Lstat(file); {
	case err == nil:
		return session.Errorf(session.Conflict, "%s exists already; name a new file for the backup", file)
	case !errors.Is(err, fs.ErrNotExist):
		return cannotBackUp(file, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := s.openAside(ctx)
	if err != nil {
		return wrap(err, s.path, "backup")
	}
	defer func() { _ = c.close() }() // it has only read
	temp, err := vacuumInto(c.conn, filepath.Dir(file))
	if err != nil {
		return cannotBackUp(file, err)
	}
	if err := os.Rename(temp, file); err != nil {
		return cannotBackUp(file, errors.Join(err, os.Remove(temp)))
	}
	return nil
}

// openAside opens a connection for VACUUM INTO: it takes long, needs to be
// outside a transaction, and a reader's query_only forbids it, though it leaves
// the database alone.
func (s *Store) openAside(ctx context.Context) (*aside, error) {
	db, err := sql.Open("sqlite", dsn(s.path, s.opts, url.Values{}))
	if err != nil {
		return nil, err
	}
	c, err := newConn(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &aside{c, db}, nil
}

// aside is a connection with a pool of its own.
type aside struct {
	*conn
	db *sql.DB
}

func (a *aside) close() error { return errors.Join(a.conn.close(), a.db.Close()) }

// cannotBackUp blames the new file: the database has just been read.
func cannotBackUp(file string, err error) error {
	return &session.Error{
		Kind:    session.StoreFailed,
		Message: fmt.Sprintf("the backup %s cannot be written; check its folder and the free space of the disk", file),
		Err:     err,
	}
}

// vacuumInto writes a copy to a new file in dir and gives its name. It is on
// disk when vacuumInto returns; nothing is left after an error.
func vacuumInto(c *conn, dir string) (string, error) {
	f, err := os.CreateTemp(dir, ".elios-*.db") // mode 0600
	if err != nil {
		return "", err
	}
	name := f.Name()
	// SQLite takes an existing file only when it is empty, and keeps its mode.
	if _, err := c.exec("VACUUM INTO ?", name); err != nil {
		return "", errors.Join(err, f.Close(), os.Remove(name))
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(name))
	}
	return name, nil
}
