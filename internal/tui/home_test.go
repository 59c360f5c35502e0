package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

func TestHomeTellsOfTheLatestBank(t *testing.T) {
	p := newPerson(t, busyHouse(t), nil)
	p.sees("Continue", "Databases & storage · question 1 of 3 · paused 1 h ago", "8 interviews · last 94 in Go ▁▃▃▅█")
}

func TestScoresOfAnotherMajorVersionAreNotJoined(t *testing.T) {
	h := newHouse()
	finished(t, h, session.Settings{Bank: "go"}, 0)
	h.pass(time.Hour)
	h.banks[0].Version = "2.0.0"
	finished(t, h, session.Settings{Bank: "go"}, 3)
	p := newPerson(t, h, nil)
	p.sees("2 interviews · last 94 in Go")
	p.seesNot("█", "▁")
}

func TestDoctorNeverHoldsTheScreen(t *testing.T) {
	answer := make(chan string)
	p := newPerson(t, newHouse(), func(o *Options) {
		o.Doctor = func(ctx context.Context) string {
			select {
			case s := <-answer:
				return s
			case <-ctx.Done():
				return ""
			}
		}
	})
	p.sees("Doctor       …")
	p.press("down", "down", "down")
	p.sees("▸ Doctor")
	answer <- "Ollama is running:\x1b[31m gemma3:4b can judge your answers"
	p.sees("Ollama is running: gemma3:4b can judge your answers")
	p.press("enter")
	p.sees("Doctor       …")
	answer <- "Ollama has gone"
	p.sees("Ollama has gone")
}

func TestTheSameAgain(t *testing.T) {
	h := newHouse()
	p := newPerson(t, h, func(o *Options) { o.Settings.IdleAfter = time.Hour })
	p.sees("no interviews yet")
	p.seesNot("the same again")
	p.press("s")
	p.sees("no interview to repeat yet")

	two := 2
	finished(t, h, session.Settings{Bank: "go", Count: 2, Seed: 7, MinLevel: 2, Topics: []string{"conc"}, FollowUps: &two, TimeLimit: time.Hour}, 1)
	finished(t, h, session.Settings{Bank: "go", Count: 1, Again: &session.Link{Interview: h.rooms[0].iv.ID, Question: 1}}, 1)
	p = newPerson(t, h, func(o *Options) { o.Settings.IdleAfter = time.Hour })
	p.sees("s the same again", "s: Go again")
	p.press("s")
	p.sees("●QUESTIONING", "1 of 2")
	s := p.room().iv.Settings
	if s.Count != 2 || s.Seed != 0 || s.Again != nil || s.MinLevel != 2 || *s.FollowUps != 2 || s.TimeLimit != time.Hour || s.IdleAfter != time.Hour {
		t.Errorf("%+v", s)
	}
}

func TestTheSameAgainOfABankThatIsGone(t *testing.T) {
	h := newHouse()
	finished(t, h, session.Settings{Bank: "go"}, 1)
	p := newPerson(t, h, nil)
	p.sees("the same again")
	h.failing("Create", session.Errorf(session.NotFound, "there is no bank %q", "go"))
	p.press("s")
	p.sees(`No interview yet: there is no bank "go"; Practise lets you choose anew`)
	p.resize(40, 12)
	p.sees("there is no", "lets you choose anew", "? help") // all of a long note
	h.failing("Create", nil)
	p.press("s")
	p.sees("QUESTIONING")
}

func TestHomeReadsAgain(t *testing.T) {
	h := busyHouse(t)
	h.failing("List", errors.New("disk gone"))
	p := newPerson(t, h, nil)
	p.sees("Not everything could be read: disk gone; r tries again", "2 banks, 42 questions")
	h.failing("List", nil)
	p.press("r")
	p.sees("8 interviews")
	p.seesNot("disk gone")
}

