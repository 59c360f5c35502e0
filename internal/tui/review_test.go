package tui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

const half = "They run in reverse order, so it prints two, one, zero."

// inInterlude is a person whose first question, about defer, is over: one
// point is met, one is missed.
func inInterlude(t testing.TB, h *house, change func(*session.Settings)) *person {
	t.Helper()
	h.pool = h.pool[1:]
	p := inInterview(t, h, change)
	p.write(half)
	p.press("ctrl+s")
	p.sees("Question 1 of 2 is over")
	return p
}

// atReport is a person in front of the report of an interview that is over.
func atReport(t testing.TB, h *house) *person {
	t.Helper()
	r := played(t, h)
	p := newPerson(t, h, nil)
	p.run(p.root.Update(goReport{r.ID()}))
	p.sees("probed")
	return p
}

func TestMarksInTheInterlude(t *testing.T) {
	p := inInterlude(t, newHouse(), nil)
	p.sees("Your answer", "✓ Deferred calls run in reverse order", "tab point")
	p.press("m")
	p.seesNot("you:")
	p.press("tab")
	p.sees("▸ ✓ Deferred calls")
	p.press("tab", "m")
	p.sees("▸ ✗ The arguments are evaluated", "you: ✓ met", "m mark partial")
	p.press("m", "m")
	p.sees("you: ✗ missed", "m mark met")
	p.press("m")
	p.until("on disk", func() bool { return len(p.room().iv.Marks) == 1 && p.room().iv.Marks[0].Status == rubric.Met })
	if got := p.room().iv.Results[0].Final.Value; got != 50 {
		t.Errorf("a mark touched the first score: %v", got)
	}
	p.press("ctrl+x", "y")
	p.sees("with your own marks 100")
}

func TestAMarkThatFailsIsTakenBack(t *testing.T) {
	h := newHouse()
	p := inInterlude(t, h, nil)
	h.failing("Do mark", errors.New("disk full"))
	p.press("tab", "m")
	p.sees("could not keep your mark: disk full")
	p.seesNot("you:")
}

func TestMarksThatComeFastGoInOrder(t *testing.T) {
	n := 0
	var sent []session.Command
	o := &outbox{newID: func() string { n++; return string(rune('a' + n)) }}
	o.do = func(e session.Envelope) tea.Cmd {
		sent = append(sent, e.Command)
		return nil
	}
	mark := func(s rubric.Status) session.Mark { return session.Mark{Question: 1, Point: "p", Status: s} }
	o.send(mark(rubric.Met))
	o.send(mark(rubric.Partial))
	o.send(mark(rubric.Missed))
	if got := markOf(o.marks(1, nil), "p"); got != rubric.Missed {
		t.Errorf("shown: %q", got)
	}
	o.answered(nil)
	o.answered(nil)
	if len(sent) != 2 || sent[0] != mark(rubric.Met) || sent[1] != mark(rubric.Missed) || len(o.queue) != 0 {
		t.Errorf("sent %v, left %v", sent, o.queue)
	}
	o.send(mark(rubric.Partial))
	id := o.queue[0].ID
	o.answered(errors.New("no"))
	if got := o.marks(1, []session.MarkedPoint{{Question: 1, Point: "p", Status: rubric.Missed}}); markOf(got, "p") != rubric.Missed {
		t.Errorf("a refused mark is shown: %v", got)
	}
	if o.send(mark(rubric.Partial)); o.queue[0].ID != id {
		t.Error("trying again has another id, so it could be done twice")
	}
}

func TestDisputeInTheInterlude(t *testing.T) {
	h := newHouse()
	p := inInterlude(t, h, nil)
	h.failing("Do dispute", errors.New("disk full"))
	p.press("tab", "tab", "d")
	p.sees("Why is this verdict wrong?", "enter send  esc leave", "▸ ✗ The arguments")
	p.write("I said it m")
	p.press("esc")
	p.seesNot("Why is")
	p.press("d")
	p.sees("I said it m")
	p.write("yself.")
	p.press("enter")
	p.sees("could not keep your dispute: disk full", "I said it myself.")
	h.failing("Do dispute", nil)
	p.press("enter")
	p.sees("disputed: “I said it myself.”")
	p.seesNot("Why is")
	d := p.room().iv.Disputes
	if len(d) != 1 || d[0].Point != "argument" || d[0].Question != 1 {
		t.Errorf("%+v", d)
	}
}

