package bank

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder writes the files of the folder bank with some more.
func folder(t *testing.T, more map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/folder")); err != nil {
		t.Fatal(err)
	}
	for name, text := range more {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestBrokenFolders(t *testing.T) {
	question := "{id: %s, type: open, topic: a, level: 2, ask: B, key_points: [{id: p, weight: 1, point: P}]}"
	big := strings.Repeat("# "+strings.Repeat("x", 1021)+"\n", 1023)
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"id in two files": {
			map[string]string{"c.yaml": "questions:\n  - " + fmt.Sprintf(question, "second")},
			`c.yaml:2:10: the question id "second" is also in DIR/b.yaml, line 2`,
		},
		"header key":   {map[string]string{"c.yaml": "title: x\nquestions: []"}, `c.yaml:1:1: unknown key "title"; there is questions`},
		"no questions": {map[string]string{"c.yaml": "{}"}, `c.yaml:1:1: the key "questions" is missing`},
		"syntax":       {map[string]string{"c.yaml": "questions: ]"}, "c.yaml:1:12: this is not YAML: did not find expected node content"},
		"too much": {
			func() map[string]string {
				m := map[string]string{}
				for i := range 17 {
					m[fmt.Sprintf("x%02d.yaml", i)] = big
				}
				return m
			}(), "the files are larger than 16 MiB together",
		},
		"too many": {
			func() map[string]string {
				m := map[string]string{}
				for i := range MaxFiles {
					m[fmt.Sprintf("x%03d.yaml", i)] = "{}"
				}
				return m
			}(), "the folder has more than 500 files",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, c.files)
			_, err := Load(dir)
			if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), dir, "DIR"), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestFolderCannotBeLeft(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.yaml")
	write(t, secret, "questions: []")
	dir := folder(t, nil)
	if err := os.Symlink(secret, filepath.Join(dir, "c.yaml")); err != nil {
		t.Skip(err)
	}
	_, err := Load(dir)
	if e := new(Error); !errors.As(err, &e) || !strings.Contains(err.Error(), "c.yaml: cannot be read: ") {
		t.Errorf("a link out of the folder: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "c.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.yaml", filepath.Join(dir, "c.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "is also in") {
		t.Errorf("a link within the folder is not followed: %v", err)
	}
}

func TestFolderWithoutHeader(t *testing.T) {
	if _, err := Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "has no bank.yaml") {
		t.Errorf("got %v", err)
	}
}
