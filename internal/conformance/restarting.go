package conformance

import (
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// restarting is a server that stops and comes back.
var restarting = []Check{
	{Name: "restart/nothing-lost", Says: "A server that starts again says in bye when to come back (retry_after_ms), and then knows everything it has acknowledged", Alone: true, run: func(p *probe) {
		if p.t.Restart == nil {
			skip("it needs a command that restarts the server: --restart COMMAND")
		}
		drafted, draftID := p.begun(wire.Create{})
		drafted.acked(wire.TypeDraft, "d", wire.Draft{Turn: 1, Text: "half"})
		l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		_, before := p.follow(id, 0)
		ack := l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		bye, code := l.restarts()
		want(code == wire.CloseRestart || code == wire.CloseGoingAway, "the server stopped and closed with %d; 1012 or 1001 was due", code)
		want(bye.RetryAfterMs > 0, "bye does not say when to come back")
		again, w := p.returns(id, l.last())
		want(w.Store == before.Store, "the store is %s, and was %s: the server has forgotten everything", w.Store, before.Store)
		want(w.LastSeq >= ack.Seq, "the server knows %d events, and had acknowledged %d", w.LastSeq, ack.Seq)
		again.goesOnFrom(l)
		again.judged(session.EvCompleted)
		want(again.count(session.EvAnswerAccepted) == 1 && again.count(session.EvEvaluation) == 1, "over the restart an answer was accepted %d times and judged %d times", again.count(session.EvAnswerAccepted), again.count(session.EvEvaluation))
		again.again(ack, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		whole, _ := p.follow(id, 0)
		whole.reaches(again.last())
		same("after the restart", again.seen, whole.seen)
		_, w = p.follow(draftID, 0)
		want(w.Snapshot.Draft == "half", "the draft is %q after the restart", w.Snapshot.Draft)
	}},
}

// restarts has the server restarted, and waits for it to close and for the command
// to end. A command that fails is what is told first: the server may know nothing
// of it.
func (l *line) restarts() (wire.Bye, wire.CloseCode) {
	restarted := make(chan error, 1)
	go func() {
		err := l.p.t.Restart(l.p.ctx)
		restarted <- err
		if err != nil {
			l.breaks() // whoever waits for a close need not go on
		}
	}()
	worked := func(err error) { want(err == nil, "the command that restarts the server failed: %v", err) }
	defer func() { // also where the server does not close as it should
		select {
		case err := <-restarted:
			worked(err)
		default:
		}
	}()
	bye, code := l.closed(within, wire.CloseRestart)
	worked(<-restarted)
	return bye, code
}

// returns connects again until the server is back.
func (p *probe) returns(id string, after int64) (*line, wire.Welcome) {
	for begun := time.Now(); ; {
		l, _, err := p.dial(nil, wire.Subprotocol)
		if err == nil {
			l.hello(wire.Hello{Interview: id, After: after})
			m, gone := l.next(soon)
			if gone == nil && m.Type == wire.TypeBye {
				_, gone = l.next(soon)
			}
			switch {
			case gone == nil && m.Type == wire.TypeWelcome:
				return l, into[wire.Welcome](m)
			case gone != nil && !wire.Reconnect(gone.code):
				fail("the server is back, and closed with %d", gone.code)
			}
		}
		waited := time.Since(begun)
		want(waited < within && p.ctx.Err() == nil, "the server is not back %s after it said bye", waited.Round(time.Second))
		p.wait(wire.FirstWait)
	}
}
