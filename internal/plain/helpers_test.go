package plain

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; run with -update to see how. Got:\n%s", path, got)
	}
}

// piped runs an interview with lines from a pipe and gives what was shown.
func piped(t *testing.T, r *room, in string) string {
	t.Helper()
	out := newScreen()
	if err := Run(t.Context(), interviews{room: r}, r, options(in, out)); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out.String()
}

// answering is piped with a stream of answers.
func answering(t *testing.T, r *room, in string) (string, error) {
	t.Helper()
	out := newScreen()
	o := options("", out)
	o.Answers = strings.NewReader(in)
	err := Run(t.Context(), interviews{room: r}, r, o)
	return out.String(), err
}

func wantAnswers(t *testing.T, r *room, want ...string) {
	t.Helper()
	if got := r.answersGiven(); !reflect.DeepEqual(got, want) {
		t.Errorf("answers %q, want %q", got, want)
	}
}

func has(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in:\n%s", w, got)
		}
	}
}
