package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// resuming is coming back.
var resuming = []Check{
	{Name: "resume/every-seq", Says: "comes every event with seq > after, once and in order, the same as the first time", run: resumeEverywhere},
	{Name: "resume/live", Says: "Any number of connections may follow one interview", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		other, _ := p.follow(id, 0)
		late, _ := p.follow(id, l.last())
		other.happened(session.EvQuestion)
		l.acked(string(session.CmdPause), "p", nil)
		other.happened(session.EvPaused)
		late.happened(session.EvPaused)
		other.acked(string(session.CmdResume), "r", nil)
		l.happened(session.EvResumed)
		late.happened(session.EvResumed)
		same("to two connections", l.seen, other.seen)
	}},
	{Name: "resume/not-acknowledged", Says: "send it again with the same id after a break", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		l.send(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.breaks() // the answer may have arrived or not
		again, _ := p.follow(id, 0)
		again.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		again.judged(session.EvEvaluation)
		want(again.count(session.EvAnswerAccepted) == 1, "the answer was accepted %d times", again.count(session.EvAnswerAccepted))
	}},
	{Name: "resume/in-an-evaluation", Says: "an evaluation goes on without one", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		ack := l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.reaches(ack.Seq)
		l.breaks()
		again, w := p.follow(id, l.last())
		want(w.LastSeq >= ack.Seq, "the welcome says last_seq %d, and %d was acknowledged", w.LastSeq, ack.Seq)
		again.goesOnFrom(l) // a fast evaluator may have judged before the break
		again.judged(session.EvCompleted)
		want(again.count(session.EvEvaluation) == 1 && again.count(session.EvAnswerAccepted) == 1, "after a break in the middle of an evaluation it came %d times", again.count(session.EvEvaluation))
	}},
	{Name: "resume/no-pause", Says: "A connection that is left does not pause the interview", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		l.breaks()
		_, w := p.follow(id, 0)
		want(!w.Snapshot.Paused, "it is paused")
	}},
	{Name: "resume/beyond", Says: "With after beyond last_seq nothing comes", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		again, w := p.as(p.t.Token, wire.Hello{Interview: id, After: l.last() + 1000})
		want(w.LastSeq == l.last(), "the welcome says last_seq %d, and %d events came", w.LastSeq, l.last())
		again.settles()
		want(len(again.seen) == 0, "after a seq beyond the last came %d events", len(again.seen))
	}},
	{Name: "resume/snapshot", Says: "It is the fold of the events so far", run: snapshots},
	{Name: "resume/same-server", Says: "store names the server's database", run: func(p *probe) {
		_, a := p.as(p.t.Token, wire.Hello{})
		_, b := p.as(p.t.Token, wire.Hello{})
		want(a.Store == b.Store, "the store is %s, then %s", a.Store, b.Store)
		want(a.Token.ID == b.Token.ID, "the token is %s, then %s", a.Token.ID, b.Token.ID)
	}},
	{Name: "resume/heartbeat", Says: "The server pings every 20 s", Slow: true, run: heartbeat},
	{Name: "resume/no-answer-to-a-ping", Says: "closes with 4408 when no pong comes within 10 s", Slow: true, run: func(p *probe) {
		_, w := p.as(p.t.Token, wire.Hello{})
		b := p.bare("").greeted()
		f := b.until(opClose, "the close 4408 of who answers no ping", time.Duration(w.HeartbeatMs)*time.Millisecond+wire.PongWithin+soon)
		p.watch("close %d", f.code())
		want(f.code() == wire.CloseTimeout, "the server closed with %d, and 4408 was due", f.code())
	}},
}

// resumeEverywhere comes back at every event of an interview.
func resumeEverywhere(p *probe) {
	l, id := p.begun(wire.Create{})
	l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
	l.judged(session.EvEvaluation)
	l.acked(string(session.CmdEnd), "e", nil)
	l.happened(session.EvCompleted)
	last := l.last()
	for after := int64(0); after <= last; after++ {
		again, w := p.follow(id, after)
		want(w.LastSeq == last, "the welcome says the last event is %d, and %d were seen", w.LastSeq, last)
		again.reaches(last)
		again.alive() // nothing more comes
		want(again.last() == last, "after %d came events up to %d, and %d is the last", after, again.last(), last)
		same("after "+itoa(after), l.seen[after:], again.seen)
		again.breaks()
	}
}

