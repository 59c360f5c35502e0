package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// event is the first event of one of the kinds, from a place among those that were
// seen on: an event may come before the ack of the command that caused it. It
// gives the place after it.
func (l *line) event(from int, patience time.Duration, kinds ...session.EventType) (wire.Message, int) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	what := "the event " + strings.Join(names, " or ")
	for end := time.Now().Add(patience); ; {
		for ; from < len(l.seen); from++ {
			if slices.Contains(names, l.seen[from].Type) {
				return l.seen[from], from + 1
			}
		}
		n := len(l.seen)
		l.until(what, time.Until(end), func(wire.Message) bool { return len(l.seen) > n })
	}
}

// happened wants an event to have come, or to come soon.
func (l *line) happened(kind session.EventType) wire.Message {
	m, _ := l.event(0, soon, kind)
	return m
}

// judged wants an event that an evaluation brings.
func (l *line) judged(kind session.EventType) wire.Message {
	m, _ := l.event(0, l.p.t.Patience, kind)
	return m
}

// reaches reads on until the events have come as far as a seq.
func (l *line) reaches(seq int64) {
	for last := l.last(); last < seq; last = l.last() {
		l.until("the event after "+itoa(last), soon, func(wire.Message) bool { return l.last() > last })
	}
}

// last is the seq of the last event that came.
func (l *line) last() int64 { return l.after + int64(len(l.seen)) }

// count is how many events of a kind came.
func (l *line) count(kind session.EventType) int {
	n := 0
	for _, m := range l.seen {
		if m.Type == string(kind) {
			n++
		}
	}
	return n
}

// view is the fold of the events that came.
func (l *line) view() session.Snapshot { return session.View(l.events()) }

// events are those that came, as the program knows them.
func (l *line) events() []session.Event {
	var out []session.Event
	for _, m := range l.seen {
		e, _, err := wire.EventOf(m)
		if err != nil {
			fail("event %d cannot be read: %v", m.Seq, err)
		}
		out = append(out, e)
	}
	return out
}

// answer waits for what answers an id. A message that came too soon after others
// is sent again, as a client would.
func (l *line) answer(id string) wire.Message {
	for range 5 {
		m := l.until("the answer to "+id, soon, func(m wire.Message) bool { return m.Re == id })
		if m.Type != wire.TypeError {
			return m
		}
		e := into[wire.Error](m)
		if e.Code != wire.CodeRateLimited || l.frames[id] == "" {
			return m
		}
		l.p.wait(time.Duration(e.RetryAfterMs) * time.Millisecond)
		l.raw(l.frames[id])
	}
	fail("the message %s is refused as one too many, however long one waits", id)
	return wire.Message{}
}

// wait lets time pass that the server has named.
func (p *probe) wait(d time.Duration) {
	select {
	case <-time.After(min(max(d, 10*time.Millisecond), soon)):
	case <-p.ctx.Done():
		fail("%v", p.ctx.Err())
	}
}

// acked sends a message and wants it acknowledged.
func (l *line) acked(kind, id string, data any) wire.Ack {
	l.send(kind, id, data)
	return l.isAcked(kind, id)
}

// isAcked wants the ack of a message that was sent.
func (l *line) isAcked(kind, id string) wire.Ack {
	m := l.answer(id)
	want(m.Type == wire.TypeAck, "%s was answered with %s, and an ack was due", kind, m.Type)
	a := into[wire.Ack](m)
	want(a.Interview != "" && a.Seq > 0 && a.State != "", "the ack of %s lacks interview, seq or state", kind)
	return a
}

// refused sends a message and wants an error of a code, after which the
// connection stays.
func (l *line) refused(code wire.Code, kind, id string, data any) wire.Error {
	l.send(kind, id, data)
	return l.isRefused(code, id)
}

