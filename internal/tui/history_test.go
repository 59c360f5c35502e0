package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// inHistory is a person before the history of a house with an open interview.
func inHistory(t testing.TB, h *house, change func(*Options)) *person {
	t.Helper()
	p := newPerson(t, h, change)
	p.sees("Continue", "42 questions")
	p.walk("down", "down", "enter")
	p.until("the history", func() bool {
		_, there := p.root.screen.(*history)
		return there && p.pageIsRead()
	})
	return p
}

func TestHistoryFilters(t *testing.T) {
	h := busyHouse(t)
	p := inHistory(t, h, nil)
	p.sees("9 interviews", "5 interviews", "2 interviews", "asked again", "open, at 1 of 3")
	p.walk("b")
	p.sees("bank: Databases & sto…", "3 interviews")
	p.walk("b")
	p.sees("bank: Go", "6 interviews", "Concurrency", "Interfaces")
	p.seesNot("Databases")
	p.walk("t")
	p.sees("topic: Concurrency", "6 interviews")
	p.seesNot("Interfaces")
	p.walk("w")
	p.sees("when: 7 days", "1 interview\n")
	p.walk("w", "w")
	p.sees("when: 365 days", "6 interviews")
	p.walk("W", "W", "W", "T")
	p.sees("when: all time", "topic: all")
	p.walk("B", "B")
	p.sees("bank: all", "9 interviews")
	last := h.asked[len(h.asked)-1]
	if (last != session.Filter{}) {
		t.Errorf("%+v", last)
	}
}

func TestHistoryFilterThatFitsNothing(t *testing.T) {
	h := busyHouse(t)
	h.pass(30 * 24 * time.Hour)
	p := inHistory(t, h, nil)
	p.walk("w")
	p.sees("No interview fits: b, t and w choose others.", "0 interviews")
	p.walk("enter", "x", "down", "end")
	p.sees("No interview fits")
	p.walk("W")
	p.sees("9 interviews")
}

func TestTopicsAreThoseOfTheBank(t *testing.T) {
	h := busyHouse(t)
	for _, r := range h.rooms {
		if r.iv.Bank.ID == "db" {
			r.iv.Questions = slices.Clone(r.iv.Questions)
			for i, q := range r.iv.Questions { // which the others share
				stored := *q
				stored.TopicTitle = "Storage"
				r.iv.Questions[i] = &stored
			}
		}
	}
	p := inHistory(t, h, nil)
	p.walk("b")
	p.sees("bank: Databases")
	p.walk("t")
	p.sees("topic: Storage")
	p.walk("t")
	p.sees("topic: all")
	p.walk("t", "b")
	p.sees("bank: Go", "topic: all")
}

func TestALateListIsDropped(t *testing.T) {
	p := inHistory(t, busyHouse(t), nil)
	late := p.root.screen.(*history).Init() // of all banks
	p.walk("b", "b")
	p.sees("bank: Go", "6 interviews")
	p.run(late)
	p.sees("bank: Go", "6 interviews")
}

func TestDeleteAsksFirst(t *testing.T) {
	h := busyHouse(t)
	p := inHistory(t, h, nil)
	p.walk("down", "down", "x")
	p.sees("Delete this interview?", "Go, ", "94 excellent", "gone for good", "y delete  n no")
	for _, key := range []string{"n", "esc", "q"} {
		p.walk("enter", key)
		p.seesNot("Delete this")
		p.walk("x")
	}
	victim := p.root.screen.(*history).list[2].ID
	h.failing("Delete", errors.New("database is locked"))
	p.walk("y")
	p.sees("Not deleted: database is locked; x tries again", "▸")
	h.failing("Delete", nil)
	p.walk("delete", "y")
	p.sees("Deleted: Go, ")
	for _, s := range p.root.screen.(*history).list {
		if s.ID == victim {
			t.Error("still there")
		}
	}
	if len(h.rooms) != 8 {
		t.Errorf("%d interviews are left", len(h.rooms))
	}
}

func TestHistoryOpensWhatIsUnderTheCursor(t *testing.T) {
	h := busyHouse(t)
	p := inHistory(t, h, nil)
	p.walk("b", "b", "down")
	p.sees("bank: Go")
	p.walk("enter")
	p.sees("unprompted")
	p.walk("esc")
	p.sees("bank: Go")
	if m := p.root.screen.(*history); m.cursor.at != 1 {
		t.Errorf("the cursor is at %d", m.cursor.at)
	}
	p.walk("esc")
	p.sees("Continue")
}

