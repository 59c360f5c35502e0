package plain

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

func TestGoldenAnswers(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	got, err := answering(t, r, "A send on it blocks forever.\nI think it panics too.\n.\nThe runtime reports a deadlock then.\n.\n\n.\n")
	if err != nil {
		t.Fatal(err)
	}
	wantAnswers(t, r, "A send on it blocks forever.\nI think it panics too.", "The runtime reports a deadlock then.", "-")
	golden(t, "answers.txt", got)
}

func TestGoldenTyped(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out := newScreen()
	o := options("/help\n/hint\nIt blocks forever.\n..\n.\n/repeat\n/skip\nThe one is printed.\n.\n", out)
	o.Terminal = true
	if err := Run(t.Context(), interviews{room: r}, r, o); err != nil {
		t.Fatal(err)
	}
	wantAnswers(t, r, "It blocks forever.\n.", "-", "The one is printed.")
	// How often the prompt is shown depends on how fast the lines come.
	golden(t, "typed.txt", regexp.MustCompile(`(> )+`).ReplaceAllString(out.String(), "> "))
}

func TestGoldenExam(t *testing.T) {
	r := newRoom(t, session.Exam, model)
	got, err := answering(t, r, "It blocks, with a deadlock.\n.\nIt prints the one\n.\n")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "exam.txt", got)
}

func TestAnswersRunOut(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	if _, err := answering(t, r, ""); err != nil {
		t.Fatal(err)
	}
	wantAnswers(t, r, "-", "-")
	if r.state() != session.Complete {
		t.Error(r.state())
	}
}

func TestAnswersRefused(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	got, err := answering(t, r, strings.Repeat("x", session.MaxAnswer+1)+"\n.\n")
	if session.KindOf(err) != session.TooLong {
		t.Fatalf("got %v", err)
	}
	has(t, got, "The answer has 20001 characters", "elios resume iv-1")
	if !r.paused() {
		t.Error("not paused")
	}
}

func TestAnswersTooLongStream(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	got, err := answering(t, r, strings.Repeat("x", 2*MaxAnswerBytes))
	if session.KindOf(err) != session.TooLong {
		t.Fatalf("got %v", err)
	}
	has(t, got, "Answer 1 of the answers is longer than 1 MiB")
}

func TestAnswersThatCannotBeEvaluated(t *testing.T) {
	r := newRoom(t, session.Practice, model)
	r.failWith = "the model is gone"
	got, err := answering(t, r, "It blocks.\n.\n")
	if session.KindOf(err) != session.Unavailable {
		t.Fatalf("got %v", err)
	}
	has(t, got, "The evaluation failed: the model is gone.", "Paused. To go on: elios resume iv-1")
}

func TestJSON(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out := newScreen()
	o := options("", out)
	o.JSON, o.Answers = true, strings.NewReader("It blocks\n.\n")
	if err := Run(t.Context(), interviews{room: r}, r, o); err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, e := range session.RedactAll(session.Practice, r.events) {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		want.Write(append(b, '\n'))
	}
	if out.String() != want.String() {
		t.Errorf("got\n%swant\n%s", out, want.String())
	}
}

func TestJSONResumedTellsAllAndPausedToo(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.other(session.Start{})
	r.other(session.Pause{})
	out, errs := newScreen(), newScreen()
	o := options("It bl", out)
	o.JSON, o.Err = true, errs
	if err := Run(t.Context(), interviews{room: r}, r, o); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n"); n != len(r.events) {
		t.Errorf("%d lines, %d events:\n%s", n, len(r.events), out)
	}
	if r.savedDraft() != "It bl" || !r.paused() {
		t.Errorf("draft %q, paused %v", r.savedDraft(), r.paused())
	}
	has(t, errs.String(), "Paused. To go on: elios resume iv-1")
}
