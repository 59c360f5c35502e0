package tui

import (
	"context"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// interviewScenes are the moments of an interview and its report.
var interviewScenes = []scene{
	{"answering", func(t testing.TB, ascii bool) *person {
		p := started(t, ascii)
		p.write(good)
		p.until("saved", func() bool { return p.root.interview.saved == p.root.interview.gen })
		return p
	}},
	{"offline", offline},
	{"evaluating", func(t testing.TB, ascii bool) *person {
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
	{"feedback", func(t testing.TB, ascii bool) *person {
		p := modelJudges(t, ascii)
		p.write(good)
		p.press("ctrl+s")
		p.until("evaluating", func() bool { return p.root.interview.snap.State == session.Evaluating })
		p.room().live <- session.Live{Turn: 1, Done: 3, Of: 3, Met: met(p.room()), Feedback: "You know what the runtime does; think of"}
		p.until("feedback", func() bool { return p.root.interview.live.Feedback != "" })
		p.root.interview.spin = 0
		return p
	}},
	{"loading", func(t testing.TB, ascii bool) *person {
		p := modelJudges(t, ascii)
		p.room().live <- session.Live{Turn: 1, Phase: "loading"}
		p.until("loading", func() bool { return p.root.interview.live.Phase == "loading" })
		return p
	}},
	{"pending", func(t testing.TB, ascii bool) *person {
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
	{"followup", func(t testing.TB, ascii bool) *person { return followUp(t, ascii) }},
	{"interlude", func(t testing.TB, ascii bool) *person {
		p := followUp(t, ascii)
		p.write("The runtime ends the program and says deadlock.")
		p.press("ctrl+s")
		p.sees("is over")
		return p
	}},
	{"report", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		played(t, h)
		p := newPerson(t, h, locale(ascii))
		p.run(p.root.Update(goReport{h.rooms[0].ID()}))
		p.sees("probed")
		return p
	}},
	{"question", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		played(t, h)
		p := newPerson(t, h, locale(ascii))
		p.run(p.root.Update(goReport{h.rooms[0].ID()}))
		p.sees("probed")
		p.press("enter")
		return p
	}},
	{"marked", func(t testing.TB, ascii bool) *person {
		p := believed(t, ascii)
		p.press("tab", "tab", "m", "d")
		p.write("It is said between the lines.")
		p.press("enter")
		p.sees("disputed:")
		p.press("tab")
		return p
	}},
	{"dispute", func(t testing.TB, ascii bool) *person {
		p := believed(t, ascii)
		p.press("tab", "tab", "d")
		p.write("It is said between the lines: each argument has its value when defer runs.")
		return p
	}},
	{"earlier", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		again(t, h)
		p := newPerson(t, h, locale(ascii))
		p.run(p.root.Update(goReport{h.rooms[1].ID()}))
		p.sees("probed")
		p.press("enter", "h")
		p.sees("2 answers")
		return p
	}},
	{"again", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		again(t, h)
		p := newPerson(t, h, locale(ascii))
		p.run(p.root.Update(goReport{h.rooms[1].ID()}))
		p.sees("Asked again")
		return p
	}},
	{"export", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		played(t, h)
		p := newPerson(t, h, func(o *Options) {
			locale(ascii)(o)
			o.Export = func(context.Context, string, string) (string, error) { return "", nil }
		})
		p.run(p.root.Update(goReport{h.rooms[0].ID()}))
		p.sees("probed")
		p.press("e")
		return p
	}},
	{"behavioral", behavioral},
	{"exam", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Exam, TimeLimit: 5 * time.Minute}, h.pool...)
		p := newPerson(t, h, func(o *Options) { locale(ascii)(o); o.Room = r })
		p.until("typing", p.root.interview.typing)
		p.write(good)
		p.press("ctrl+s")
		p.until("the follow-up", func() bool { return p.root.interview.snap.Turn == 2 && p.root.interview.typing() })
		return p
	}},
	{"paused", func(t testing.TB, ascii bool) *person {
		p := started(t, ascii)
		p.write(good)
		p.press("ctrl+p")
		p.sees("Paused")
		return p
	}},
	{"hurry", func(t testing.TB, ascii bool) *person {
		h := newHouse()
		r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice, TimeLimit: 4 * time.Minute}, h.pool...)
		p := newPerson(t, h, func(o *Options) { locale(ascii)(o); o.Room = r })
		p.until("typing", p.root.interview.typing)
		h.pass(200 * time.Second)
		p.msg(roomMsg{p.root.interview.visit, ticked{}})
		p.write(good)
		p.until("saved", func() bool { return p.root.interview.saved == p.root.interview.gen })
		return p
	}},
	{"help", func(t testing.TB, ascii bool) *person {
		p := started(t, ascii)
		p.press("f1")
		return p
	}},
}

// behavioral is a person who told a story.
func behavioral(t testing.TB, ascii bool) *person {
	t.Helper()
	h := newHouse()
	h.pool = []rubric.Question{{
		ID: "deadline", Type: rubric.Behavioral, TopicTitle: "Ownership", Level: 3, Ask: "Tell me about a deadline you could not keep.",
		MaxFollowUps: new(int),
		Dimensions: []rubric.Dimension{
			{ID: "decision", Weight: 2, Say: "I chose to cut the export.", Anchors: map[int]string{0: "No action, or only what the team did.", 3: "Says what they personally did, in order.", 5: "Names own decisions and trade-offs."}},
			{ID: "percent", Weight: 1, Say: "We shipped 90 percent.", Anchors: map[int]string{0: "No outcome.", 5: "A measured outcome."}},
		},
	}}
	r := h.newRoom(session.Settings{Bank: "go", Count: 1, Mode: session.Practice}, h.pool...)
	p := newPerson(t, h, func(o *Options) { locale(ascii)(o); o.Room = r })
	p.until("typing", p.root.interview.typing)
	p.write("We were late. I made the decision to cut the export myself.")
	p.press("ctrl+s")
	p.sees("is over")
	return p
}

// modelJudges is an interview that a model judges, with nothing judged yet.
func modelJudges(t testing.TB, ascii bool) *person {
	t.Helper()
	h := newHouse()
	h.by = session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b"}
	h.hold = true
	return startedIn(t, h, ascii)
}