func TestAnEmptyDisputeIsNone(t *testing.T) {
	p := inInterlude(t, newHouse(), nil)
	p.press("tab", "d", "enter")
	p.seesNot("Why is")
	if d := p.room().iv.Disputes; len(d) != 0 {
		t.Errorf("%+v", d)
	}
}

// believed is a person whose answer held a misconception, and could not be
// assessed on one point.
func believed(t testing.TB, ascii bool) *person {
	t.Helper()
	h := newHouse()
	h.hold = true
	h.pool = h.pool[1:]
	h.pool[0].Misconceptions = []rubric.Misconception{{ID: "order", Point: "Deferred calls run in the order they are written", Penalty: 20}}
	p := startedIn(t, h, ascii)
	p.write(half)
	p.press("ctrl+s")
	r := p.room()
	quote := rubric.Evidence{Answer: 1, Start: 0, End: 25, Quote: half[:25]}
	r.send(session.Evaluated{Turn: 1, By: h.by, Judgement: session.Judgement{
		Verdicts: []rubric.Verdict{
			{Point: "reverse", Status: rubric.Met, Evidence: []rubric.Evidence{quote}},
			{Point: "argument", Status: rubric.CannotAssess, Reason: rubric.ReasonUnclear},
		},
		Held:     []rubric.Held{{ID: "order", Penalty: 20, Evidence: quote}},
		Feedback: "You covered 1 of 2 points. Look at the arguments.",
	}})
	p.sees("is over")
	return p
}

func TestDisputeAMisconception(t *testing.T) {
	p := believed(t, false)
	p.sees("30–80", "? The arguments are evaluated", "on topic, but neither for nor against", "belief: Deferred calls run in the order")
	p.press("tab", "tab", "tab")
	p.sees("▸ ✗ belief")
	p.seesNot("m mark")
	p.press("m", "d")
	p.write("I never said so.")
	p.press("enter")
	p.sees("disputed: “I never said so.”")
	if iv := p.room().iv; len(iv.Marks) != 0 || len(iv.Disputes) != 1 || iv.Disputes[0].Point != "order" {
		t.Errorf("%+v %+v", iv.Marks, iv.Disputes)
	}
}

