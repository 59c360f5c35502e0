//go:build unix

package main

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the transcripts of the documents anew")

const (
	accessibility = "../../docs/accessibility.md"
	youType       = "You type: "
	youReturn     = "You press return."
	command       = "$ elios "
)

// TestAccessibilityTranscripts has every session that the document on
// accessibility shows again, in a terminal, and compares each line: of one
// person, so that a report is about the interview before it.
func TestAccessibilityTranscripts(t *testing.T) {
	doc, err := os.ReadFile(accessibility)
	if err != nil {
		t.Fatal(err)
	}
	env := atHome(t.TempDir())
	parts := strings.Split(string(doc), "```")
	sessions := 0
	for i := 1; i < len(parts); i += 2 {
		_, body, _ := strings.Cut(parts[i], "\n")
		if !strings.HasPrefix(body, command) {
			continue
		}
		sessions++
		if *update {
			parts[i] = "text\n" + again(t, env, body)
			continue
		}
		replay(t, env, body)
	}
	if sessions < 2 {
		t.Errorf("%d sessions in the document", sessions)
	}
	if *update {
		if err := os.WriteFile(accessibility, []byte(strings.Join(parts, "```")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// typedIn tells whether a line of a transcript is typed, and what.
func typedIn(line string) (string, bool) {
	if line == youReturn {
		return "", true
	}
	return strings.CutPrefix(line, youType)
}

// replay types what a transcript says as soon as all that stands before it is
// shown, and nothing else.
func replay(t *testing.T, env []string, transcript string) {
	t.Helper()
	first, body, _ := strings.Cut(transcript, "\n")
	x := openTerminal(t, env, strings.Fields(strings.TrimPrefix(first, command))...)
	want := ""
	for line := range strings.Lines(body) {
		line = strings.TrimSuffix(line, "\n")
		typed, ok := typedIn(line)
		if !ok {
			want += line + "\n"
			continue
		}
		x.waitFor(t, "exactly\n"+want, func(shown string, _ bool) bool { return shown == want })
		x.enter(t, typed)
		want += typed + "\n"
	}
	got, err := x.end(t)
	if err != nil || got != want {
		t.Errorf("%s: %v\n%s\nthe document has\n%s\nrun go test ./cmd/elios -run Transcripts -update to take it over", first, err, got, want)
	}
}

// again has a session with the same lines typed and gives its transcript. What
// comes between them is not known yet, so it waits until nothing more comes.
func again(t *testing.T, env []string, transcript string) string {
	t.Helper()
	first, body, _ := strings.Cut(transcript, "\n")
	x := openTerminal(t, env, strings.Fields(strings.TrimPrefix(first, command))...)
	out, from := first+"\n", 0
	for line := range strings.Lines(body) {
		line = strings.TrimSuffix(line, "\n")
		typed, ok := typedIn(line)
		if !ok {
			continue
		}
		shown := x.still()
		out += shown[from:] + line + "\n"
		x.enter(t, typed)
		from = len(shown) + len(typed) + 1
	}
	shown, err := x.end(t)
	if err != nil {
		t.Fatalf("%v\n%s", err, shown)
	}
	return out + shown[from:]
}

// still gives what is shown once nothing has changed for a while.
func (x *terminal) still() string {
	for {
		x.mu.Lock()
		shown, changed := x.shown, x.changed
		x.mu.Unlock()
		select {
		case <-changed:
		case <-time.After(time.Second):
			return shown
		}
	}
}
