package tui

import (
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/session"
)

func plain(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = ansi.Strip(l)
	}
	return out
}

// inBanks is a person before the banks, without any interview.
func inBanks(t testing.TB, h *house) *person {
	t.Helper()
	p := newPerson(t, h, nil)
	p.sees("42 questions")
	p.walk("end", "enter")
	p.sees("enter questions")
	return p
}

func TestBanksTellAboutThemselves(t *testing.T) {
	h := newHouse()
	h.banks[0].License = "CC-BY-4.0"
	p := inBanks(t, h)
	p.sees("24 questions", "levels 1–4", "96 cases", "licence CC-BY-4.0", "language en", "version 1.0.0", "built-in", "as they come up in interviews")
	p.walk("down")
	p.sees("18 questions", "untested · levels 2–3 · user")
	p.walk("p")
	p.sees("‹ Databases & storage ›")
}

func TestQuestionsOfABank(t *testing.T) {
	p := inBanks(t, newHouse())
	p.walk("enter")
	p.sees("3 questions · 96 cases", "3 ✓ Concurrency", "code-reading", "What happens when you send on a nil chan…")
	p.seesNot("**")
	p.walk("t", "t")
	p.sees("topic: Errors", "1 of 3 questions", "What does this print")
	p.seesNot("nil channel")
	p.walk("v")
	p.sees("level: 2")
	p.walk("v")
	p.sees("No question fits: t and v choose others.")
	p.walk("enter", "down")
	p.sees("No question fits")
	p.walk("T", "T", "v")
	p.sees("topic: all", "level: all", "nil chan…")
	p.walk("p")
	p.sees("‹ Go ›", "3 fit")
}

// TestAQuestionShowsNoRubric opens every question: what a good answer is must
// never be on the screen.
func TestAQuestionShowsNoRubric(t *testing.T) {
	h := newHouse()
	p := inBanks(t, h)
	p.walk("enter", "enter")
	p.sees("1 of 3", "Concurrency · level 3 · open · 3 key points · 2 hints · tested with 6 cases")
	for range h.pool {
		p.seesNot("blocks forever", "reverse order", "type and a value", "Think of a", "The Go specification", "earlier answers")
		p.walk("right")
	}
	p.sees("3 of 3", "1 key point · 0 hints")
	p.walk("left")
	p.sees("2 of 3", "for i := range 3 {")
	p.walk("h")
	p.sees("You have not answered this question yet.")
	p.walk("r")
	p.resize(40, 12)
	p.sees("lines below")
	p.walk("end")
	p.sees("tested with 6 cases")
	p.walk("home", "pgdown", "up", "space")
	p.sees("tested with 6 cases")
}

func TestEarlierAnswers(t *testing.T) {
	h := newHouse()
	finished(t, h, session.Settings{Bank: "go"}, 0)
	finished(t, h, session.Settings{Bank: "go"}, 1)
	p := inBanks(t, h)
	p.walk("enter", "enter")
	p.sees("Answered 2 times, last 4 min ago: 83 good", "h earlier")
	p.walk("h")
	p.sees("Earlier answers", "2 answers")
	lines := strings.Split(p.text(), "\n")
	if !strings.Contains(lines[4], "83 good") || !strings.Contains(lines[5], "0 poor") {
		t.Errorf("the latest is not first:\n%s", p.text())
	}
	p.walk("end", "enter")
	p.sees("unprompted")
	if m := p.root.screen.(*reportPage); m.id != h.rooms[0].iv.ID {
		t.Errorf("the report of %s", m.id)
	}
}

func TestBanksThatCannotBeRead(t *testing.T) {
	h := newHouse()
	p := inBanks(t, h)
	h.failing("Questions", errors.New("bank go: no such file"))
	p.walk("enter")
	p.sees("The questions could not be read: bank go: no such file; r tries again")
	h.failing("Questions", nil)
	p.walk("r")
	p.sees("nil chan…")
	h.failing("Attempts", errors.New("disk gone"))
	p.press("enter")
	p.sees("Earlier answers could not be read: disk gone; r tries again")
	p.walk("esc", "esc")
	h.failing("Banks", errors.New("permission denied"))
	p.walk("r")
	p.sees("The banks could not be read: permission denied; r tries again", "Databases")
	h.banks = nil
	h.failing("Banks", nil)
	p.walk("r")
	p.sees("No banks could be found. elios bank list says why")
}

// TestEarlierAnswersThatTakeLong asks for them before they are read.
func TestEarlierAnswersThatTakeLong(t *testing.T) {
	h := newHouse()
	finished(t, h, session.Settings{Bank: "go"}, 1)
	p := inBanks(t, h)
	p.walk("enter", "enter")
	m := p.root.screen.(*questionPage)
	late := m.turnTo(0)
	p.root.Update(press("h"))
	p.sees("Looking for earlier answers …")
	p.run(late)
	p.sees("1 answer")
}