func TestHistoryReadsAgain(t *testing.T) {
	h := busyHouse(t)
	p := inHistory(t, h, nil)
	h.failing("List", errors.New("disk gone"))
	p.walk("b")
	p.sees("The interviews could not be read: disk gone; r tries again")
	h.failing("List", nil)
	p.walk("r")
	p.sees("3 interviews")
	h.failing("Open", errors.New("bank is gone"))
	p.walk("home", "enter")
	p.sees("The interview could not be opened: bank is gone")
}

func TestTrendLines(t *testing.T) {
	k := newLook(true, false)
	trend := func(bank, major, topic string, scores ...float64) session.Trend {
		tr := session.Trend{Bank: session.BankRef{ID: bank, Title: strings.ToUpper(bank)}, Major: major, Topic: topic}
		for _, s := range scores {
			tr.Points = append(tr.Points, session.TrendPoint{Score: s})
		}
		return tr
	}
	trends := []session.Trend{trend("go", "2", "", 10, 90), trend("go", "2", "Errors", 50), trend("go", "1", "", 40), trend("db", "1", "", 70)}
	shown := shownTrends(trends, "")
	if len(shown) != 3 {
		t.Errorf("with two banks: %v", shown)
	}
	got := plain(k.trendLines(shown, 3, 80))
	for i, want := range []string{"GO 2.x", "GO 1.x", "DB  "} {
		if !strings.Contains(got[i], want) {
			t.Errorf("no %q in %q", want, got[i])
		}
	}
	if !strings.Contains(got[0], "▂▇") || !strings.Contains(got[0], "90 excellent") || !strings.Contains(got[0], "2 interviews") {
		t.Errorf("%q", got[0])
	}
	if got := plain(k.trendLines(shown, 2, 80)); len(got) != 2 || !strings.Contains(got[1], "2 more") {
		t.Errorf("%q", got)
	}
	if shown := shownTrends(trends[:2], ""); len(shown) != 2 {
		t.Errorf("of one bank: %v", shown)
	}
	if shown := shownTrends(trends, "Errors"); len(shown) != 1 || shown[0].Topic != "Errors" {
		t.Errorf("of a topic: %v", shown)
	}
}

// many summaries, as of a person who practises a lot.
func manySummaries(n int) []session.Summary {
	out := make([]session.Summary, n)
	for i := range out {
		score, bank := float64(i%101), fmt.Sprintf("bank%d", i%8)
		at := t0.Add(-time.Duration(i) * time.Hour)
		out[i] = session.Summary{
			ID: fmt.Sprintf("01931c5e-%06d", i), Bank: session.BankRef{ID: bank, Title: "Bank " + bank, Version: "1.0.0"},
			Mode: session.Practice, State: session.Complete, Questions: 6, Outcome: session.Finished, Score: &score, Judged: 6,
			CreatedAt: at, ActiveAt: at, EndedAt: at,
		}
		for j := range 6 {
			out[i].Topics = append(out[i].Topics, session.TopicScore{Topic: fmt.Sprintf("Topic %d", j), Score: score, Judged: 1})
		}
	}
	return out
}

// BenchmarkHistory is a key press and the frame after it with 5 000
// interviews, and what is worked out of them off the update loop.
func BenchmarkHistory(b *testing.B) {
	o := options(newHouse())
	o.fill()
	list := manySummaries(5000)
	root := newRoot(newEnv(context.Background(), o), o)
	root.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	root.Update(goHistory{})
	m := root.screen.(*history)
	root.Update(historyLoaded{visit: m.visit, asked: m.asked, all: true, list: list, trends: session.Trends(list)})
	b.Run("key", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			root.Update(press([]string{"down", "pgdown", "end", "up"}[i%4]))
			_ = root.View()
		}
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			root.Update(historyLoaded{visit: m.visit, asked: m.asked, all: true, list: list, trends: m.trends})
			_ = root.View()
		}
	})
	b.Run("trends", func(b *testing.B) {
		for b.Loop() {
			_ = session.Trends(list)
		}
	})
}
