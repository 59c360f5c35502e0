package plain

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

func TestEndOfInputPauses(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	got := piped(t, r, "It blocks\nforever, s")
	has(t, got, "Paused. To go on: elios resume iv-1")
	if r.savedDraft() != "It blocks\nforever, s" || !r.paused() {
		t.Errorf("draft %q, paused %v", r.savedDraft(), r.paused())
	}
	got = piped(t, r, "o deadlock\n.\n/end\n")
	golden(t, "resumed.txt", got)
	wantAnswers(t, r, "It blocks\nforever, s\no deadlock")
}

func TestNoInput(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out := newScreen()
	o := options("", out)
	o.In, o.Now = nil, nil
	if err := Run(t.Context(), interviews{room: r}, r, o); err != nil || !r.paused() {
		t.Errorf("%v, paused %v", err, r.paused())
	}
}

func TestCommands(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
		answers  []string
	}{
		{"pause", "/pause\n", []string{"Paused. To go on: elios resume iv-1"}, nil},
		{"end", "/end\n", []string{"The interview is ended early. It has no score", "elios report iv-1"}, nil},
		{"hints run out", "/hint\n/hint\n/hint\n", []string{"Hint 2 of 2: Think of waiting.", "Not done: there are no more hints"}, nil},
		{"retry is refused", "/retry\n", []string{"Not done: retry is not allowed"}, nil},
		{"builtin is refused", "/builtin\n", []string{"Not done: use_builtin is not allowed"}, nil},
		{"an unknown one", "/skpi\n", []string{"There is no command /skpi"}, nil},
		{"a path is text", "/etc/hosts\n.\n/end\n", nil, []string{"/etc/hosts"}},
		{"inside an answer it is text", "a\n/skip\n.\n/end\n", nil, []string{"a\n/skip"}},
		{"nothing typed", ".\n/end\n", []string{"Nothing is typed yet."}, nil},
		{"nothing but blanks", " \n.\n", []string{"Nothing is typed yet."}, nil},
		{
			"too long, then cleared", strings.Repeat("x", session.MaxAnswer+1) + "\n.\n/clear\nshort\n.\n/end\n",
			[]string{"Not done: the answer has 20001", "What you typed is kept.", "Cleared."},
			[]string{"short"},
		},
		{"a line too long", strings.Repeat("x", 2*MaxAnswerBytes) + "\nshort\n.\n/end\n", []string{"longer than 1 MiB"}, []string{"short"}},
	} {
		r := newRoom(t, session.Practice, builtin)
		got := piped(t, r, c.in)
		has(t, got, c.want...)
		if given := r.answersGiven(); !reflect.DeepEqual(given, c.answers) {
			t.Errorf("%s: answers %q, want %q", c.name, given, c.answers)
		}
	}
}

func TestFailedEvaluationIsRetried(t *testing.T) {
	r := newRoom(t, session.Practice, model)
	r.failWith = "the model is gone"
	got := piped(t, r, "It blocks\n.\nwhat now\n/retry\n/builtin\n/end\n")
	golden(t, "failed.txt", got)
	wantAnswers(t, r, "It blocks")
}

func TestFailedEvaluationWithRetryWaits(t *testing.T) {
	r := newRoom(t, session.Practice, model)
	r.failWith, r.retryIn = "busy", 10*time.Second
	out := newScreen()
	done := run(t, r, options("It blocks\n.\n/end\n", out))
	out.await(t, "It is tried again in 10 seconds.", 1)
	r.mu.Lock()
	r.failWith, r.iv.Pending = "", nil
	r.evaluate()
	r.mu.Unlock()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	has(t, out.String(), "Met: It blocks forever.", "ended early")
}

// run starts an interview in the background.
func run(t *testing.T, r *room, o Options) <-chan error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- Run(t.Context(), interviews{room: r}, r, o) }()
	return done
}

func TestEveryLineIsSaved(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.draftErr = errBroken
	got := piped(t, r, "one\n")
	has(t, got, "What you typed could not be saved: the output is closed.")
}
