package bank

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/elios/elios/internal/session"
)

// Add copies a bank, a file or folder, into the user's folder of banks and
// returns where it is. Only what was checked is copied, and it appears there
// whole or not at all. Conflict when the folder has a bank with the same id and
// replace is false, Invalid with the *Error inside for a broken bank, NotFound
// when there is nothing at path.
func Add(dir, path string, replace bool) (string, error) {
	b, sources, err := load(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", session.Errorf(session.NotFound, "there is no bank at %s", printable(path))
	case err != nil:
		return "", session.Errorf(session.Invalid, "%w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("cannot make the folder of your banks: %w", err)
	}
	old, err := installed(dir, b.ID)
	if err != nil {
		return "", err
	}
	if len(old) > 0 && !replace {
		return "", session.Errorf(session.Conflict, "you have a bank %s already, in %s", b.ID, old[0])
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	target := filepath.Join(dir, b.ID)
	if !info.IsDir() {
		target += ".yaml"
	}
	return target, install(dir, target, sources, info.IsDir(), old)
}

// installed lists where in the folder a bank with the id is, or something that
// stands where it would go.
func installed(dir, id string) ([]string, error) {
	l := NewLibrary(nil, dir)
	places, err := l.places()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range places {
		if p.name == id || p.name == id+".yaml" || l.idAt(p) == id {
			out = append(out, filepath.Join(dir, p.name))
		}
	}
	return out, nil
}

// install writes the files under a hidden name, moves the old bank there too
// and renames: whatever happens, the folder never shows half a bank.
func install(dir, target string, sources []*source, folder bool, old []string) error {
	work, err := os.MkdirTemp(dir, ".add-")
	if err != nil {
		return fmt.Errorf("cannot write to your banks: %w", err)
	}
	fresh := filepath.Join(work, "new")
	if err := writeBank(fresh, sources, folder); err != nil {
		return errors.Join(fmt.Errorf("cannot copy the bank: %w", err), os.RemoveAll(work))
	}
	if err := swap(fresh, target, work, old); err != nil {
		return err // an old bank may still be in the hidden folder: leave it there
	}
	return os.RemoveAll(work)
}

// swap takes the old places of a bank away and puts the fresh one in its place,
// or everything back when it cannot.
func swap(fresh, target, work string, old []string) error {
	var back []func()
	var err error
	for i, path := range old {
		aside := filepath.Join(work, fmt.Sprint("old", i))
		if err = os.Rename(path, aside); err != nil {
			break
		}
		back = append(back, func() { _ = os.Rename(aside, path) })
	}
	if err == nil {
		err = os.Rename(fresh, target)
	}
	if err == nil {
		return nil
	}
	for _, undo := range back {
		undo()
	}
	return fmt.Errorf("cannot put the bank in its place: %w", err)
}

// writeBank writes a bank's files to a path that does not exist yet.
func writeBank(path string, sources []*source, folder bool) error {
	if !folder {
		return writeSynced(path, sources[0].data)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	for _, s := range sources {
		if err := writeSynced(filepath.Join(path, filepath.Base(s.name)), s.data); err != nil {
			return err
		}
	}
	return nil
}

// writeSynced writes a file that is on the disk when it returns.
func writeSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