func TestTheTallyIsSaidOnce(t *testing.T) {
	p := believed(t, false)
	p.sees("Look at the arguments.")
	p.seesNot("You covered")
	for in, want := range map[string]string{
		"You covered 1 of 4 points.":               "",
		"You covered 1 of 1 point. Strong: x.":     "Strong: x.",
		"You covered the main idea. Good.":         "You covered the main idea. Good.",
		"2 of 4 sides of your story are there; ok": "2 of 4 sides of your story are there; ok",
	} {
		if got := feedback(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestMarkAndDisputeInAReport(t *testing.T) {
	h := newHouse()
	p := atReport(t, h)
	p.press("down", "enter")
	p.sees("2 of 3 · Errors")
	closed := p.room().closed
	p.press("tab", "tab", "m")
	p.sees("you: ✓ met", "With your own marks the interview scores 94.")
	p.press("d")
	p.msg(tea.PasteMsg{Content: "It is said\r\nbetween the lines."})
	p.press("enter")
	p.sees("disputed: “It is said between the lines.”", "you: ✓ met")
	if p.room().closed != closed+2 {
		t.Errorf("the interview was opened for two commands and closed %d times", p.room().closed-closed)
	}
	p.press("esc")
	p.sees("with your own marks 94")
	h.failing("Open", errors.New("locked"))
	p.press("enter", "tab", "m")
	p.sees("could not keep your mark: locked")
	if got := p.room().iv.Marks; len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAReportIsLeftWhenItsMarksAreOnDisk(t *testing.T) {
	h := newHouse()
	p := atReport(t, h)
	page := p.root.screen.(*reportPage)
	page.out.queue = []session.Envelope{{ID: "x", Command: session.Mark{Question: 1, Point: "forever", Status: rubric.Met}}}
	p.press("ctrl+c")
	if p.quit {
		t.Fatal("quit before the mark was on disk")
	}
	p.run(p.root.Update(reportMsg{page.visit, reportRemarked{reportRead: reportRead{report: page.report}}}))
	p.until("quit", func() bool { return p.quit })
}

func TestLevelsOfABehavioralQuestion(t *testing.T) {
	p := behavioral(t, false)
	p.sees("◐ Decision  level 2 of 5", "“I made the decision to cut the export myself”",
		"level 0: No action", "for level 3: Says what they personally did")
	p.press("enter")
	p.sees("Learn next")
	p.press("enter")
	p.sees("level 2 of 5", "level 0 of 5")
}

func TestEvidenceWithoutColour(t *testing.T) {
	p := inInterlude(t, newHouse(), nil)
	if got := p.frame(); !strings.Contains(withoutColor(got), "\x1b[4m") {
		t.Errorf("no underline is left of\n%q", withoutColor(got))
	}
	p = believed(t, true)
	p.sees("_They run in reverse order_, so it prints")
}

func TestTheClockStandsWhileAnInterludeIsRead(t *testing.T) {
	h := newHouse()
	p := inInterlude(t, h, func(s *session.Settings) { s.TimeLimit = 2 * time.Minute })
	p.until("paused", func() bool { _, paused := p.room().state(); return paused && p.root.interview.snap.Paused })
	p.seesNot("Paused")
	h.pass(time.Hour)
	p.press("ctrl+p")
	p.sees("Paused", "02:00")
	p.press("enter")
	p.seesNot("Paused")
	if _, paused := p.room().state(); !paused {
		t.Error("the clock runs under the interlude")
	}
	p.press("enter")
	p.until("typing", func() bool { _, paused := p.room().state(); return !paused && p.root.interview.typing() })
	p.sees("02:00 left", "When is an interface")
	p.write("quiet")
	p.sees("quiet")
}

func TestAWarningBeforeTheTimeIsUp(t *testing.T) {
	h := newHouse()
	p := inInterview(t, h, func(s *session.Settings) { s.TimeLimit = 5 * time.Minute })
	tick := func() { p.msg(roomMsg{p.root.interview.visit, ticked{}}) }
	h.pass(3 * time.Minute)
	tick()
	p.sees("02:00 left")
	p.seesNot("left!", "goes in as it is")
	h.pass(time.Minute)
	tick()
	p.sees("01:00 left!", "01:00 left. Then what you have written goes in as it is.")
	h.pass(5 * time.Second)
	p.press("x")
	tick()
	p.sees("00:55 left!")
	p.seesNot("goes in as it is")
}

func TestTheClockGoesOnAfterAPause(t *testing.T) {
	h := newHouse()
	p := inInterview(t, h, nil)
	h.pass(192 * time.Second)
	p.press("ctrl+p")
	p.sees("Paused", "03:12")
	h.pass(time.Hour)
	again := newPerson(t, h, func(o *Options) { o.Room = p.room() })
	again.until("typing", again.root.interview.typing)
	again.sees("03:12")
}

func TestSkippedWordsComeBack(t *testing.T) {
	h := newHouse()
	h.pool = h.pool[1:]
	p := inInterview(t, h, nil)
	p.write("half an answer")
	p.press("ctrl+r")
	p.sees("What you have written is not handed in; ctrl+y")
	p.press("y")
	p.sees("is over")
	p.press("enter")
	p.until("typing", p.root.interview.typing)
	p.press("ctrl+y")
	p.sees("half an answer")
}

func TestHelpOfEveryScreen(t *testing.T) {
	p := inInterlude(t, newHouse(), nil)
	p.press("f1")
	p.sees("next question", "choose a point", "dispute its verdict", "pause")
	p.press("x", "?")
	p.sees("choose a point")
	p = atReport(t, newHouse())
	p.press("?")
	p.sees("ask this question once more", "a new interview like this one", "export the report")
	p.press("x", "enter", "?")
	p.sees("every answer to this question", "dispute its verdict", "back to the report")
	p.press("x", "h", "?")
	p.sees("back to the question")
}
