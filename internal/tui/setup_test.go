package tui

import (
	"errors"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// inSetup is a person before the setup page, by way of Practise.
func inSetup(t testing.TB, h *house, change func(*Options)) *person {
	t.Helper()
	p := newPerson(t, h, change)
	p.sees("42 questions")
	for i := range 2 {
		if i == 1 {
			p.walk("down") // past Continue
		}
		p.walk("enter")
		if _, ok := p.root.screen.(*setup); ok {
			break
		}
	}
	p.sees("Time limit", "fit")
	return p
}

func (p *person) setup() session.Settings { return p.root.screen.(*setup).settings }

func TestSetupBeginsWithTheConfiguration(t *testing.T) {
	p := inSetup(t, newHouse(), func(o *Options) {
		o.Settings = session.Settings{Count: 0, Mode: session.Exam, TimeLimit: 4 * time.Minute, Evaluator: "builtin"}
	})
	p.sees("Questions      all   3 fit", "4 min", "exam", "built-in")
}

func TestSetupRemembersTheLastChoice(t *testing.T) {
	h := newHouse()
	one := 1
	last := session.Settings{Bank: "db", Count: 2, MinLevel: 2, MaxLevel: 3, FollowUps: &one, TimeLimit: 10 * time.Minute, Mode: session.Exam, Evaluator: "builtin", Seed: 9}
	finished(t, h, last, 1)
	finished(t, h, session.Settings{Bank: "go", Count: 1, Again: &session.Link{Interview: h.rooms[0].iv.ID, Question: 1}}, 1)
	p := inSetup(t, h, func(o *Options) { o.Settings = session.Settings{Count: 5, Mode: session.Practice} })
	p.sees("Databases & storage", "2–3", "Questions      2", "10 min", "exam", "built-in", "1   at most")
	if p.setup().Seed != 0 {
		t.Error("the seed would draw the same questions")
	}
	p.walk("esc", "down", "down", "enter")
	p.sees("enter questions")
	p.walk("p") // Go was never practised but for a question again
	p.sees("Questions      5", "off")
	p.walk("esc", "down", "p")
	p.sees("10 min", "exam")
}

func TestSetupForgetsABankThatIsGone(t *testing.T) {
	h := newHouse()
	r := finished(t, h, session.Settings{Bank: "go", Count: 2, Topics: []string{"conc"}}, 1)
	r.iv.Settings.Bank = "from-a-path"
	p := inSetup(t, h, nil)
	p.sees("‹ Go ›", "Questions      2", "all 3")
}

func TestSetupWithAPath(t *testing.T) {
	h := newHouse()
	h.banks = append(h.banks, session.BankInfo{})[:2]
	p := newPerson(t, h, func(o *Options) { o.Settings = session.Settings{Bank: "./mine.yaml"} })
	p.sees("42 questions")
	p.press("enter")
	p.sees("‹ ./mine.yaml ›", "3 fit")
	p.press("enter")
	p.sees("●QUESTIONING")
	if got := p.room().iv.Settings.Bank; got != "./mine.yaml" {
		t.Errorf("bank %q", got)
	}
}

func TestSetupFields(t *testing.T) {
	p := inSetup(t, newHouse(), func(o *Options) { o.Evaluators = []string{"auto", "builtin", "ollama"} })
	p.press("down", "space")
	p.sees("Concurrency", "only 1 fit")
	p.press("right", "space")
	p.sees("Concurrency, Interfaces", "only 2 fit")
	p.press("down", "right", "right")
	p.sees("1–2", "none fits")
	p.press("enter")
	p.sees("No question fits: choose more topics or other levels.")
	p.press("right", "right", "right")
	p.sees("‹ 3 ›", "only 2 fit")
	p.press("down", "1", "2", "backspace")
	p.sees("‹ 1 ›", "2 fit")
	p.press("left")
	p.sees("‹ all ›")
	p.press("right", "right")
	p.sees("‹ 2 ›")
	p.press("down", "left", "down")
	for _, want := range []string{"1 min", "2 min", "3 min", "5 min", "10 min"} {
		p.press("right")
		p.sees("‹ " + want + " ›")
	}
	p.press("+")
	p.sees("‹ 10 min 30 s ›", "+- a little")
	p.press("right")
	p.sees("‹ 15 min ›")
	p.press("-", "left")
	p.sees("‹ 10 min ›")
	p.press("7")
	p.sees("‹ 7 min ›")
	p.press("left")
	p.sees("‹ 5 min ›")
	p.press("down", "space", "down", "right", "right")
	p.sees("exam", "‹ ollama ›")
	p.press("enter")
	p.sees("exam", "1 of 2")
	s := p.room().iv.Settings
	if len(s.Topics) != 2 || s.MinLevel != 3 || s.MaxLevel != 3 || s.Count != 2 || *s.FollowUps != 3 || s.TimeLimit != 5*time.Minute || s.Mode != session.Exam || s.Evaluator != "ollama" {
		t.Errorf("%+v", s)
	}
}

func TestSetupInASmallTerminal(t *testing.T) {
	h := newHouse()
	for _, name := range []string{"One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"} {
		h.banks[0].Topics = append(h.banks[0].Topics, session.TopicInfo{ID: name, Title: name + " and a long title"})
	}
	p := inSetup(t, h, nil)
	p.resize(40, 12)
	p.press("down")
	for range 11 {
		p.press("right")
	}
	p.sees("‹[ ] Nine and a long")
	p.press("end")
	p.sees("▸ Evaluator", "Mode")
	p.press("home")
	p.sees("▸ Bank")
}

func TestKeysBeforeTheBanksCount(t *testing.T) {
	h := newHouse()
	p := newPerson(t, h, nil)
	m := newPractice(p.root.env, p.root.visit(), "")
	load := p.root.show(m)
	for _, k := range []string{"down", "down", "down", "4", "enter"} {
		p.run(p.root.Update(press(k)))
	}
	if m.creating {
		t.Fatal("created without a bank")
	}
	p.run(load)
	p.sees("●QUESTIONING", "1 of 3")
	if got := p.room().iv.Settings.Count; got != 4 {
		t.Errorf("count %d", got)
	}
}

func TestSetupSaysWhatToDo(t *testing.T) {
	h := newHouse()
	h.failing("Questions", errors.New("bank go: line 3 is broken"))
	p := newPerson(t, h, nil)
	p.sees("42 questions")
	p.press("enter")
	p.sees("The bank could not be read: bank go: line 3 is broken; choose another")
	h.failing("Create", errors.New("disk full"))
	p.press("enter")
	p.sees("No interview yet: disk full")
}

func TestSetupBeginsWithTheFirstBank(t *testing.T) {
	p := newPerson(t, newHouse(), func(o *Options) { o.FirstBank = "db" })
	p.press("enter")
	p.sees("Databases & storage")
	p.seesNot("‹ Go ›")
}
