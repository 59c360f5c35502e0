package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestWriteWhole(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "r.txt")
	says := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	broken := errors.New("broken")
	half := func(w io.Writer) error { return errors.Join(says("half")(w), broken) }

	if err := writeWhole(file, false, half); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	holds(t, dir, file, "")
	if err := writeWhole(file, false, says("one")); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, file, "one")
	if err := writeWhole(file, false, says("two")); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	if err := writeWhole(file, true, half); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	holds(t, dir, file, "one")
	if err := writeWhole(file, true, says("two")); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, file, "two")
	if err := writeWhole(dir, true, says("three")); err == nil {
		t.Error("a folder was replaced")
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// holds wants a folder to hold one file with a text, or nothing for "".
func holds(t *testing.T, dir, file, want string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	switch {
	case want == "" && (len(list) != 0 || !errors.Is(err, os.ErrNotExist)):
		t.Errorf("something is left: %v", list)
	case want != "" && (err != nil || len(list) != 1 || string(got) != want):
		t.Errorf("%v holds %q, %v", list, got, err)
	}
}
