package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

func TestExport(t *testing.T) {
	h := newHouse()
	var wrote []string
	fail := errors.New("read-only folder")
	r := played(t, h)
	p := newPerson(t, h, func(o *Options) {
		o.Export = func(_ context.Context, id, format string) (string, error) {
			if fail != nil {
				return "", fail
			}
			wrote = append(wrote, id+"."+format)
			return "elios-report." + format, nil
		}
	})
	p.run(p.root.Update(goReport{r.ID()}))
	p.sees("probed")
	p.press("e")
	p.sees("Export", "▸ txt", "Markdown", "html", "enter write")
	p.press("esc")
	p.seesNot("enter write")
	p.press("e", "down", "enter")
	p.sees("could not be written: read-only folder")
	fail = nil
	p.press("e", "down", "enter")
	p.sees("Written: elios-report.md")
	if len(wrote) != 1 || wrote[0] != r.ID()+".md" {
		t.Errorf("%v", wrote)
	}
}

func TestOneQuestionAgain(t *testing.T) {
	h := newHouse()
	p := again(t, h)
	p.sees("Go · 1 question", "100  excellent", "Asked again: question 2 of ", "then 50 → now 100")
	p.press("n")
	p.sees("Practise")
	if s := p.root.screen.(*setup); s.settings.Again != nil {
		t.Error("a new interview is linked to the old one")
	}
}

// again is a person who asked a question of a report once more and did better.
func again(t testing.TB, h *house) *person {
	t.Helper()
	p := atReport(t, h)
	p.press("down", "a")
	p.sees("●QUESTIONING", "What does this print", "1 of 1")
	p.until("typing", p.root.interview.typing)
	p.write("They run in reverse order. Each argument is evaluated at once.")
	h.pass(time.Minute)
	p.press("ctrl+s")
	p.sees("Question 1 of 1 is over", "enter report")
	p.press("enter")
	p.sees("probed")
	return p
}

func TestAgainThatFails(t *testing.T) {
	h := newHouse()
	p := atReport(t, h)
	h.failing("Again", errors.New("locked"))
	p.press("a")
	p.sees("could not be asked again: locked")
	h.failing("Again", nil)
	p.press("a")
	p.sees("●QUESTIONING", "nil channel")
}

func TestAQuestionOutOfSightIsNotAskedAgain(t *testing.T) {
	h := newHouse()
	p := atReport(t, h)
	p.resize(40, 12)
	p.seesNot("▸")
	p.press("a")
	p.sees("▸", "a asks the chosen question")
	if len(h.rooms) != 1 {
		t.Error("a question was asked again unseen")
	}
	p.press("a")
	p.sees("QUESTIONING")
}

func TestTheEarlierInterviewMayBeGone(t *testing.T) {
	h := newHouse()
	p := again(t, h)
	if err := h.Delete(context.Background(), h.rooms[0].ID()); err != nil {
		t.Fatal(err)
	}
	p.run(p.root.Update(goReport{h.rooms[0].ID()}))
	p.sees("the earlier interview is no longer there")
}

func TestEarlierAnswersInTheReport(t *testing.T) {
	h := newHouse()
	p := again(t, h)
	p.press("enter", "h")
	p.sees("Every answer to this question", "2 answers", "50 mixed")
	p.press("end")
	p.sees("this report", "100 excellent", "✗ → ✓ The arguments are evaluated")
	p.seesNot("✓ → ✓")
	p.resize(120, 40)
	side := func() bool {
		for _, l := range strings.Split(p.text(), "\n") {
			if strings.Contains(l, "50 mixed") && strings.Contains(l, "100 excellent") {
				return true
			}
		}
		return false
	}
	if !side() {
		t.Errorf("not side by side:\n%s", p.text())
	}
	p.press("esc")
	p.sees("Key points")
	h.failing("Attempts", errors.New("locked"))
	p.press("h")
	p.sees("could not be read: locked", "Key points")
}

func TestTheOnlyAnswer(t *testing.T) {
	p := atReport(t, newHouse())
	p.press("enter", "h")
	p.sees("This was your first answer to it.", "1 answer")
}

func TestAnExamKeepsEverythingToTheEnd(t *testing.T) {
	h := newHouse()
	p := inInterview(t, h, func(s *session.Settings) { s.Mode, s.TimeLimit = session.Exam, time.Minute })
	p.write(good)
	h.hold = true
	p.press("ctrl+s")
	p.until("evaluating", func() bool { return p.root.interview.snap.State == session.Evaluating })
	p.room().live <- session.RedactLive(session.Exam, session.Live{Turn: 1, Done: 2, Of: 3, Met: met(p.room())})
	p.sees("point 3 of 3")
	p.seesNot("✓", "blocks forever\"", "“")
	if strings.Contains(p.frame(), p.root.evidence.Render("A send")) {
		t.Error("evidence is marked in an exam")
	}
	p.room().evaluate()
	p.sees("●FOLLOW UP")
	p.seesNot("✓", "open", "83")
	p.press("f1")
	p.seesNot("hint")
	p.press("x")
	p.room().send(session.Skip{Turn: 2})
	p.sees("2 of 3")
	p.seesNot("is over", "✓")
	if _, err := h.Report(context.Background(), p.room().ID()); session.KindOf(err) != session.InvalidState {
		t.Errorf("a report in the middle of an exam: %v", err)
	}
}