// isRefused wants an error of a code. id is "" where the message had none.
func (l *line) isRefused(code wire.Code, id string) wire.Error {
	var m wire.Message
	if id != "" {
		m = l.answer(id)
	} else {
		m = l.until("an error "+string(code), soon, func(m wire.Message) bool {
			return m.Type == wire.TypeError || m.Type == wire.TypeAck || m.Type == wire.TypePong || m.Type == wire.TypeBye
		})
	}
	want(m.Type == wire.TypeError, "it was answered with %s, and an error %s was due", m.Type, code)
	e := into[wire.Error](m)
	want(e.Code == code, "the error is %s (%s), and %s was due", e.Code, e.Message, code)
	wholeError(e)
	want(m.Re == id, "the error answers %q, and the message was %q", m.Re, id)
	l.alive()
	return e
}

// alive wants the connection to be there still.
func (l *line) alive() {
	id := "alive-" + uuid.NewString()[:8]
	l.send(wire.TypePing, id, nil)
	m := l.answer(id)
	want(m.Type == wire.TypePong, "a ping was answered with %s", m.Type)
}

// settles lets come what is still on its way: events do not wait for the answers
// to messages, nor those for events.
func (l *line) settles() {
	l.p.wait(200 * time.Millisecond)
	l.alive()
}

// closes wants the server to close with a code, after a bye that names it.
func (l *line) closes(code wire.CloseCode, patience time.Duration) wire.Bye {
	bye, got := l.closed(patience, code)
	want(got == code, "the server closed with %d, and %d was due", got, code)
	return bye
}

// closed waits for the server to close after a bye.
func (l *line) closed(patience time.Duration, due ...wire.CloseCode) (wire.Bye, wire.CloseCode) {
	var bye *wire.Bye
	codes := strings.Trim(fmt.Sprint(due), "[]")
	for end := time.Now().Add(patience); ; {
		m, gone := l.next(time.Until(end))
		switch {
		case gone == nil && m.Type == wire.TypeBye:
			b := into[wire.Bye](m)
			bye = &b
		case gone == nil && bye != nil:
			fail("%s came after bye", m.Type)
		case gone == nil:
		case gone.code < 0 && errors.Is(gone.err, context.DeadlineExceeded):
			fail("the server did not close within %s, and %s was due", patience.Round(time.Second), codes)
		case gone.code < 0:
			fail("the connection broke without a code, and %s was due", codes)
		case bye == nil:
			fail("the server closed with %d and no bye before, and %s was due", gone.code, codes)
		case bye.Code != gone.code:
			fail("bye names %d, and the close was %d", bye.Code, gone.code)
		default:
			want(bye.Message != "", "bye says nothing to people")
			return *bye, gone.code
		}
	}
}

// created makes an interview and wants its welcome.
func (l *line) created(request string, c wire.Create) string {
	if c.Bank == "" && c.Again == nil {
		c.Bank = l.p.t.Bank
	}
	ack := l.acked(wire.TypeCreate, request, c)
	l.p.made = append(l.p.made, madeInterview{ack.Interview, l.token})
	w := into[wire.Welcome](l.of(wire.TypeWelcome))
	want(w.Snapshot != nil && w.Snapshot.ID == ack.Interview, "the welcome after create is not that of the interview")
	l.p.enough(c, w.Snapshot.Questions)
	return ack.Interview
}

// said is an answer no question is likely to be about, and long enough to judge.
const said = "I would say that it depends on what was measured before, and on who has to live with the result."

// wholeError wants an error to say what every error says.
func wholeError(e wire.Error) {
	want(e.Message != "", "the error %s says nothing to people", e.Code)
	again := slices.Contains([]wire.Code{wire.CodePaused, wire.CodeRateLimited, wire.CodeOverloaded, wire.CodeUnavailable, wire.CodeInternal}, e.Code)
	want(e.Recoverable == again, "recoverable is %t in an error %s", e.Recoverable, e.Code)
	if e.Code == wire.CodeRateLimited || e.Code == wire.CodeOverloaded {
		want(e.RetryAfterMs > 0, "the error %s does not say after how many ms to try again", e.Code)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
