package store

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// maxBatch is how many writes share a transaction at most. More would make the
// first of them wait noticeably for the last.
const maxBatch = 128

// writer lets writes that arrive together share one transaction, and so one
// fsync: the fsync is nearly all that a durable write costs. A write that comes
// alone starts at once; others gather while it is on its way to the disk.
type writer struct {
	conn  *conn
	fsync time.Duration // see Options.Fsync
	queue chan *write
	done  chan struct{} // closed when the last write is answered

	mu     sync.RWMutex // held for reading while sending to queue
	closed bool

	writes, commits atomic.Int64
}

// write is a function that waits for its turn.
type write struct {
	ctx      context.Context
	run      func(*conn) error
	claimed  atomic.Bool // by the writer, to run it, or by the caller, to leave
	err      error
	answered chan struct{}
}

func (w *write) claim() bool { return w.claimed.CompareAndSwap(false, true) }

func newWriter(c *conn, fsync time.Duration) *writer {
	w := &writer{conn: c, fsync: fsync, queue: make(chan *write, maxBatch), done: make(chan struct{})}
	go w.loop()
	return w
}

// do runs a function in a transaction and returns when it is on disk. When ctx
// is done before its turn it is not run; once it runs, do waits for it, since
// nobody could tell otherwise whether it was written.
func (w *writer) do(ctx context.Context, run func(*conn) error) error {
	one := &write{ctx: ctx, run: run, answered: make(chan struct{})}
	if err := w.send(ctx, one); err != nil {
		return err
	}
	select {
	case <-one.answered:
	case <-ctx.Done():
		if one.claim() {
			return ctx.Err()
		}
		<-one.answered
	}
	return one.err
}

func (w *writer) send(ctx context.Context, one *write) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return errClosed
	}
	select {
	case w.queue <- one:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close lets the writes that wait finish and takes no more.
func (w *writer) close() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
}

func (w *writer) loop() {
	defer close(w.done)
	for first := range w.queue {
		ws := w.gather(first)
		if w.together(ws) {
			continue
		}
		for _, alone := range w.batch(ws) {
			w.batch([]*write{alone})
		}
	}
}

// together runs writes in one transaction, as if none could fail, which is nearly always
// so. It is false, and nothing is written or answered, when one did: then each needs a
// savepoint of its own, for which SQLite copies every page that it touches.
func (w *writer) together(ws []*write) bool {
	if len(ws) < 2 {
		return false
	}
	if _, err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		answer(ws, err)
		return true
	}
	for _, one := range ws {
		err := one.ctx.Err()
		if err == nil {
			err = guarded(one.run, w.conn)
		}
		if err != nil {
			w.rollback()
			return false
		}
	}
	err := w.commit()
	if err != nil {
		w.rollback() // the disk has failed: to try once more is for the sender to say
	} else {
		w.count(ws)
	}
	answer(ws, err)
	return true
}

// commit brings a transaction to the disk.
func (w *writer) commit() error {
	time.Sleep(w.fsync) // what is awaited is a disk that is not there; the real one is awaited below
	_, err := w.conn.exec("COMMIT")
	return err
}

func (w *writer) count(ws []*write) {
	w.commits.Add(1)
	w.writes.Add(int64(len(ws)))
}

// gather takes what waits already, without waiting for more.
func (w *writer) gather(first *write) []*write {
	var ws []*write
	for next := first; next != nil; {
		if next.claim() {
			ws = append(ws, next)
		}
		if len(ws) == maxBatch {
			break
		}
		select {
		case next = <-w.queue: // nil when the queue is closed
		default:
			next = nil
		}
	}
	return ws
}

// batch runs writes in one transaction and answers them after it is on disk.
// When SQLite gave up the whole transaction because of one of them, that one
// is answered and the others are returned, to be run each alone.
func (w *writer) batch(ws []*write) (again []*write) {
	if len(ws) == 0 {
		return nil
	}
	if _, err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return answer(ws, err)
	}
	inside := w.inSavepoint
	if len(ws) == 1 {
		inside = w.alone
	}
	for i, one := range ws {
		one.err = one.ctx.Err()
		if one.err != nil {
			continue
		}
		if intact := inside(one); !intact {
			w.rollback()
			answer(ws[i:i+1], nil)
			return append(ws[:i:i], ws[i+1:]...)
		}
	}
	if err := w.commit(); err != nil {
		w.rollback()
		return answer(ws, err)
	}
	w.count(ws)
	return answer(ws, nil)
}

// answer tells the callers. err is for those that did not fail by themselves.
func answer(ws []*write, err error) []*write {
	for _, one := range ws {
		if one.err == nil {
			one.err = err
		}
		close(one.answered)
	}
	return nil
}

// inSavepoint runs one write so that its failure does not hurt the others. It
// tells whether the transaction is still there: after some failures, such as a
// full disk, SQLite rolls all of it back by itself.
func (w *writer) inSavepoint(one *write) (intact bool) {
	if _, one.err = w.conn.exec("SAVEPOINT one"); one.err != nil {
		return false
	}
	one.err = guarded(one.run, w.conn)
	if one.err != nil {
		if _, err := w.conn.exec("ROLLBACK TO one"); err != nil {
			return false
		}
	}
	if _, err := w.conn.exec("RELEASE one"); err != nil {
		if one.err == nil {
			one.err = err
		}
		return false
	}
	return true
}

// alone runs a write that shares its transaction with no other, which therefore is
// its savepoint. It tells whether the transaction is still there.
func (w *writer) alone(one *write) (intact bool) {
	one.err = guarded(one.run, w.conn)
	return one.err == nil
}

// guarded makes a panic the error of the one write that panicked: the writer
// serves every interview of the process.
func guarded(run func(*conn) error, c *conn) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return run(c)
}

// rollback leaves the transaction. SQLite may have done it already, so an
// error says nothing.
func (w *writer) rollback() { _, _ = w.conn.exec("ROLLBACK") }
