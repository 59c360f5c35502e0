package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/elios/elios/internal/conformance"
)

// told are results that print into a buffer, of which some are in.
func told(t *testing.T, o protocolTestOptions, results ...conformance.Result) (*protocolResults, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	o.app = &app{streams: streams{out: &out, err: &bytes.Buffer{}}}
	checks := []conformance.Check{{Name: "a/one"}, {Name: "a/two", Slow: true}, {Name: "b/one", Slow: true}, {Name: "b/two"}}
	s := newProtocolResults(&o, checks)
	for _, r := range results {
		s.tell(r)
	}
	return s, &out
}

func resultOf(name string, err error) conformance.Result {
	return conformance.Result{Check: conformance.Check{Name: name, Says: "a sentence"}, Err: err}
}

// TestAnInterruptedRunKeepsItsResults in the text, the sum and the file.
func TestAnInterruptedRunKeepsItsResults(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "r.xml")
	fault := &conformance.Fault{Found: "it is wrong"}
	s, out := told(t, protocolTestOptions{junit: file}, resultOf("b/one", fault), resultOf("a/one", nil), resultOf("b/two", nil))
	err := s.finish(s, true)
	if code := exitCode(t.Context(), err); code != exitInterrupted || !strings.Contains(err.Error(), "interrupted after 3 of 4 checks") {
		t.Errorf("exit code %d: %v", code, err)
	}
	want := "FAIL  b/one\n      found:         it is wrong\n      the protocol:  a sentence\nok    b/two\nok    a/one\n3 checks: 1 failed, 2 passed, 0 skipped\n"
	if out.String() != want {
		t.Errorf("printed\n%swant\n%s", out, want)
	}
	if b, err := os.ReadFile(file); err != nil || !strings.Contains(string(b), `tests="3" failures="1"`) {
		t.Errorf("%s, %v", b, err)
	}
}

// TestTheSumComesBeforeTheFile, which may not be written in the end.
func TestTheSumComesBeforeTheFile(t *testing.T) {
	t.Parallel()
	s, out := told(t, protocolTestOptions{junit: filepath.Join(t.TempDir(), "gone", "r.xml")}, resultOf("a/one", nil))
	err := s.finish(s, false)
	if exitCode(t.Context(), err) != exitFailed || !strings.HasPrefix(err.Error(), "JUnit: ") {
		t.Errorf("finish = %v", err)
	}
	if !strings.Contains(out.String(), "1 checks: 0 failed") {
		t.Errorf("printed %s", out)
	}
}

// TestJSONSaysWhatWasLast, as the text does.
func TestJSONSaysWhatWasLast(t *testing.T) {
	t.Parallel()
	s, out := told(t, protocolTestOptions{json: true}, resultOf("a/one", &conformance.Fault{Found: "wrong", Sent: "this\x1b[2J", Came: "that\n"}))
	if code := exitCode(context.Background(), s.finish(s, false)); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	var got protocolResult
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Found != "wrong" || got.Sent != "this" || got.Came != "that" {
		t.Errorf("%s: %+v, %v", out, got, err)
	}
}

// TestTheProgressFits the terminal: a line that breaks is never taken away.
func TestTheProgressFits(t *testing.T) {
	t.Parallel()
	s, _ := told(t, protocolTestOptions{}, resultOf("b/one", nil))
	for width, want := range map[int]string{
		80: "1 of 4 checks; waiting for slow checks: 1",
		42: "1 of 4 checks; waiting for slow checks: 1",
		41: "1 of 4 checks; waiting for slow checks:…",
		20: "1 of 4 checks; wai…",
		1:  "",
	} {
		if got := cutLine(s.progress(), width); got != want {
			t.Errorf("%d columns: %q, want %q", width, got, want)
		}
	}
}
