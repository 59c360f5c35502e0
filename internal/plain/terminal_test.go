package plain

import (
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// keyboard is the writing end of a pipe.
type keyboard struct{ *io.PipeWriter }

func pipe() (io.Reader, keyboard) {
	r, w := io.Pipe()
	return r, keyboard{w}
}

// line types a line; it returns when somebody has read it.
func (k keyboard) line(s string) { _, _ = io.WriteString(k, s+"\n") }

// sitting is somebody at a terminal.
func sitting(t *testing.T, r *room) (*screen, keyboard, <-chan error) {
	t.Helper()
	out := newScreen()
	in, keys := pipe()
	t.Cleanup(func() { keys.Close() })
	o := options("", out)
	o.In, o.Terminal = in, true
	return out, keys, run(t, r, o)
}

func TestTypedWhileEvaluating(t *testing.T) {
	r := newRoom(t, session.Practice, model)
	r.hold = true
	out, keys, done := sitting(t, r)
	keys.line("It blocks")
	keys.line(".")
	out.await(t, "Evaluating with gemma3:4b.", 1)
	keys.line("and more")
	out.await(t, "Not taken: your answer is being evaluated. You can type /builtin, /pause, /end or /repeat.", 1)
	keys.line("")
	keys.line("/builtin")
	out.await(t, "From now on the built-in evaluator judges.", 1)
	r.judge()
	out.await(t, "Follow-up 1 of 3", 1)
	keys.line("/end")
	keys.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantAnswers(t, r, "It blocks")
}

func TestAnsweredInAnotherWindow(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.hold = true
	out, keys, done := sitting(t, r)
	keys.line("half")
	r.awaitDraft(t, "half")
	r.other(session.Answer{Turn: 1, Text: "It blocks"})
	out.await(t, "Answered in another window. What you typed here was not handed in.", 1)
	r.judge()
	out.await(t, "Follow-up 1 of 3", 1)
	keys.line("half")
	r.awaitDraft(t, "half")
	r.other(session.Skip{Turn: 2})
	out.await(t, "Skipped in another window.", 1)
	keys.line("/end")
	keys.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestStaleTurn(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	var once atomic.Bool
	r.before = func(r *room, c session.Command) {
		if c.Type() == session.CmdAnswer && once.CompareAndSwap(false, true) {
			r.other(session.Skip{Turn: 1})
		}
	}
	got := piped(t, r, "It blocks\n.\nIt is one\n.\n")
	has(t, got, "The interview went on in another window: turn 1 is over", "Skipped in another window.", "What you typed here was not handed in.")
	wantAnswers(t, r, "-", "It is one")
}

func TestConflictRepeatsTheQuestion(t *testing.T) {
	for _, stream := range []bool{false, true} {
		r := newRoom(t, session.Practice, builtin)
		var once atomic.Bool
		r.before = func(r *room, c session.Command) {
			switch {
			case c.Type() == session.CmdAnswer && once.CompareAndSwap(false, true):
				r.other(session.Hint{})
				r.refuse[session.CmdAnswer] = session.Errorf(session.Conflict, "somebody was faster")
			case c.Type() != session.CmdAnswer:
				delete(r.refuse, session.CmdAnswer)
			}
		}
		var got string
		if stream {
			var err error
			if got, err = answering(t, r, "It blocks\n.\n"); err != nil {
				t.Fatal(err)
			}
		} else {
			got = piped(t, r, "It blocks\n.\n")
		}
		has(t, got, "another window: somebody was faster.", "Hint 1 of 2",
			"Hint 1 of 2: Think of time.\nQuestion 1 of 2 (concurrency, level 3): What happens when you send on a nil channel?")
	}
}

func TestPausedByTheClock(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out, keys, done := sitting(t, r)
	out.await(t, "Your answer", 1)
	r.other(session.IdleTimeout{})
	out.await(t, "Paused after a long time without an answer. Go on typing whenever you like.", 1)
	keys.line("It blocks and deadlock")
	keys.line(".")
	out.await(t, "Going on.", 1)
	out.await(t, "Question 2 of 2", 1)
	r.other(session.Pause{})
	out.await(t, "Paused. Go on", 1)
	keys.line("/end")
	keys.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestDeadline(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.iv.Settings.TimeLimit = 5 * time.Minute
	out, keys, done := sitting(t, r)
	out.await(t, "You have 5 minutes.", 1)
	keys.line("It blocks")
	r.awaitDraft(t, "It blocks")
	r.hold = true
	r.other(session.Deadline{Turn: 1, Draft: "It blocks"})
	out.await(t, "The time is up: what was typed was handed in.", 1)
	r.judge()
	out.await(t, "You have 2 minutes 30 seconds.", 1)
	keys.line("/repeat")
	out.await(t, "You have 2 minutes 30 seconds.", 2)
	r.other(session.Deadline{Turn: 2})
	out.await(t, "The time is up: nothing was typed, so this was skipped.", 1)
	keys.line("/pause")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	out2, keys2, done2 := sitting(t, r)
	out2.await(t, "You have 5 minutes.", 1)
	keys2.line("/end")
	keys2.Close()
	if err := <-done2; err != nil {
		t.Fatal(err)
	}
}

func TestResumedWhileEvaluating(t *testing.T) {
	r := newRoom(t, session.Practice, model)
	r.hold = true
	r.other(session.Start{})
	r.other(session.Hint{})
	r.other(session.Answer{Turn: 1, Text: "It blocks"})
	out, keys, done := sitting(t, r)
	out.await(t, "You answered: It blocks\nEvaluating with gemma3:4b.", 1)
	keys.line("/pause")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	r.other(session.EvaluationFailed{Turn: 1, Why: "gone", Attempt: 3})
	out, keys, done = sitting(t, r)
	out.await(t, "The evaluation failed: gone.\nYour answer is kept. You can type /retry, /builtin, /pause, /end or /repeat.", 1)
	keys.line("/retry")
	out.await(t, "Evaluating again.", 1)
	keys.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestResumedAfterASkip(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.other(session.Start{})
	r.other(session.Skip{Turn: 1})
	r.draft = "It is"
	has(t, piped(t, r, "/end\n"), "Question 1 is over. Score: 0, skipped.", "You had begun an answer: It is\n")
}

func TestProgress(t *testing.T) {
	r := newRoom(t, session.Practice, model)
	r.hold = true
	var seconds atomic.Int64
	out := newScreen()
	in, keys := pipe()
	t.Cleanup(func() { keys.Close() })
	o := options("", out)
	o.In = in
	o.Now = func() time.Time { return start.Add(time.Duration(seconds.Load()) * time.Second) }
	done := run(t, r, o)
	keys.line("It blocks")
	keys.line(".")
	out.await(t, "Evaluating with", 1)
	for i, c := range []struct {
		live session.Live
		want string
	}{
		{session.Live{Turn: 1, Phase: "queued"}, "Waiting for the evaluator, 5 seconds."},
		{session.Live{Turn: 1, Phase: "loading"}, "The model is being loaded, 10 seconds."},
		{session.Live{Turn: 1, Phase: "judging", Done: 2, Of: 4}, "Still evaluating, 15 seconds, 2 of 4 points judged."},
		{session.Live{Turn: 9}, "Still evaluating, 20 seconds."},
	} {
		seconds.Store(int64(5*i + 4))
		r.liveCh <- c.live // too early to be spoken of
		seconds.Store(int64(5*i + 5))
		r.liveCh <- c.live
		out.await(t, c.want, 1)
	}
	close(r.liveCh)
	r.judge()
	out.await(t, "Follow-up 1", 1)
	keys.line("/end")
	keys.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
