package bank

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/session"
)

// small is a bank with one question.
func small(id, title string) string {
	return "elios: bank/v1\nid: " + id + "\ntitle: " + title + "\nversion: 1.0.0\nlanguage: en\ntopics: [{id: a, title: A}]\n" +
		"questions: [{id: q, type: open, topic: a, level: 1, ask: Q, key_points: [{id: p, weight: 1, point: P}]}]\n"
}

// shelf is a library of two built-in banks and a user's folder.
func shelf(t *testing.T, files map[string]string) *Library {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, path, text)
	}
	return NewLibrary(fstest.MapFS{
		"go.yaml":  {Data: []byte(small("go", "Go"))},
		"sql.yaml": {Data: []byte(small("sql", "SQL"))},
	}, dir)
}

func listed(t *testing.T, l *Library) string {
	t.Helper()
	infos, err := l.Banks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range infos {
		out = append(out, i.ID+" "+i.Title+" "+i.Source)
	}
	return strings.Join(out, "; ")
}

func TestLibraryLists(t *testing.T) {
	l := shelf(t, map[string]string{
		"mine.yaml":        small("go", "My Go"),
		"x/bank.yaml":      small("x", "X"),
		"y/notes.txt":      "no bank",
		".hidden.yaml":     "no bank",
		"readme.md":        "no bank",
		"broken.yaml":      "id: sql\n",
		"twice.yaml":       small("x", "X again"),
		"zz-later.yaml":    small("go", "Another Go"),
		"b/bank.yaml":      "elios: [",
		"b/questions.yaml": "questions: []",
	})
	if diff := cmp.Diff("go My Go user; sql SQL built-in; x X again user", listed(t, l)); diff != "" {
		t.Error(diff)
	}
	var all []string
	for _, err := range l.Broken(t.Context()) {
		all = append(all, err.Error())
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"broken.yaml:1:1: the key \"title\" is missing", "b/bank.yaml:", "x: the bank x is also in twice.yaml", "zz-later.yaml: the bank go is also in mine.yaml"} {
		if !strings.Contains(text, want) {
			t.Errorf("broken has no %q:\n%s", want, text)
		}
	}
	if len(all) != 4 {
		t.Errorf("%d broken banks", len(all))
	}
}

func TestLibraryFinds(t *testing.T) {
	l := shelf(t, map[string]string{"mine.yaml": small("go", "My Go"), "broken.yaml": "id: sql\n", "gone.yaml": "id: gone\n"})
	outside := filepath.Join(t.TempDir(), "other.yaml")
	write(t, outside, small("other", "Other"))
	for arg, want := range map[string]string{"go": "My Go", "sql": "SQL", outside: "Other", l.Dir() + "/mine.yaml": "My Go"} {
		if b, err := l.Bank(t.Context(), arg); err != nil || b.Title != want {
			t.Errorf("%s is %v, %v", arg, b, err)
		}
	}
	refused := func(l *Library, arg string, kind session.Kind, want string) {
		t.Helper()
		_, err := l.Bank(t.Context(), arg)
		if err == nil || session.KindOf(err) != kind || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v (%s), want %s", arg, err, session.KindOf(err), want)
		}
	}
	refused(l, "sqll", session.NotFound, `there is no bank "sqll"; did you mean "sql"? (there is go, sql)`)
	refused(l, "./none.yaml", session.NotFound, `there is no file or folder "./none.yaml"`)
	refused(l, "gone", session.Invalid, "bank gone cannot be loaded:\n")
	refused(l, l.Dir()+"/broken.yaml", session.Invalid, "broken.yaml:1:1: ")
	_, err := l.Bank(t.Context(), l.Dir()+"/broken.yaml")
	if e := new(Error); !errors.As(err, &e) || len(e.Problems) < 2 {
		t.Errorf("the problems are lost: %v", err)
	}
	refused(l.IDsOnly(), outside, session.NotFound, "there is no bank")
}

func TestLibrarySelects(t *testing.T) {
	l := shelf(t, nil)
	ref, questions, err := l.Select(t.Context(), session.Settings{Bank: "sql"}, nil)
	if err != nil || ref != (session.BankRef{ID: "sql", Title: "SQL", Version: "1.0.0"}) || len(questions) != 1 {
		t.Error(ref, questions, err)
	}
	if _, _, err := l.Select(t.Context(), session.Settings{Bank: "none"}, nil); session.KindOf(err) != session.NotFound {
		t.Error(err)
	}
	if _, _, err := l.Select(t.Context(), session.Settings{Bank: "sql", MinLevel: 3}, nil); session.KindOf(err) != session.Invalid {
		t.Error(err)
	}
}

func TestLibrarySeesChanges(t *testing.T) {
	l := shelf(t, map[string]string{"f/bank.yaml": small("f", "Old")})
	if got := listed(t, l); !strings.Contains(got, "f Old") {
		t.Fatal(got)
	}
	path := filepath.Join(l.Dir(), "f", "bank.yaml")
	write(t, path, small("f", "New"))
	later := time.Now().Add(time.Second)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, l); !strings.Contains(got, "f New") {
		t.Error(got)
	}
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, l); strings.Contains(got, "f New") {
		t.Error(got)
	}
}

func TestLibraryDecodesOnlyWhatIsAsked(t *testing.T) {
	l := shelf(t, nil)
	if _, err := l.Bank(t.Context(), "sql"); err != nil {
		t.Fatal(err)
	}
	if len(l.cache) != 1 {
		t.Errorf("%d banks were decoded for one", len(l.cache))
	}
}

func TestLibraryWithoutFolder(t *testing.T) {
	l := NewLibrary(fstest.MapFS{"go.yaml": {Data: []byte(strings.Replace(small("go", "Go"), "\nid: go", "\n'id': go", 1))}}, "testdata/none")
	if b, err := l.Bank(t.Context(), "go"); err != nil || b.ID != "go" {
		t.Error("an id that no quick look finds:", err)
	}
	if got := l.Broken(t.Context()); len(got) != 0 {
		t.Error(got)
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	l = NewLibrary(fstest.MapFS{"go.yaml": {Data: []byte(small("go", "Go"))}}, file)
	if got := listed(t, l); got != "go Go built-in" {
		t.Error("an unreadable folder hides the built-in banks:", got)
	}
	if got := l.Broken(t.Context()); len(got) != 1 || !strings.Contains(got[0].Error(), "cannot list your banks") {
		t.Error(got)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Banks(done); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := l.Bank(done, "none"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := NewLibrary(l.builtin, file).Broken(done); len(got) != 1 || !errors.Is(got[0], context.Canceled) {
		t.Error(got)
	}
}

func TestLibraryIsSafeForConcurrentUse(t *testing.T) {
	l := shelf(t, map[string]string{"mine.yaml": small("go", "My Go"), "broken.yaml": "x"})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := l.Banks(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := l.Bank(t.Context(), "go"); err != nil {
				t.Error(err)
			}
			l.Broken(t.Context())
		})
	}
	wg.Wait()
}

func BenchmarkListBuiltIn(b *testing.B) {
	for b.Loop() {
		if _, err := NewLibrary(banks.FS, "testdata/none").Banks(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
