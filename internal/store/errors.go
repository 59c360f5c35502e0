package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/elios/elios/internal/session"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// errClosed is what a closed store answers.
var errClosed = &session.Error{Kind: session.StoreFailed, Message: "the database is closed already; start elios again"}

// wrap turns what SQLite says into the domain's errors, by code and never by
// text. path is the database, what names what was being done. Errors that are
// the domain's already pass unchanged.
func wrap(err error, path, what string) error {
	var known *session.Error
	var e *sqlite.Error
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrConnDone):
		return errClosed
	case !errors.As(err, &e):
		return fmt.Errorf("%s: %w", what, err)
	}
	cause := fmt.Errorf("%s: %w", what, err)
	if taken(e.Code()) {
		return &session.Error{Kind: session.Conflict, Message: what + ": somebody else has written it already", Err: cause}
	}
	if format, ok := storeMessage(e.Code()); ok {
		return &session.Error{Kind: session.StoreFailed, Message: fmt.Sprintf(format, path), Err: cause}
	}
	return cause
}

// taken tells whether a row stands in the way, or one that is needed is gone:
// both mean that somebody was quicker. A CHECK that does not hold is a mistake
// of ours, which trying again would only repeat; it stays a stranger.
func taken(code int) bool {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
		sqlite3.SQLITE_CONSTRAINT_ROWID, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return true
	}
	return false
}

// storeMessage says for people what a code means for the database and what to
// do next. The low byte is the kind of failure, the rest its detail.
func storeMessage(code int) (format string, ok bool) {
	switch code & 0xff {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return "the database %s cannot be written: the file or its folder is read-only; change its permissions, or use another database with --db", true
	case sqlite3.SQLITE_FULL:
		return "the disk is full: nothing more can be written to %s; free some space and try again", true
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return "%s is damaged or is not a database; put a backup in its place, or use another database with --db", true
	case sqlite3.SQLITE_CANTOPEN:
		return "the database %s cannot be opened; check that it is a file you may read and write, in a folder you may write, or use another database with --db", true
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return "another program keeps the database %s locked; close it and try again", true
	case sqlite3.SQLITE_IOERR:
		return "the disk failed while elios used the database %s; check the disk and its free space, then try again", true
	}
	return "", false
}

// busy tells whether another connection was in the way.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_BUSY || e.Code()&0xff == sqlite3.SQLITE_LOCKED)
}

func notFound(id string) error {
	return session.Errorf(session.NotFound, "there is no interview %q", id)
}
