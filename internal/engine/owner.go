package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/google/uuid"
)

// Owner is this process as the holder of jobs. It keeps a lock on a file of
// its own beside the database; the system lets go of the lock when the process
// dies, however it dies, so that the next one need not wait for the lease.
// Unlike a process id, a lock cannot be taken for somebody else's.
type Owner struct {
	dir  string
	id   string
	lock *flock.Flock
}

// Own makes an owner whose lock lies in dir. It tidies up after owners that
// are gone.
func Own(dir string) (*Owner, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder of locks: %w", err)
	}
	for range 5 {
		o, err := own(dir)
		if o != nil || err != nil {
			return o, err
		}
	}
	return nil, errors.New("lock of this process: held by another")
}

// own makes and locks a file. It gives nil when somebody who tidies up took
// the file away between the two.
func own(dir string) (*Owner, error) {
	o := &Owner{dir: dir, id: uuid.NewString()}
	o.lock = flock.New(o.path(o.id), flock.SetPermissions(0o600))
	ok, err := o.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock of this process: %w", err)
	}
	if _, gone := os.Stat(o.path(o.id)); !ok || gone != nil {
		return nil, o.lock.Unlock()
	}
	o.tidy()
	return o, nil
}

// ID names the owner in jobs.
func (o *Owner) ID() string { return o.id }

// Dead tells whether an owner is gone. One that left no trace is.
func (o *Owner) Dead(id string) bool {
	if id == o.id || !plainName(id) {
		return false
	}
	if _, err := os.Stat(o.path(id)); errors.Is(err, fs.ErrNotExist) {
		return true
	}
	l := flock.New(o.path(id), flock.SetFlag(os.O_RDWR))
	ok, err := l.TryLock()
	if err != nil || !ok {
		return false
	}
	return errors.Join(l.Unlock(), os.Remove(o.path(id))) == nil
}

// Close lets go of the lock.
func (o *Owner) Close() error {
	// Unlocked first: some systems do not remove a file that is open. Who tidies
	// up in between may have removed it.
	err := o.lock.Unlock()
	if rm := os.Remove(o.path(o.id)); rm != nil && !errors.Is(rm, fs.ErrNotExist) {
		err = errors.Join(err, rm)
	}
	return err
}

func (o *Owner) path(id string) string { return filepath.Join(o.dir, id+".lock") }

// tidy removes the locks of dead owners.
func (o *Owner) tidy() {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return // only tidying: the folder was made above
	}
	for _, entry := range entries {
		if id, ok := strings.CutSuffix(entry.Name(), ".lock"); ok {
			o.Dead(id)
		}
	}
}

// plainName keeps a name out of a database from leaving the folder.
func plainName(id string) bool {
	return id != "" && filepath.Base(id) == id && !strings.ContainsAny(id, `/\:`)
}
