package tui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

const good = "A send on a nil channel blocks forever. In a select you can set a channel to nil to switch that case off, for example after the input has been closed."

func TestInterviewFromHomeToReport(t *testing.T) {
	h := newHouse()
	p := newPerson(t, h, nil)
	p.sees("Practise", "2 banks, 42 questions", "no interviews yet")
	p.press("enter")
	p.sees("Go", "24 questions, levels 1-4", "as the bank says", "practice")
	p.press("enter")
	p.sees("●QUESTIONING", "What happens when you send on a nil channel", "Concurrency · level 3", "1 of 3")
	p.until("typing", p.root.interview.typing)
	p.write(good)
	p.press("ctrl+s")
	p.sees("●FOLLOW UP", "1 point open", "↳ 1 of 3", "Suppose every goroutine")
	p.until("typing", p.root.interview.typing)
	p.seesNot("deadlock")
	p.write("The runtime ends the program and says deadlock.")
	p.press("ctrl+s")
	p.sees("Question 1 of 3 is over", "100 excellent", "✓ It blocks forever", "An ideal answer")
	p.write("typed too early")
	p.press("enter")
	p.sees("●QUESTIONING", "What does this print", "2 of 3")
	p.until("typing", p.root.interview.typing)
	p.seesNot("typed too early")
	p.press("ctrl+r")
	p.sees("scores 0")
	p.press("y")
	p.sees("Question 2 of 3 is over", "skipped", "0 poor")
	p.press("enter")
	p.until("typing", p.root.interview.typing)
	p.write("It has a type and a value.")
	p.press("alt+enter")
	p.sees("Question 3 of 3 is over", "enter report")
	p.press("enter")
	p.sees("unprompted", "probed", "Learn next", "Deferred calls run in reverse")
	p.press("enter")
	p.sees("1 of 3 · Concurrency", "Your answer", "Key points")
	p.press("esc", "q")
	p.sees("1 interview")
	if p.room().closed != 1 {
		t.Errorf("the room was closed %d times", p.room().closed)
	}
}

func TestExamRevealsNothing(t *testing.T) {
	p := inInterview(t, newHouse(), func(s *session.Settings) { s.Mode = session.Exam })
	p.sees("exam")
	p.seesNot("ctrl+t hint")
	p.press("ctrl+t")
	p.sees("An exam gives no hints")
	p.write(good)
	p.press("ctrl+s")
	p.seesNot("✓", "open", "69", "is over")
	for turn := 2; ; turn++ {
		onReport := func() bool { _, ok := p.root.screen.(*reportPage); return ok }
		p.until("next turn", func() bool { return onReport() || p.root.interview.snap.Turn == turn && p.root.interview.typing() })
		if onReport() {
			break
		}
		p.write("I do not remember much of that.")
		p.press("ctrl+s")
		p.seesNot("is over", "ideal")
	}
	p.sees("unprompted")
}

func TestDraftComesBack(t *testing.T) {
	h := newHouse()
	p := inInterview(t, h, nil)
	p.write("half a thou")
	p.press("ctrl+c")
	p.until("quit", func() bool { return p.quit })
	if got := p.room().draft(1); got != "half a thou" {
		t.Fatalf("draft %q", got)
	}
	if _, paused := p.room().state(); !paused {
		t.Fatal("leaving does not pause")
	}
	again := newPerson(t, h, nil)
	again.sees("Continue", "Go · question 1 of 3 · paused just now")
	again.press("enter")
	again.sees("half a thou", "saved")
	again.until("resumed", again.root.interview.typing)
	again.write("ght")
	again.sees("half a thought")
	again.until("resumed", func() bool { _, paused := p.room().state(); return !paused })
}

func TestDraftIsSavedWhenTheKeysRest(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.write("one two")
	p.sees("2 words · saving")
	p.until("saved", func() bool { return p.room().draft(1) == "one two" })
	p.sees("2 words · saved")
}

func TestNothingIsLostWhenSendingFails(t *testing.T) {
	h := newHouse()
	p := inInterview(t, h, nil)
	h.failing("Do answer", errors.New("disk full"))
	p.write(good)
	p.press("ctrl+s")
	p.sees("Not sent: disk full; your words are kept, ctrl+s tries again", "blocks forever")
	if p.room().draft(1) != good {
		t.Error("the draft was not saved before sending")
	}
	h.failing("Do answer", nil)
	p.press("ctrl+s")
	p.sees("FOLLOW UP")
}

func TestWordsThatMissTheirTurn(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.write("not sent yet")
	p.room().send(session.Skip{Turn: 1}) // another window
	p.settle()
	p.sees("Question 1 of 3 is over")
	p.press("enter")
	p.sees("ctrl+y brings your words back")
	p.press("ctrl+y")
	p.sees("not sent yet")
}

