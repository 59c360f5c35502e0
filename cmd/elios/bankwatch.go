package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/elios/elios/internal/bank"
)

// folders lists the folders whose files --watch has to look at.
func (t *testedBanks) folders(ctx context.Context, args []string) ([]string, error) {
	lib, err := t.library()
	if err != nil {
		return nil, err
	}
	own := ownFolders(lib.Dir())
	if args, err = namedOrHere(args); err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return existingFolders(own)
	}
	var out []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err != nil: // the id of a bank: one's own may change
			out = append(out, own...)
		case info.IsDir():
			out = append(out, arg)
		default:
			out = append(out, filepath.Dir(arg)) // editors replace the file, and the watch with it
		}
	}
	return existingFolders(out)
}

// ownFolders are the folder of one's own banks and the bank folders in it.
func ownFolders(dir string) []string {
	out := []string{dir}
	found, err := bank.Find(dir)
	if err != nil {
		return out // there may be none yet
	}
	for _, path := range found {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			out = append(out, path)
		}
	}
	return out
}

func existingFolders(dirs []string) ([]string, error) {
	var out []string
	for _, d := range dirs {
		if _, err := os.Stat(d); err == nil {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, usagef("there is nothing to watch: built-in banks never change; give the path of a bank")
	}
	return out, nil
}

// ofBank tells whether a file may belong to a bank. Others must not start a
// run: the results may be written beside the bank.
func ofBank(path string) bool {
	name := filepath.Base(path)
	return (filepath.Ext(name) == ".yaml" || filepath.Ext(name) == ".yml") && name[0] != '.'
}

// watchSettle is how long a bank's files must be left alone before they are
// read: editors write in several steps.
const watchSettle = 100 * time.Millisecond

// watch calls run now, and again whenever a bank's file in one of the folders
// has changed, until ctx is done.
func watch(ctx context.Context, folders []string, run func(context.Context)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch files: %w", err)
	}
	defer w.Close()
	for _, dir := range folders {
		if err := w.Add(dir); err != nil {
			return fmt.Errorf("watch %s: %w", dir, err)
		}
	}
	settled := time.NewTimer(0) // the first run is due at once
	defer settled.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e, open := <-w.Events:
			if !open {
				return errors.New("watch files: the watcher has stopped")
			}
			if e.Op != fsnotify.Chmod && ofBank(e.Name) {
				settled.Reset(watchSettle)
			}
		case err := <-w.Errors:
			return fmt.Errorf("watch files: %w", err)
		case <-settled.C:
			run(ctx)
		}
	}
}
