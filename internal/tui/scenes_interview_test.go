package tui

import (
	"testing"

	"github.com/elios/elios/internal/session"
)

// interviewScenes are the moments of an interview and its report.
var interviewScenes = []scene{
	{"answering", func(t *testing.T, ascii bool) *person {
		p := started(t, ascii)
		p.write(good)
		p.until("saved", func() bool { return p.root.interview.saved == p.root.interview.gen })
		return p
	}},
	{"evaluating", func(t *testing.T, ascii bool) *person {
		p := started(t, ascii)
		p.h.hold = true
		p.write(good)
		p.press("ctrl+s")
		p.until("evaluating", func() bool { return p.root.interview.snap.State == session.Evaluating })
		p.room().live <- session.Live{Turn: 1, Done: 2, Of: 3, Met: met(p.room())}
		p.until("live", func() bool { return p.root.interview.live.Of == 3 })
		p.root.interview.spin = 0
		return p
	}},
	{"pending", func(t *testing.T, ascii bool) *person {
		h := newHouse()
		h.by = session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b"}
		h.hold = true
		p := startedIn(t, h, ascii)
		p.write(good)
		p.press("ctrl+s")
		p.until("evaluating", func() bool { return p.root.interview.snap.State == session.Evaluating })
		p.room().send(session.EvaluationFailed{Turn: 1, Why: "Ollama does not answer at 127.0.0.1:11434", Attempt: 3})
		p.until("pending", func() bool { return p.root.interview.snap.Pending != nil })
		return p
	}},
	{"followup", func(t *testing.T, ascii bool) *person { return followUp(t, ascii) }},
	{"interlude", func(t *testing.T, ascii bool) *person {
		p := followUp(t, ascii)
		p.write("The runtime ends the program and says deadlock.")
		p.press("ctrl+s")
		p.sees("is over")
		return p
	}},
	{"report", func(t *testing.T, ascii bool) *person {
		h := newHouse()
		played(t, h)
		p := newPerson(t, h, locale(ascii))
		p.run(p.root.Update(goReport{h.rooms[0].ID()}))
		p.sees("probed")
		return p
	}},
	{"question", func(t *testing.T, ascii bool) *person {
		h := newHouse()
		played(t, h)
		p := newPerson(t, h, locale(ascii))
		p.run(p.root.Update(goReport{h.rooms[0].ID()}))
		p.sees("probed")
		p.press("enter")
		return p
	}},
	{"help", func(t *testing.T, ascii bool) *person {
		p := started(t, ascii)
		p.press("f1")
		return p
	}},
}
