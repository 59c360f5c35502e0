package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/elios/elios/internal/session"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Store keeps interviews in one SQLite database. It is safe for many
// goroutines, and any number of processes may have the same file open.
type Store struct {
	path    string
	opts    Options
	writeDB *sql.DB
	writer  *writer
	readers *readers

	questions *questions

	watch   sync.Mutex
	watcher *conn // only Changed uses it
	version int64 // what data_version was when Changed looked last

	closing sync.Once
}

var _ session.Store = (*Store)(nil)

// Options are what Open can be told. The zero value is what elios runs with.
type Options struct {
	// Busy is how long to wait for another process that is writing, 0 for
	// ten seconds.
	Busy time.Duration
	// Fsync is how much longer each commit takes than it does: for load tests, to
	// see what a slower disk would do.
	Fsync time.Duration
}

// Stats counts what a store has written since it was opened.
type Stats struct {
	Writes  int64 // durable writes
	Commits int64 // transactions, and so fsyncs, they took
}

// Stats tells how many writes shared how many transactions.
func (s *Store) Stats() Stats {
	return Stats{Writes: s.writer.writes.Load(), Commits: s.writer.commits.Load()}
}

// Path is the database's file.
func (s *Store) Path() string { return s.path }

// Open opens or creates the database at path and brings its schema up to date.
// A new file has mode 0600, a new folder 0700. Before the schema of an existing
// database changes, a copy of it is left beside it as path.vN.bak.
//
// Every error that a person can do something about is StoreFailed: a path that
// is no file or not writable, a damaged file, another program's database or one
// of a newer elios, a database that stays locked.
func Open(ctx context.Context, path string, opts Options) (*Store, error) {
	if opts.Busy <= 0 {
		opts.Busy = 10 * time.Second
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := prepareFile(abs); err != nil {
		return nil, err
	}
	s, err := open(ctx, abs, opts)
	return s, wrap(err, abs, "open "+abs)
}

func open(ctx context.Context, path string, opts Options) (_ *Store, err error) {
	s := &Store{path: path, opts: opts, questions: newQuestions()}
	readDB, err := sql.Open("sqlite", dsn(path, opts, url.Values{"_query_only": {"1"}}))
	if err != nil {
		return nil, err
	}
	s.readers = newReaders(readDB)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.release())
		}
	}()
	// Looked at before it is opened for writing: a file that is not ours
	// must stay exactly as it is.
	if s.watcher, err = openReader(ctx, readDB); err != nil {
		return nil, err
	}
	if err = inspect(s.watcher, path); err != nil {
		return nil, err
	}
	c, err := s.openForWriting(ctx)
	if err != nil {
		return nil, err
	}
	if err = migrate(ctx, c, path, embedded()); err != nil {
		return nil, errors.Join(err, c.close())
	}
	s.writer = newWriter(c, opts.Fsync)
	_, err = s.changed()
	return s, err
}

// openForWriting opens the one connection that writes. Turning a new database
// to WAL needs it alone for a moment and does not wait for its turn, so two
// processes that start at once get in each other's way: it is tried again.
func (s *Store) openForWriting(ctx context.Context) (*conn, error) {
	db, err := sql.Open("sqlite", dsn(s.path, s.opts, url.Values{
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // NORMAL loses acknowledged commits when the power goes
		"_foreign_keys": {"1"},
		"_txlock":       {"immediate"}, // a transaction that reads, then writes, must not be refused
	}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s.writeDB = db
	c, err := newConn(ctx, db)
	for end := time.Now().Add(s.opts.Busy); busy(err) && time.Now().Before(end); {
		if err := sleep(ctx, 5*time.Millisecond); err != nil {
			return nil, err
		}
		c, err = newConn(ctx, db)
	}
	if err != nil {
		return nil, err
	}
	if err := errors.Join(c.writable(s.path), c.expect(writerPragmas(s.opts))); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func writerPragmas(opts Options) []pragma {
	return []pragma{
		{"journal_mode", "wal"},
		{"synchronous", "2"},
		{"foreign_keys", "1"},
		{"query_only", "0"},
		{"busy_timeout", strconv.FormatInt(opts.Busy.Milliseconds(), 10)},
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// pragma is a setting of a connection and the value it must have.
type pragma struct{ name, want string }

// expect reads settings back. A file system that cannot do WAL, for one, leaves
// the journal as it was without an error, and durability with it.
func (c *conn) expect(list []pragma) error {
	for _, p := range list {
		var got string
		if err := c.row("PRAGMA "+p.name, nil, &got); err != nil {
			return err
		}
		if got != p.want {
			return session.Errorf(session.StoreFailed,
				"the database cannot be used safely here: %s is %s and should be %s; keep it on a local disk, or use another database with --db",
				p.name, got, p.want)
		}
	}
	return nil
}

// dsn is the address of the database. The driver checks the values of these
// keys; a "file:" address with an escaped path takes any file name.
func dsn(path string, opts Options, more url.Values) string {
	more.Set("_busy_timeout", strconv.FormatInt(opts.Busy.Milliseconds(), 10))
	more.Set("_dqs", "0") // "x" names a column and is never silently a string
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/…
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: more.Encode()}).String()
}

// Close finishes the writes that wait and closes the database. Later calls of
// any method are refused.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() { err = s.release() })
	return wrap(err, s.path, "close "+s.path)
}

// release closes what is open. The writer's connection goes last: the last one
// to close empties the WAL into the database, which readers cannot.
func (s *Store) release() error {
	var errs []error
	if s.writer != nil {
		s.writer.close()
	}
	if s.watcher != nil {
		s.watch.Lock()
		errs = append(errs, s.watcher.close())
		s.watcher = nil
		s.watch.Unlock()
	}
	errs = append(errs, s.readers.close())
	if s.writer != nil {
		errs = append(errs, s.writer.conn.close())
	}
	if s.writeDB != nil {
		errs = append(errs, s.writeDB.Close())
	}
	return errors.Join(errs...)
}

// write runs a function in a durable transaction.
func (s *Store) write(ctx context.Context, what string, run func(*conn) error) error {
	return wrap(s.writer.do(ctx, run), s.path, what)
}

// read runs a function on a snapshot of the database.
func (s *Store) read(ctx context.Context, what string, run func(*conn) error) error {
	return wrap(s.readers.do(ctx, run), s.path, what)
}
