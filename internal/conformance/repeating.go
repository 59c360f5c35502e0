package conformance

import (
	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// once is doing things once.
var once = []Check{
	{Name: "once/command", Says: "The same id and content gets the first ack again, with dup", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		answer := session.Answer{Turn: 1, Text: said}
		first := l.acked(string(session.CmdAnswer), "a", answer)
		want(!first.Dup, "the first ack says dup")
		l.again(first, string(session.CmdAnswer), "a", answer)
		l.judged(session.EvEvaluation)
		l.again(first, string(session.CmdAnswer), "a", answer)
		l.alive()
		want(l.count(session.EvAnswerAccepted) == 1 && l.count(session.EvEvaluation) == 1, "an answer that was sent three times was accepted %d times and judged %d times", l.count(session.EvAnswerAccepted), l.count(session.EvEvaluation))
		other, _ := p.follow(id, 0)
		other.again(first, string(session.CmdAnswer), "a", answer) // over another connection
		l.acked(string(session.CmdEnd), "e", nil)
		l.happened(session.EvCompleted)
		l.again(first, string(session.CmdAnswer), "a", answer) // also when it is complete
	}},
	{Name: "once/every-kind", Says: "The same id and content gets the first ack again, with dup", run: func(p *probe) {
		l, _ := p.makes(wire.Create{Count: few(2)})
		do := func(kind session.CommandType, data any, event session.EventType) {
			ack := l.acked(string(kind), "k-"+string(kind), data)
			want(!ack.Dup, "the first ack of %s says dup", kind)
			l.reaches(ack.Seq)
			n := l.count(event)
			l.again(ack, string(kind), "k-"+string(kind), data)
			l.alive()
			want(l.count(event) == n, "%s was sent again, and done again", kind)
		}
		do(session.CmdStart, nil, session.EvStarted)
		do(session.CmdPause, nil, session.EvPaused)
		do(session.CmdResume, nil, session.EvResumed)
		do(session.CmdSkip, session.Skip{Turn: 1}, session.EvSkipped)
		do(session.CmdEnd, nil, session.EvCompleted)
	}},
	{Name: "once/other-content", Says: "the same id with other content id_reused", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.refused(wire.CodeIDReused, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: "Something else, said later on."})
		l.refused(wire.CodeIDReused, string(session.CmdPause), "a", nil)
		l.happened(session.EvAnswerAccepted)
		l.settles()
		want(l.count(session.EvAnswerAccepted) == 1 && l.count(session.EvPaused) == 0, "a message under a used id was taken")
	}},
	{Name: "once/refused", Says: "What was refused has used up no id", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.acked(string(session.CmdPause), "p", nil)
		answer := session.Answer{Turn: 1, Text: said}
		l.refused(wire.CodePaused, string(session.CmdAnswer), "a", answer)
		l.acked(string(session.CmdResume), "r", nil)
		ack := l.acked(string(session.CmdAnswer), "a", answer)
		want(!ack.Dup, "an answer that was refused before is acknowledged with dup")
		l.happened(session.EvAnswerAccepted)
	}},
	{Name: "once/within-an-interview", Says: "Ids of commands count within an interview", run: func(p *probe) {
		for range 2 {
			l, _ := p.makes(wire.Create{Count: few(1)})
			ack := l.acked(string(session.CmdStart), "the same id in every interview", nil)
			want(!ack.Dup, "the id was used in another interview, and is dup here")
		}
	}},
	{Name: "once/race", Says: "The same id and content gets the first ack again, with dup", run: func(p *probe) {
		a, id := p.begun(wire.Create{Count: few(1)})
		b, _ := p.follow(id, 0)
		answer := session.Answer{Turn: 1, Text: said}
		a.send(string(session.CmdAnswer), "a", answer)
		b.send(string(session.CmdAnswer), "a", answer)
		first, second := a.isAcked("answer", "a"), b.isAcked("answer", "a")
		want(first.Dup != second.Dup && first.Seq == second.Seq, "the same answer over two connections at once: dup is %t and %t, seq %d and %d", first.Dup, second.Dup, first.Seq, second.Seq)
		a.judged(session.EvEvaluation)
		want(a.count(session.EvAnswerAccepted) == 1, "the same answer over two connections was accepted %d times", a.count(session.EvAnswerAccepted))
	}},
	{Name: "once/one-answer-a-turn", Says: "An answer for another turn than the current one gets stale_turn", run: func(p *probe) {
		a, id := p.begun(wire.Create{Count: few(2)})
		b, _ := p.follow(id, 0)
		a.send(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		b.send(string(session.CmdAnswer), "b", session.Answer{Turn: 1, Text: "Another answer to the same turn."})
		acks := 0
		for _, m := range []wire.Message{a.answer("a"), b.answer("b")} {
			if m.Type == wire.TypeAck {
				acks++
				continue
			}
			e := into[wire.Error](m)
			want(e.Code == wire.CodeInvalidState || e.Code == wire.CodeStaleTurn, "the second answer to a turn is refused as %s", e.Code)
		}
		want(acks == 1, "%d of two answers to one turn were acknowledged", acks)
		a.judged(session.EvEvaluation)
		want(a.count(session.EvAnswerAccepted) == 1, "a turn has %d answers", a.count(session.EvAnswerAccepted))
	}},
	{Name: "once/create", Says: "those of create within a token", run: func(p *probe) {
		request := "c-" + uuid.NewString()
		asked := wire.Create{Bank: p.t.Bank, Count: few(1)}
		l := p.enter()
		id := l.created(request, asked)
		ack := l.acked(wire.TypeCreate, request, asked) // on the same connection
		want(ack.Dup && ack.Interview == id, "the same create made interview %s, then %s; dup %t", id, ack.Interview, ack.Dup)
		again := p.enter()
		ack = again.acked(wire.TypeCreate, request, asked)
		want(ack.Dup && ack.Interview == id, "the same create made interview %s, then %s; dup %t", id, ack.Interview, ack.Dup)
		w := into[wire.Welcome](again.of(wire.TypeWelcome))
		want(w.Snapshot != nil && w.Snapshot.ID == id, "the welcome after a create that was sent again is of another interview")
		again.happened(session.EvCreated)
		p.enter().refused(wire.CodeIDReused, wire.TypeCreate, request, wire.Create{Bank: p.t.Bank, Count: few(2)})
	}},
}

// again sends a message again, and wants the first ack.
func (l *line) again(first wire.Ack, kind, id string, data any) {
	second := l.acked(kind, id, data)
	want(second.Dup, "%s was sent again, and its ack has no dup", kind)
	second.Dup = first.Dup
	want(second == first, "%s was sent again, and its ack is %+v; the first was %+v", kind, second, first)
}
