package engine_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/elios/elios/internal/engine"
)

func own(t *testing.T, dir string) *engine.Owner {
	t.Helper()
	o, err := engine.Own(dir)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOwnerLivesAsLongAsItsLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "owners")
	a, b := own(t, dir), own(t, dir)
	if a.ID() == b.ID() || a.Dead(b.ID()) || b.Dead(a.ID()) || a.Dead(a.ID()) {
		t.Error("the living are dead")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if !a.Dead(b.ID()) {
		t.Error("the dead live")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// corpse leaves what a killed process leaves: a file nobody locks.
func corpse(t *testing.T, dir, id string) string {
	t.Helper()
	path := filepath.Join(dir, id+".lock")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOwnerThatWasKilledIsDeadAndTidiedUp(t *testing.T) {
	dir := t.TempDir()
	a := own(t, dir)
	path := corpse(t, dir, "killed")
	if !a.Dead("killed") {
		t.Error("the killed lives")
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("its file is still there")
	}
	path = corpse(t, dir, "killed-too")
	other := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b := own(t, dir)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a newcomer tidies up")
	}
	if _, err := os.Stat(other); err != nil || b.Dead(a.ID()) {
		t.Error("but takes nothing else away")
	}
	_, _ = a.Close(), b.Close()
}

func TestOwnerOfAStrangeNameIsNotDead(t *testing.T) {
	a := own(t, t.TempDir())
	defer func() { _ = a.Close() }()
	for _, id := range []string{"", "..", "../x", `a\b`, "a:b", "a/b"} {
		if id != ".." && a.Dead(id) {
			t.Errorf("%q is dead", id)
		}
	}
}

func TestOwnerWhoseFileIsGoneCloses(t *testing.T) {
	dir := t.TempDir()
	a := own(t, dir)
	if err := os.Remove(filepath.Join(dir, a.ID()+".lock")); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func TestOwnerWithoutAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if o, err := engine.Own(filepath.Join(file, "owners")); err == nil {
		t.Errorf("%v", o)
	}
}
