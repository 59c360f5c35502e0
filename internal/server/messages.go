package server

import (
	"context"
	"errors"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// handle does what a message asks for. It tells how to close when it is one bad
// message too many.
func (c *conn) handle(ctx context.Context, b []byte) *ending {
	begun := time.Now()
	m, err := wire.Decode(b)
	c.s.cfg.Metrics.message("in", known(m.Type))
	if !c.bucket.Allow() || !c.s.gate.allow(c.visitor.token) {
		err = &session.Error{Kind: session.RateLimited, Message: "too many messages; send this one again in a moment", RetryAfter: time.Second}
	}
	if err == nil {
		err = c.dispatch(ctx, m, begun)
	}
	if err == nil {
		return nil
	}
	e := c.tell(err)
	c.answer(wire.TypeError, m.ID, e)
	if c.tooManyBad(e.Code) {
		return &ending{wire.CloseBadHello, "ten bad messages within a minute"}
	}
	return nil
}

// known keeps what strangers call a message out of the names of metrics.
func known(kind string) string {
	switch kind {
	case wire.TypeHello, wire.TypeCreate, wire.TypeDraft, wire.TypePing:
		return kind
	}
	if session.CommandType(kind).OfPeople() {
		return kind
	}
	return "unknown"
}

// tooManyBad counts what no client of ours would send.
func (c *conn) tooManyBad(code wire.Code) bool {
	switch code {
	case wire.CodeBadJSON, wire.CodeBadMessage, wire.CodeUnknownType:
	default:
		return false
	}
	now := c.s.cfg.Now()
	if c.bad = append(c.bad, now); len(c.bad) < wire.MaxBad {
		return false
	}
	c.bad = c.bad[len(c.bad)-wire.MaxBad:]
	return now.Sub(c.bad[0]) < wire.BadWithin
}

func (c *conn) dispatch(ctx context.Context, m wire.Message, begun time.Time) error {
	switch m.Type {
	case wire.TypePing:
		c.answer(wire.TypePong, m.ID, struct{}{})
		return nil
	case wire.TypeHello:
		return session.Errorf(session.InvalidState, "hello comes first, and once; connect again for another interview")
	case wire.TypeCreate:
		return c.create(ctx, m)
	case wire.TypeDraft:
		return c.draft(ctx, m)
	}
	cmd, err := wire.CommandOf(m)
	if err != nil {
		return err
	}
	if c.seat == nil {
		return errNowhere
	}
	if err := needsID(m); err != nil {
		return err
	}
	ack, err := c.visitor.do(ctx, c.seat, c.of, session.Envelope{ID: m.ID, Command: cmd})
	if err != nil {
		return err
	}
	c.answer(wire.TypeAck, m.ID, wire.AckOf(c.seat.ID(), ack))
	c.s.cfg.Metrics.acked(time.Since(begun))
	c.s.logCommand(c.log, cmd)
	return nil
}

var errNowhere = session.Errorf(session.InvalidState, "this connection follows no interview; create one, or name one in hello")

func needsID(m wire.Message) error {
	if m.ID == "" {
		return wire.Errorf(wire.CodeBadMessage, "%s changes something and so needs an id", m.Type)
	}
	return nil
}

// create makes an interview, which the connection then follows.
func (c *conn) create(ctx context.Context, m wire.Message) error {
	var asked wire.Create
	switch err := m.Into(&asked); {
	case err != nil:
		return err
	case needsID(m) != nil:
		return needsID(m)
	}
	if c.seat != nil && !c.madeBy(m.ID) {
		return session.Errorf(session.InvalidState, "this connection follows interview %s; connect again for another", c.seat.ID())
	}
	seat, dup, err := c.visitor.create(ctx, m.ID, asked)
	if err != nil {
		return err
	}
	again := c.seat != nil
	if again {
		c.s.lobby.leave(seat)
	} else {
		sum, err := c.visitor.find(ctx, seat.ID())
		if err != nil {
			c.s.lobby.leave(seat)
			return err
		}
		c.enter(seat, sum)
	}
	snap, err := c.seat.Standing()
	if err != nil {
		return err
	}
	c.answer(wire.TypeAck, m.ID, wire.Ack{Interview: c.seat.ID(), Seq: snap.LastSeq, State: snap.State, Turn: snap.Turn, Dup: dup})
	if again {
		return nil
	}
	if err := c.sendWelcome(ctx, m.ID); err != nil {
		return err
	}
	c.follow(0)
	return nil
}

// madeBy tells whether a message made the interview that is followed: then it
// has only come twice.
func (c *conn) madeBy(id string) bool {
	o := c.of.Settings.Owner
	return o != nil && o.Token == c.visitor.token.ID && (o.Request == id || c.visitor.token.Invitation != nil)
}

// draft keeps half-typed text.
func (c *conn) draft(ctx context.Context, m wire.Message) error {
	var d wire.Draft
	if err := m.Into(&d); err != nil {
		return err
	}
	if c.seat == nil {
		return errNowhere
	}
	if err := c.visitor.draft(ctx, c.seat, c.of, d); err != nil {
		return err
	}
	if m.ID == "" {
		return nil // who gives no id wants no answer
	}
	snap, err := c.seat.Standing()
	if err != nil {
		return err
	}
	c.answer(wire.TypeAck, m.ID, wire.Ack{Interview: c.seat.ID(), Seq: snap.LastSeq, State: snap.State, Turn: snap.Turn})
	return nil
}

// isGone tells whether a wait ended because nobody waits any more.
func isGone(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
