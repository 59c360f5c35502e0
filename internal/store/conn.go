package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/elios/elios/internal/session"
	sqlite3 "modernc.org/sqlite/lib"
)

// conn is one connection with the statements it has prepared. SQL is constant,
// so there are never more of them than queries in this package. Only one
// goroutine may use it at a time.
//
// Statements run without the caller's context: an interrupted INSERT may roll
// back the whole transaction, and with it the writes of others that share it.
// Contexts are looked at before a statement's turn comes.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt
}

func newConn(ctx context.Context, db *sql.DB) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{c: c, stmts: map[string]*sql.Stmt{}}, nil
}

func (c *conn) close() error {
	var errs []error
	for _, st := range c.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, c.c.Close())...)
}

func (c *conn) stmt(query string) (*sql.Stmt, error) {
	if st, ok := c.stmts[query]; ok {
		return st, nil
	}
	st, err := c.c.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	c.stmts[query] = st
	return st, nil
}

// writable refuses a file that SQLite, without a word, opened for reading only.
// It would say so at the first write: after the candidate has typed an answer.
func (c *conn) writable(path string) error {
	return c.c.Raw(func(driver any) error {
		ro, err := driver.(interface{ IsReadOnly(string) (bool, error) }).IsReadOnly("main")
		if err == nil && ro {
			format, _ := storeMessage(sqlite3.SQLITE_READONLY)
			return session.Errorf(session.StoreFailed, format, path)
		}
		return err
	})
}

// exec runs a statement and tells how many rows it changed.
func (c *conn) exec(query string, args ...any) (int64, error) {
	st, err := c.stmt(query)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row reads one row into dest. sql.ErrNoRows when there is none.
func (c *conn) row(query string, args []any, dest ...any) error {
	st, err := c.stmt(query)
	if err != nil {
		return err
	}
	return st.QueryRowContext(context.Background(), args...).Scan(dest...)
}

// rows calls each for every row.
func (c *conn) rows(query string, args []any, each func(scan func(...any) error) error) error {
	st, err := c.stmt(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(context.Background(), args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// op is a statement with what is bound to it.
type op struct {
	query string
	args  []any
}

// run executes ops in order.
func (c *conn) run(list []op) error {
	for _, o := range list {
		if _, err := c.exec(o.query, o.args...); err != nil {
			return err
		}
	}
	return nil
}
