package store

import (
	"context"
	"database/sql"
	"errors"
)

// readerCount is how many reads run at once.
const readerCount = 4

// readers is a pool of connections that cannot write. They are opened when
// first needed: most runs of the program need one.
type readers struct {
	db   *sql.DB
	free chan *conn // nil stands for one not yet opened
	quit chan struct{}
}

func newReaders(db *sql.DB) *readers {
	r := &readers{db: db, free: make(chan *conn, readerCount), quit: make(chan struct{})}
	for range readerCount {
		r.free <- nil
	}
	return r
}

// do runs a function in a transaction: all it reads is of one moment.
func (r *readers) do(ctx context.Context, run func(*conn) error) error {
	c, err := r.take(ctx)
	if err != nil {
		return err
	}
	defer func() { r.free <- c }()
	if _, err := c.exec("BEGIN"); err != nil {
		return err
	}
	// A read has nothing to commit; rolling back ends it in any case.
	defer func() { _, _ = c.exec("ROLLBACK") }()
	return run(c)
}

func (r *readers) take(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-r.quit:
		return nil, errClosed
	default:
	}
	select {
	case <-r.quit:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	case c := <-r.free:
		if c != nil {
			return c, nil
		}
		c, err := openReader(ctx, r.db)
		if err != nil {
			r.free <- nil
		}
		return c, err
	}
}

// close waits for the reads that run and takes no more.
func (r *readers) close() error {
	close(r.quit)
	var errs []error
	for range readerCount {
		if c := <-r.free; c != nil {
			errs = append(errs, c.close())
		}
	}
	return errors.Join(append(errs, r.db.Close())...)
}

// readerCache has a reader keep 512 KiB of pages instead of 2 MiB: the system keeps the
// file in memory, and there are several of them.
const readerCache = "PRAGMA cache_size = -512"

// openReader opens a connection and checks that it really cannot write.
func openReader(ctx context.Context, db *sql.DB) (*conn, error) {
	c, err := newConn(ctx, db)
	if err != nil {
		return nil, err
	}
	if _, err := c.exec(readerCache); err != nil {
		return nil, errors.Join(err, c.close())
	}
	if err := c.expect([]pragma{{"query_only", "1"}}); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}