func TestHelpOfEveryPage(t *testing.T) {
	h := busyHouse(t)
	for name, keys := range map[string][]string{
		"home": nil, "setup": {"down", "enter"}, "history": {"down", "down", "enter"}, "banks": {"down", "down", "down", "enter"},
		"bank": {"down", "down", "down", "enter", "enter"}, "question": {"down", "down", "down", "enter", "enter", "enter"},
		"attempts": {"down", "down", "down", "enter", "enter", "enter", "e"},
	} {
		for _, help := range []string{"?", "f1"} {
			p := newPerson(t, h, nil)
			p.sees("Continue", "42 questions")
			p.walk(keys...)
			before := p.text()
			p.press(help)
			p.sees("any key closes this", "esc")
			p.resize(40, 12)
			p.sees("any key closes this")
			p.resize(80, 24)
			p.press("q")
			if p.text() != before {
				t.Errorf("%s is another page after its help\n%s", name, p.text())
			}
		}
	}
}

func TestEscGoesOnePageBack(t *testing.T) {
	h := busyHouse(t)
	p := newPerson(t, h, nil)
	p.sees("Continue", "42 questions")
	p.walk("down", "down", "down", "enter")
	p.sees("Databases & storage")
	p.walk("enter")
	p.sees("topic: all")
	p.walk("down", "enter")
	p.sees("What does this print", "Answered 7 times")
	p.walk("h")
	p.sees("Earlier answers", "7 answers")
	p.walk("down", "enter")
	p.sees("unprompted")
	p.walk("esc")
	p.sees("Earlier answers")
	p.walk("esc")
	p.sees("2 of 3")
	p.walk("p")
	p.sees("Time limit")
	p.walk("esc")
	p.sees("2 of 3")
	p.walk("esc")
	p.sees("topic: all")
	p.walk("esc")
	p.sees("enter questions")
	p.walk("esc")
	p.sees("▸ Banks")
	p.walk("esc")
	if !p.quit {
		t.Error("esc at home does not quit")
	}
}

func TestAnInterviewComesHome(t *testing.T) {
	p := newPerson(t, busyHouse(t), nil)
	p.sees("Continue")
	p.walk("down", "down", "enter")
	p.sees("enter go on")
	p.press("enter")
	p.sees("nil channel")
	p.until("resumed", p.root.interview.typing)
	p.press("ctrl+p")
	p.sees("Paused")
	p.press("q")
	p.sees("Continue", "Practise")
}

// TestStrangeTitlesKeepTheLayout gives banks, topics and interviews titles in
// other scripts; every frame is held to the terminal's lines and columns.
func TestStrangeTitlesKeepTheLayout(t *testing.T) {
	for _, title := range []string{
		"データベースとストレージの面接問題集", "👩‍💻 Go 🚀 émigré e\u0301", "أسئلة المقابلة في قواعد البيانات", "שאלות \u202eראיון\u202c", "a\x1b[31mb\tc\nd", strings.Repeat("W", 200), "",
	} {
		h := newHouse()
		h.banks[0].Title, h.banks[0].Description, h.banks[0].License = title, title+" "+title, title
		h.banks[0].Topics[0].Title = title
		for i := range h.pool {
			h.pool[i].TopicTitle, h.pool[i].Ask = title, title+"\n\n"+title
		}
		finished(t, h, session.Settings{Bank: "go"}, 2)
		finished(t, h, session.Settings{Bank: "go"}, 1)
		for _, size := range sizes {
			for _, keys := range [][]string{
				{},
				{"enter", "down", "space"},
				{"down", "enter", "t", "x"},
				{"down", "down", "enter"},
				{"down", "down", "enter", "enter", "t"},
				{"down", "down", "enter", "enter", "enter", "?"},
				{"down", "down", "enter", "enter", "enter", "e"},
			} {
				p := newPerson(t, h, doctor(title))
				p.resize(size[0], size[1])
				p.sees("2 interviews")
				p.walk(keys...)
				p.seesNot("\x1b[31m", "\u202e")
			}
		}
	}
}