// same wants events to be the same again.
func same(when string, first, again []wire.Message) {
	for i := range min(len(first), len(again)) {
		a, b := first[i], again[i]
		want(a.Seq == b.Seq && a.Type == b.Type && a.At.Equal(b.At) && sameJSON(a.Data, b.Data), "%s event %d is %s of %s: %s, and it was %s of %s: %s",
			when, b.Seq, b.Type, b.At, short(b.Data), a.Type, a.At, short(a.Data))
	}
}

// sameJSON compares without the order of fields.
func sameJSON(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	return bytes.Equal(asBytes(x), asBytes(y))
}

// snapshots holds the snapshot of a welcome against the events, again and again.
func snapshots(p *probe) {
	l, id := p.makes(wire.Create{Count: few(2), TimeLimitS: 600})
	l.happened(session.EvCreated)
	look := func(when string) {
		again, w := p.follow(id, 0)
		again.reaches(w.LastSeq)
		view := session.View(again.events()[:w.LastSeq])
		view.Draft = w.Snapshot.Draft // makes no event
		want(w.Snapshot.LastSeq == w.LastSeq, "%s last_seq is %d in the welcome and %d in its snapshot", when, w.LastSeq, w.Snapshot.LastSeq)
		if !w.Trimmed {
			isFold(when, asBytes(w.Snapshot), asBytes(view))
		}
		got := p.request("GET", "/v1/interviews/"+id, "", nil).is(200, "Snapshot")
		var s session.Snapshot
		_ = json.Unmarshal(got.body, &s) // fits its schema
		if s.LastSeq == w.LastSeq {
			isFold(when+" over plain HTTP", asBytes(s), asBytes(view))
		}
		again.breaks()
	}
	look("before the start")
	l.acked(string(session.CmdStart), "start", nil)
	look("at the first question")
	l.acked(string(session.CmdPause), "p", nil)
	look("while it is paused")
	l.acked(string(session.CmdResume), "r", nil)
	l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
	l.judged(session.EvEvaluation)
	look("after an answer")
	l.acked(string(session.CmdEnd), "e", nil)
	look("at the end")
}

// isFold compares a snapshot with the fold of the events, and names what differs.
func isFold(when string, got, due []byte) {
	var a, b map[string]json.RawMessage
	_, _ = json.Unmarshal(got, &a), json.Unmarshal(due, &b) // both were written here
	for field := range b {
		want(sameJSON(orNull(a[field]), b[field]), "%s %s of the snapshot is %s, and the events say %s", when, field, short(orNull(a[field])), short(b[field]))
	}
	for field := range a {
		want(b[field] != nil, "%s %s of the snapshot is %s, and the events say nothing of it", when, field, short(a[field]))
	}
}

func orNull(b json.RawMessage) json.RawMessage {
	if b == nil {
		return json.RawMessage("null")
	}
	return b
}

// heartbeat waits for the server's ping.
func heartbeat(p *probe) {
	pinged := make(chan struct{}, 1)
	l, _, err := p.dialWith("", &websocket.DialOptions{
		Subprotocols: []string{wire.Subprotocol},
		OnPingReceived: func(context.Context, []byte) bool {
			select {
			case pinged <- struct{}{}:
			default:
			}
			return true
		},
	})
	if err != nil {
		fail("%v", err)
	}
	w := into[wire.Welcome](l.hello(wire.Hello{}).of(wire.TypeWelcome))
	every := time.Duration(w.HeartbeatMs) * time.Millisecond
	want(every > 0 && every <= time.Minute, "the heartbeat comes every %s", every)
	ended := make(chan struct{})
	go func() { // answers pings, and ends with the check
		defer close(ended)
		_, _, _ = l.ws.Read(p.ctx)
	}()
	select {
	case <-pinged:
	case <-time.After(every + soon):
		fail("no ping came within %s", every+soon)
	case <-ended:
		fail("the connection ended before a ping came")
	}
	l.breaks()
	<-ended
}
