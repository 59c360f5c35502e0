package tui

import (
	"context"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// Goldens show times of day: they are those of Greenwich everywhere.
func init() { time.Local = time.UTC }

// right answers to the questions of the fake bank, in their order.
var right = []string{
	good,
	"They run in reverse order, and the argument is evaluated at once.",
	"An interface has a type and a value, so it is not nil.",
}

// finished is an interview that is over, with so many questions answered well.
func finished(t testing.TB, h *house, s session.Settings, well int) *room {
	t.Helper()
	if s.Mode == "" {
		s.Mode = session.Practice
	}
	if s.Count == 0 {
		s.Count = len(h.pool)
	}
	r := h.newRoom(s, h.pool[:min(s.Count, len(h.pool))]...)
	r.send(session.Start{})
	for r.iv.State != session.Complete {
		h.pass(time.Minute)
		say := "I cannot say much about this, sorry."
		if q := r.iv.Current().Question; q <= well {
			say = right[q-1]
		}
		r.send(session.Answer{Turn: r.iv.Turn, Text: say})
		r.evaluate()
	}
	return r
}

// busyHouse has some months of interviews with two banks, one that was asked
// again and one that is open.
func busyHouse(t testing.TB) *house {
	t.Helper()
	h := newHouse()
	for i, well := range []int{0, 1, 1, 2, 3} {
		finished(t, h, session.Settings{Bank: "go"}, well)
		h.pass(40 * 24 * time.Hour)
		if i%2 == 1 {
			finished(t, h, session.Settings{Bank: "db"}, 3-i)
			h.pass(10 * 24 * time.Hour)
		}
	}
	finished(t, h, session.Settings{Bank: "go", Count: 1, Again: &session.Link{Interview: h.rooms[0].iv.ID, Question: 1}}, 0)
	h.pass(3 * time.Hour)
	open := h.newRoom(session.Settings{Bank: "db", Count: 3, Mode: session.Practice}, h.pool...)
	open.send(session.Start{})
	open.send(session.Pause{})
	h.pass(time.Hour)
	return h
}

// walk presses keys one by one and waits for what each page reads.
func (p *person) walk(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		p.press(k)
		p.until("read after "+k, p.pageIsRead)
	}
}

func (p *person) pageIsRead() bool {
	switch m := p.root.screen.(type) {
	case *home:
		return m.loaded && (m.doctor == nil || m.health != "")
	case *setup:
		_, known := m.fitting()
		return m.loaded && known
	case *history:
		return m.loaded && m.asked == m.answered
	case *banksPage:
		return m.loaded
	case *bankPage:
		return m.loaded
	case *questionPage:
		return m.read
	case *reportPage:
		return m.loaded
	}
	return true
}

// doctor says the same line each time.
func doctor(line string) func(*Options) {
	return func(o *Options) { o.Doctor = func(context.Context) string { return line } }
}

// all makes several changes of the options one.
func all(changes ...func(*Options)) func(*Options) {
	return func(o *Options) {
		for _, c := range changes {
			c(o)
		}
	}
}
