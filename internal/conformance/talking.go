package conformance

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// messages are what a server makes of them, whatever the interview.
var messages = []Check{
	{Name: "messages/ping", Says: "ping is answered with pong", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.alive()
	}},
	{Name: "messages/unknown-fields", Says: "unknown fields are ignored", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.raw(`{"type":"ping","id":"u","unheard":{"of":[1]},"data":{"neither":true}}`)
		l.until("a pong", soon, func(m wire.Message) bool { return m.Type == wire.TypePong && m.Re == "u" })
	}},
	{Name: "messages/unknown-type", Says: "an unknown type gets an error and the connection stays", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.refused(wire.CodeUnknownType, "party", "x", nil)
		l.refused(wire.CodeUnknownType, "evaluated", "y", nil) // an evaluator's, nobody's here
	}},
	{Name: "messages/bad-json", Says: "what is no JSON: bad_json", run: func(p *probe) {
		for _, frame := range []string{`{`, `ping`, `{"type":"ping"} {}`} {
			l := p.connect().hello(wire.Hello{})
			l.of(wire.TypeWelcome)
			l.raw(frame)
			l.isRefused(wire.CodeBadJSON, "")
		}
	}},
	{Name: "messages/bad-message", Says: "JSON that does not fit: bad_message", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.raw(`{"type":"answer","id":"a","data":{"turn":"one"}}`)
		l.isRefused(wire.CodeBadMessage, "a")
		l.raw(`{"type":"skip","data":{"turn":1}}`)
		l.isRefused(wire.CodeBadMessage, "")
		l.raw(`[]`)
		l.isRefused(wire.CodeBadMessage, "")
	}},
	{Name: "messages/duplicate-keys", Says: "a key twice in an object is refused", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.raw(`{"type":"ping","type":"end"}`)
		l.isRefused(wire.CodeBadMessage, "")
	}},
	{Name: "messages/depth", Says: "JSON that nests too deep is refused", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.raw(`{"type":"ping","data":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`)
		l.isRefused(wire.CodeBadMessage, "")
	}},
	{Name: "messages/long-id", Says: "an id has at most 64 characters", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.send(wire.TypeCreate, strings.Repeat("x", wire.MaxID+1), wire.Create{Bank: p.t.Bank})
		l.isRefused(wire.CodeBadMessage, "")
	}},
	{Name: "messages/ten-bad", Says: "ten bad messages within a minute: 4400", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		for range wire.MaxBad {
			l.raw(`{`)
		}
		l.closes(wire.CloseBadHello, soon)
	}},
	{Name: "messages/second-hello", Says: "hello comes once", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.hello(wire.Hello{})
		l.isRefused(wire.CodeInvalidState, "")
	}},
}

