package client

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

func unmarshal(b []byte, m *wire.Message) error { return json.Unmarshal(b, m) }

// receive takes a message of the server. An error ends the connection.
func (r *room) receive(m wire.Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m.Seq > 0 {
		return r.event(m)
	}
	switch m.Type {
	case wire.TypeAck:
		var a wire.Ack
		if err := m.Into(&a); err != nil {
			return err
		}
		r.answered(m.Re, reply{ack: a})
	case wire.TypeError:
		var e wire.Error
		if err := m.Into(&e); err != nil {
			return err
		}
		r.refused(m.Re, &e)
	case wire.TypeEvaluating:
		var v wire.Evaluating
		if err := m.Into(&v); err != nil {
			return err
		}
		r.evaluating(v)
	case wire.TypePartial:
		var p wire.Partial
		if err := m.Into(&p); err != nil {
			return err
		}
		r.live.Turn, r.live.Met, r.live.Feedback = p.Turn, p.Met, p.Feedback
		r.tellLive()
	}
	return nil // what is new to this version is for others
}

// event takes the next event. One that was seen is dropped; a hole is a fault of
// the server's that a new connection may mend.
func (r *room) event(m wire.Message) error {
	switch {
	case m.Seq <= r.view.LastSeq:
		return nil
	case m.Seq != r.view.LastSeq+1:
		return &farewell{code: -1, bye: wire.Bye{Message: "an event is missing"}}
	}
	e, _, err := wire.EventOf(m)
	if err != nil {
		return session.Errorf(session.Internal, "the server speaks of something this version of elios does not know (%v); update elios", err)
	}
	r.events = append(r.events, e)
	r.view = r.view.Apply(e)
	r.changed()
	return nil
}

// answered hands what became of an errand to who waits for it.
func (r *room) answered(id string, got reply) {
	i := slices.IndexFunc(r.pending, func(x *errand) bool { return x.message.ID == id })
	if i < 0 {
		return // nobody waits any more
	}
	x := r.pending[i]
	r.pending = slices.Delete(r.pending, i, i+1)
	if x.message.Type == wire.TypeDraft && got.err == nil && r.draft != nil && r.draft.id == id {
		r.view.Draft = r.draft.Text
		r.draft = nil
		_ = r.c.drafts.forget(r.store, r.id) // the server has it; an older copy does no harm
	}
	x.answer <- got
	r.tellLink()
}

// mostPatience is how long the server may ask a message to wait.
const mostPatience = time.Minute

// refused takes an error. Where the server only asks for patience the message
// is sent again later.
func (r *room) refused(id string, e *wire.Error) {
	patience := time.Duration(e.RetryAfterMs) * time.Millisecond
	busy := e.Code == wire.CodeRateLimited || e.Code == wire.CodeOverloaded
	if !busy || patience <= 0 || patience > mostPatience {
		r.answered(id, reply{err: e.Session()})
		return
	}
	for _, x := range r.pending {
		if x.message.ID == id {
			x.onWire, x.notTill = false, time.Now().Add(patience)
			x.sent-- // it was not taken
		}
	}
	r.changed()
}

func (r *room) evaluating(v wire.Evaluating) {
	l := session.Live{
		Turn: v.Turn, Phase: v.Phase, Attempt: v.Attempt, Position: v.Position, Done: v.Done, Of: v.Of,
		Elapsed: time.Duration(v.ElapsedMs) * time.Millisecond,
	}
	if r.live.Turn == v.Turn && r.live.Attempt == v.Attempt {
		l.Met, l.Feedback = r.live.Met, r.live.Feedback
	}
	r.live = l
	r.tellLive()
}

// tellLive hands a partial result to whoever is ready for it. r.mu is held.
func (r *room) tellLive() {
	for ch := range r.lives {
		select {
		case ch <- r.live:
		default:
		}
	}
}