func TestPendingEvaluation(t *testing.T) {
	h := newHouse()
	h.hold, h.by = true, session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b"}
	p := inInterview(t, h, nil)
	p.write(good)
	p.press("ctrl+s")
	p.sees("●EVALUATING", "gemma3:4b is reading your answer")
	p.room().live <- session.Live{Turn: 1, Phase: "judging", Done: 1, Of: 3, Met: []session.MetPoint{{Text: "It blocks forever", Status: "met"}}}
	p.settle()
	p.sees("✓ It blocks forever", "point 2 of 3")
	p.room().send(session.EvaluationFailed{Turn: 1, Why: "Ollama does not answer at 127.0.0.1:11434", Attempt: 3})
	p.settle()
	p.sees("not judged yet: Ollama does not answer", "r retry", "b built-in", "e end")
	p.press("r")
	p.sees("is reading your answer")
	p.press("b")
	p.sees("Go on with the built-in evaluator?", "no way back")
	p.press("y")
	p.sees("The built-in evaluator is reading")
	p.room().evaluate()
	p.settle()
	p.sees("●FOLLOW UP")
}

func TestPauseAndResume(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.write("so far")
	p.press("ctrl+p")
	p.sees("Paused", "Your words are saved", "enter go on")
	p.until("saved", func() bool { return p.room().draft(1) == "so far" })
	p.write("x")
	p.press("enter")
	p.until("going on", p.root.interview.typing)
	p.seesNot("Paused", "so farx")
	p.sees("so far")
	p.press("ctrl+p")
	p.sees("Paused")
	p.press("q")
	p.sees("Continue")
}

func TestEndAsksFirst(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.press("ctrl+x")
	p.sees("End the interview?")
	p.press("n")
	p.seesNot("End the interview?")
	p.press("ctrl+x", "y")
	p.sees("not assessed", "ended before the last question was over")
}

func TestHints(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.sees("hint 0/2")
	p.press("ctrl+t")
	p.sees("hint 1  Think of a `select`", "hint 1/2")
	p.press("ctrl+t", "ctrl+t")
	p.sees("hint 2", "no more hints")
}

func TestPasteIsNormalised(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.msg(tea.PasteMsg{Content: "one\r\ntwo\rthree\x1b[31m red"})
	if got := p.root.interview.ed.value; got != "one\ntwo\nthree red" {
		t.Errorf("%q", got)
	}
}

func TestLateMessagesAreDropped(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.msg(roomMsg{p.root.interview.visit - 1, eventsMsg{events: []session.Event{{Seq: 99, Data: session.Completed{Outcome: session.Ended}}}}})
	p.sees("●QUESTIONING")
}

func TestLeavingThatFailsSaysSo(t *testing.T) {
	h := newHouse()
	p := inInterview(t, h, nil)
	p.write("words")
	h.failing("SaveDraft", errors.New("disk full"))
	p.press("ctrl+c")
	if p.quit {
		t.Fatal("quit without saving or saying so")
	}
	p.sees("Leaving failed", "ctrl+c again")
	p.press("ctrl+c")
	p.until("quit", func() bool { return p.quit })
}

func TestTooLongAnAnswer(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	p.msg(tea.PasteMsg{Content: strings.Repeat("word ", 4001)})
	p.press("ctrl+s")
	p.sees("20005 of at most 20000 characters", "shorten it by 5")
}

func TestExternalEditor(t *testing.T) {
	path, err := writeTemp("before")
	if err != nil {
		t.Fatal(err)
	}
	p := inInterview(t, newHouse(), nil)
	if err := editorCommand(`printf ' and\tafter' >>`, path).Run(); err != nil {
		t.Fatal(err)
	}
	p.msg(roomMsg{p.root.interview.visit, readTemp(editorClosed{path: path, turn: 1})})
	p.sees("before and", "after")
	p.press("ctrl+s")
	p.sees("●FOLLOW UP")
}

// The event of a command may be on the screen before its answer is here: a key
// pressed in between waits instead of being lost.
func TestAKeyBetweenEventAndAnswerIsNotLost(t *testing.T) {
	p := inInterview(t, newHouse(), nil)
	m := p.root.interview
	m.busy = session.CmdResume
	p.press("ctrl+p")
	if m.queued == nil || m.busy != session.CmdResume {
		t.Fatalf("busy %s, queued %v", m.busy, m.queued)
	}
	if cmd := m.acked(ackMsg{session.CmdResume, 1, nil}); cmd == nil || m.busy != session.CmdPause || m.queued != nil {
		t.Fatalf("busy %s, queued %v", m.busy, m.queued)
	}
}