// interview is an interview from its creation to its end.
var interview = []Check{
	{Name: "interview/nowhere", Says: "a command without an interview: invalid_state", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.refused(wire.CodeInvalidState, string(session.CmdStart), "s", nil)
	}},
	{Name: "interview/unknown-bank", Says: "a bank that is not there: not_found", run: func(p *probe) {
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		l.refused(wire.CodeNotFound, wire.TypeCreate, "c", wire.Create{Bank: "no-such-bank"})
		l.refused(wire.CodeNotFound, wire.TypeCreate, "d", wire.Create{Bank: "../../../etc/passwd"})
	}},
	{Name: "interview/whole", Says: "create, start, answer, and the end", run: wholeInterview},
	{Name: "interview/states", Says: "a command that is not allowed: invalid_state with what is", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		e := l.refused(wire.CodeInvalidState, string(session.CmdStart), "again", nil)
		want(len(e.Allowed) > 0 && e.State == session.Questioning, "it names no state, or nothing that is allowed")
		l.refused(wire.CodeInvalidState, string(session.CmdResume), "r", nil)
	}},
	{Name: "interview/pause", Says: "a paused interview takes no answer: paused", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.acked(string(session.CmdPause), "p", nil)
		l.happened(session.EvPaused)
		e := l.refused(wire.CodePaused, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		want(e.Recoverable, "paused is recoverable")
		l.acked(string(session.CmdResume), "r", nil)
		l.happened(session.EvResumed)
	}},
	{Name: "interview/too-long", Says: "an answer over 20 000 characters: too_long", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.refused(wire.CodeTooLong, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: strings.Repeat("ä", session.MaxAnswer+1)})
		l.acked(string(session.CmdAnswer), "b", session.Answer{Turn: 1, Text: strings.Repeat("ä", session.MaxAnswer)})
	}},
	{Name: "interview/stale-turn", Says: "another turn than the current: stale_turn with the current one", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		e := l.refused(wire.CodeStaleTurn, string(session.CmdAnswer), "a", session.Answer{Turn: 7, Text: said})
		want(e.Turn == 1, "it names turn %d", e.Turn)
	}},
	{Name: "interview/draft", Says: "a draft is kept, and is in the next welcome", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		l.acked(wire.TypeDraft, "d1", wire.Draft{Turn: 1, Text: "half"})
		l.acked(wire.TypeDraft, "d2", wire.Draft{Turn: 1, Text: "half a sentence"})
		w := into[wire.Welcome](p.connect().hello(wire.Hello{Interview: id}).of(wire.TypeWelcome))
		want(w.Snapshot != nil && w.Snapshot.Draft == "half a sentence", "the welcome has another draft")
	}},
	{Name: "interview/complete", Says: "a complete interview takes no commands: complete", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.acked(string(session.CmdEnd), "e", nil)
		l.happened(session.EvCompleted)
		l.refused(wire.CodeComplete, string(session.CmdHint), "h", nil)
	}},
	{Name: "interview/exam", Says: "an exam tells nothing before its end", run: func(p *probe) {
		one, none := 1, 0
		l, _ := p.begun(wire.Create{Mode: session.Exam, Count: &one, FollowUps: &none})
		l.refused(wire.CodeInvalidState, string(session.CmdHint), "h", nil)
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		j := into[session.Judged](l.judged(session.EvEvaluation))
		want(j.Score == nil && len(j.Met) == 0 && j.Feedback == "", "an evaluation of an exam tells what it is worth")
		done := into[session.Completed](l.judged(session.EvCompleted))
		want(len(done.Over) == 1 && done.Over[0].Reveal != nil, "the end of an exam does not tell what was withheld")
	}},
}

// wholeInterview has an interview of one question to its end.
func wholeInterview(p *probe) {
	one := 1
	l := p.connect().hello(wire.Hello{})
	l.of(wire.TypeWelcome)
	id := l.created("whole-"+uuid.NewString(), wire.Create{Count: &one})
	l.acked(string(session.CmdStart), "start", nil)
	turn, place := 0, 0
	for range 8 { // a question and its follow-ups
		var m wire.Message
		m, place = l.event(place, p.t.Patience, session.EvQuestion, session.EvCompleted)
		if m.Type == string(session.EvCompleted) {
			l.isWhole(id)
			return
		}
		q := into[session.QuestionAsked](m)
		want(q.Turn == turn+1, "turn %d came after turn %d", q.Turn, turn)
		turn = q.Turn
		ack := l.acked(string(session.CmdAnswer), fmt.Sprint("a", turn), session.Answer{Turn: turn, Text: said})
		want(ack.Seq > 0 && ack.Interview == id, "the ack names no seq or another interview")
	}
	fail("the interview of one question does not end")
}

// isWhole looks at the events of an interview that is complete.
func (l *line) isWhole(id string) {
	want(len(l.seen) > 0 && l.seen[0].Seq == 1, "the events do not begin with 1")
	want(l.seen[0].Type == string(session.EvCreated), "the first event is %s", l.seen[0].Type)
	var events []session.Event
	answers, evaluations := 0, 0
	for _, m := range l.seen {
		e, _, err := wire.EventOf(m)
		if err != nil {
			fail("event %d: %v", m.Seq, err)
		}
		events = append(events, e)
		switch e.Data.(type) {
		case session.AnswerAccepted:
			answers++
		case session.Judged:
			evaluations++
		}
	}
	want(answers == evaluations, "%d answers have %d evaluations", answers, evaluations)
	view := session.View(events)
	want(view.ID == id && view.State == session.Complete, "the events fold to an interview that is %s", view.State)
	want(len(view.Over) == 1, "no question is over")
}
