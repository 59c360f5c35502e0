package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/elios/elios/internal/session"
)

// creating keeps two Opens of this process apart while a file is made. Closing
// any descriptor of a file drops every lock the process has on it, also those
// of a database that is in use: an existing file is therefore never opened
// here, and a new one not before its maker has closed it.
var creating sync.Mutex

// prepareFile makes the database's folder and an empty file that only its
// owner can read. SQLite gives -wal and -shm the mode of the file.
func prepareFile(path string) error {
	creating.Lock()
	defer creating.Unlock()
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return session.Errorf(session.StoreFailed, "the database %s is a folder; move it away, or name a file with --db", path)
	case err == nil:
		return protect(path, info)
	case !errors.Is(err, fs.ErrNotExist):
		return cannotCreate(path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return cannotCreate(path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was quicker
	}
	if err != nil {
		return cannotCreate(path, err)
	}
	return f.Close()
}

// protect takes other people's rights from a file that somebody made by hand.
// Where that fails the file is not ours to change; whether it can be used at
// all, opening it will tell.
func protect(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(path, info.Mode().Perm()&0o700)
	}
	return nil
}

func cannotCreate(path string, err error) error {
	var cause *fs.PathError
	reason := err.Error()
	if errors.As(err, &cause) {
		reason = cause.Err.Error()
	}
	return &session.Error{
		Kind:    session.StoreFailed,
		Message: "the database " + path + " cannot be created (" + reason + "); use another place with --db",
		Err:     err,
	}
}
