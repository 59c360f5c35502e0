package bank

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{
		"one.yaml", "deep/two.yml", "folder/bank.yaml", "folder/more.yaml", ".git/three.yaml", "notes.txt",
	} {
		putSample(t, dir, path)
	}
	got, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"deep/two.yml", "folder", "one.yaml"}
	if s := strings.ReplaceAll(strings.Join(got, " "), dir+"/", ""); s != strings.Join(want, " ") {
		t.Errorf("got %s, want %v", s, want)
	}
	if _, err := Find(t.TempDir()); !errors.Is(err, ErrNoBank) {
		t.Errorf("%v", err)
	}
}

func putSample(t *testing.T, dir, path string) {
	t.Helper()
	path = filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(diffSample), 0o644); err != nil {
		t.Fatal(err)
	}
}
