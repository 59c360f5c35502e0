package bank

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// entries lists a folder, hidden ones too.
func entries(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestAdd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "banks")
	for path, want := range map[string]string{"testdata/full.yaml": "queues.yaml", "testdata/folder": "folder-bank"} {
		at, err := Add(dir, path, false)
		if err != nil || at != filepath.Join(dir, want) {
			t.Fatalf("%s went to %s, %v", path, at, err)
		}
		mustLoad(t, at)
		if _, err := Add(dir, path, false); session.KindOf(err) != session.Conflict || !strings.Contains(err.Error(), at) {
			t.Errorf("a second time: %v", err)
		}
		if _, err := Add(dir, path, true); err != nil {
			t.Errorf("replacing: %v", err)
		}
		mustLoad(t, at)
	}
	if got := entries(t, dir); got != "folder-bank queues.yaml" {
		t.Errorf("the folder has %s", got)
	}
	if got := entries(t, filepath.Join(dir, "folder-bank")); got != "a.yml b.yaml bank.yaml" {
		t.Errorf("the bank has %s", got)
	}
}

func TestAddReplacesOtherNames(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "mine.yml"), small("queues", "Mine"))
	write(t, filepath.Join(dir, "other.yaml"), small("other", "Other"))
	at, err := Add(dir, "testdata/full.yaml", true)
	if err != nil {
		t.Fatal(err)
	}
	if got := entries(t, dir); got != "other.yaml queues.yaml" || mustLoad(t, at).Title != "Message queues" {
		t.Errorf("the folder has %s", got)
	}
	// a bank in a file gives way to the same in a folder
	inFolder := filepath.Join(t.TempDir(), "f")
	if err := os.Mkdir(inFolder, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(inFolder, Header), small("queues", "Folder"))
	if _, err := Add(dir, inFolder, true); err != nil {
		t.Fatal(err)
	}
	if got := entries(t, dir); got != "other.yaml queues" {
		t.Errorf("the folder has %s", got)
	}
}

func TestAddRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := Add(dir, "testdata/none", false); session.KindOf(err) != session.NotFound {
		t.Error(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	write(t, bad, "id: 1")
	_, err := Add(dir, bad, false)
	if e := new(Error); session.KindOf(err) != session.Invalid || !errors.As(err, &e) {
		t.Error(err)
	}
	if got := entries(t, dir); got != "" {
		t.Errorf("the folder has %s", got)
	}
	if _, err := Add(bad, "testdata/full.yaml", false); err == nil {
		t.Error("a file as the folder")
	}
}

func TestAddPutsTheOldBankBack(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "mine.yaml"), small("queues", "Mine"))
	// something that is no bank stands where the new one would go
	if err := os.MkdirAll(filepath.Join(dir, "queues.yaml", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "queues.yaml", "x")); err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	if err := swap(filepath.Join(work, "missing"), filepath.Join(dir, "queues.yaml"), work, []string{filepath.Join(dir, "mine.yaml")}); err == nil {
		t.Error("nothing was put in place")
	}
	if err := swap(filepath.Join(work, "missing"), filepath.Join(dir, "z.yaml"), work, []string{filepath.Join(dir, "gone.yaml")}); err == nil {
		t.Error("nothing was moved")
	}
	mustLoad(t, filepath.Join(dir, "mine.yaml"))
}

func TestWriteBankNeedsItsPlace(t *testing.T) {
	if err := writeBank(filepath.Join(t.TempDir(), "no", "where"), nil, true); err == nil {
		t.Error("a folder in a missing folder")
	}
	if err := writeBank(filepath.Join(t.TempDir(), "no", "where"), []*source{{}}, false); err == nil {
		t.Error("a file in a missing folder")
	}
	if err := writeBank(filepath.Join(t.TempDir(), "x"), []*source{{name: "a/b.yaml"}, {name: "c/b.yaml"}}, true); err == nil {
		t.Error("two files of one name")
	}
	if err := install(filepath.Join(t.TempDir(), "none"), "x", nil, true, nil); err == nil {
		t.Error("a missing folder")
	}
}
