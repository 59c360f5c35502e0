package conformance

import (
	"bytes"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// once is doing things once.
var once = []Check{
	{Name: "once/command", Says: "the same id and content: the first ack again, with dup", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		answer := session.Answer{Turn: 1, Text: said}
		first := l.acked(string(session.CmdAnswer), "a", answer)
		second := l.acked(string(session.CmdAnswer), "a", answer)
		want(!first.Dup && second.Dup, "dup is %v, then %v", first.Dup, second.Dup)
		want(first.Seq == second.Seq && first.Turn == second.Turn, "the second ack is another one")
		l.judged(session.EvEvaluation)
		third := l.acked(string(session.CmdAnswer), "a", answer)
		want(third.Dup && third.Seq == first.Seq, "after the evaluation it is not the first ack any more")
		l.acceptedOnce()
	}},
	{Name: "once/other-content", Says: "the same id and other content: id_reused", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.refused(wire.CodeIDReused, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: "Something else, said later on."})
		l.refused(wire.CodeIDReused, string(session.CmdPause), "a", nil)
	}},
	{Name: "once/create", Says: "a create sent again makes no second interview", run: func(p *probe) {
		request := uuid.NewString()
		one := 1
		l := p.connect().hello(wire.Hello{})
		l.of(wire.TypeWelcome)
		id := l.created(request, wire.Create{Count: &one})
		again := p.connect().hello(wire.Hello{})
		again.of(wire.TypeWelcome)
		ack := again.acked(wire.TypeCreate, request, wire.Create{Bank: p.t.Bank, Count: &one})
		want(ack.Dup && ack.Interview == id, "it made interview %s beside %s", ack.Interview, id)
		other := p.connect().hello(wire.Hello{})
		other.of(wire.TypeWelcome)
		two := 2
		other.refused(wire.CodeIDReused, wire.TypeCreate, request, wire.Create{Bank: p.t.Bank, Count: &two})
	}},
}

// resuming is coming back.
var resuming = []Check{
	{Name: "resume/every-seq", Says: "hello{interview, after}: every event with seq > after, once", run: resumeEverywhere},
	{Name: "resume/live", Says: "after the events that were missed comes what happens", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		other := p.connect().hello(wire.Hello{Interview: id})
		other.of(wire.TypeWelcome)
		other.happened(session.EvQuestion)
		l.acked(string(session.CmdPause), "p", nil)
		other.happened(session.EvPaused)
		other.acked(string(session.CmdResume), "r", nil)
		l.happened(session.EvResumed)
	}},
	{Name: "resume/not-acknowledged", Says: "what was not acknowledged is sent again after a break", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		l.send(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		_ = l.ws.CloseNow() // the answer may have arrived or not
		again := p.connect().hello(wire.Hello{Interview: id})
		again.of(wire.TypeWelcome)
		again.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		again.judged(session.EvEvaluation)
		again.acceptedOnce()
	}},
	{Name: "resume/no-pause", Says: "a connection that is left does not pause the interview", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		_ = l.ws.CloseNow()
		w := into[wire.Welcome](p.connect().hello(wire.Hello{Interview: id}).of(wire.TypeWelcome))
		want(w.Snapshot != nil && !w.Snapshot.Paused, "it is paused")
	}},
	{Name: "resume/heartbeat", Says: "the server pings every 20 s", Slow: true, run: heartbeat},
}

// acceptedOnce wants one answer to have been taken, however often it was sent.
func (l *line) acceptedOnce() {
	n := 0
	for _, m := range l.seen {
		if m.Type == string(session.EvAnswerAccepted) {
			n++
		}
	}
	want(n == 1, "the answer was accepted %d times", n)
}

// resumeEverywhere comes back at every event of an interview.
func resumeEverywhere(p *probe) {
	l, id := p.begun(wire.Create{})
	l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
	l.judged(session.EvEvaluation)
	l.acked(string(session.CmdEnd), "e", nil)
	l.happened(session.EvCompleted)
	last := int64(len(l.seen))
	want(l.seen[0].Seq == 1, "the events of a new interview begin with %d", l.seen[0].Seq)
	for after := int64(0); after <= last; after++ {
		again := p.connect().hello(wire.Hello{Interview: id, After: after})
		w := into[wire.Welcome](again.of(wire.TypeWelcome))
		want(w.LastSeq == last, "the welcome says the last event is %d, and %d were seen", w.LastSeq, last)
		for seq := after + 1; seq <= last; seq++ {
			m := again.until("event after a break", soon, func(m wire.Message) bool { return m.Seq > 0 })
			first := l.seen[seq-1]
			want(m.Seq == seq, "after %d came event %d, and %d was due", after, m.Seq, seq)
			want(m.Type == first.Type && bytes.Equal(m.Data, first.Data), "event %d is another one than before", seq)
		}
		again.alive() // nothing more comes
		want(int64(len(again.seen)) == last-after, "after %d came %d events, and %d were due", after, len(again.seen), last-after)
		_ = again.ws.CloseNow()
	}
}
