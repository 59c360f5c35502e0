package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeWhole writes a file that only its owner can read, whole or not at all:
// beside its place first, then moved there. Without replace an existing one is
// os.ErrExist.
func writeWhole(file string, replace bool, write func(io.Writer) error) (err error) {
	old, err := os.Stat(file)
	switch {
	case err == nil && !old.Mode().IsRegular():
		return fmt.Errorf("%s is not a regular file", file)
	case err == nil && !replace:
		return os.ErrExist
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".elios-*"+filepath.Ext(file)) // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err = errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
