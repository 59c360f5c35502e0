package server

import (
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// enter takes the seat that the connection follows.
func (c *conn) enter(seat *seat, of session.Summary) {
	c.seat, c.of = seat, of
	c.log = c.log.With("interview", seat.ID())
	c.log.Info("entered", "state", of.State)
}

// follow sends every event after a seq, and what is worth showing in between,
// until the connection ends.
func (c *conn) follow(after int64) {
	if c.seat == nil {
		return
	}
	c.wg.Go(func() { c.guarded(func() { c.sendEvents(after) }) })
	c.wg.Go(func() { c.guarded(c.sendLive) })
}

// guarded keeps a panic in one connection from ending the program.
func (c *conn) guarded(f func()) {
	defer func() {
		if p := recover(); p != nil {
			c.log.Error("connection panicked", "panic", p, "stack", string(debug.Stack()))
			c.cutOff()
		}
	}()
	f()
}

// sendEvents pulls events from the store when woken. A client that is slow makes
// nobody else wait.
func (c *conn) sendEvents(after int64) {
	c.timer()
	for {
		events, err := c.seat.Events(c.ctx, after)
		if err != nil {
			if !isGone(err) && c.ctx.Err() == nil {
				c.over(err)
			}
			return
		}
		timed := false
		for _, e := range events {
			m, err := wire.Event(c.s.voiced(c.seat.ID(), e))
			if err == nil {
				err = c.send(wire.Fit(m, e))
			}
			if err != nil {
				c.cutOff() // the client comes back for the rest
				return
			}
			after = e.Seq
			timed = timed || changesTimer(e.Data)
		}
		if timed {
			c.timer()
		}
	}
}

// over ends a connection whose interview is gone, or cannot be read.
func (c *conn) over(err error) {
	if session.KindOf(err) == session.NotFound {
		c.end(c.s.ctx, wire.CloseNotFound, "the interview is gone", 0)
		return
	}
	c.tell(err)
	c.end(c.s.ctx, wire.CloseRestart, "the interview cannot be read now; connect again", restartIn())
}

// changesTimer tells whether an event may change what is left of a turn's time.
func changesTimer(d session.EventData) bool {
	switch d.(type) {
	case session.QuestionAsked, session.PausedEvent, session.Resumed:
		return true
	}
	return false
}

// timer tells how much time is left, where time is limited.
func (c *conn) timer() {
	if c.seat == nil {
		return
	}
	snap, err := c.seat.Snapshot(c.ctx)
	if err != nil {
		return // the reader or the next event finds out why
	}
	if t, ok := wire.TimerOf(snap, c.s.cfg.Now()); ok {
		c.answer(wire.TypeTimer, "", t)
	}
}

// sendLive sends partial results; those that come while one is being sent are
// dropped but for the last few.
func (c *conn) sendLive() {
	for l := range c.seat.Live(c.ctx) {
		messages, err := wire.Live(l)
		if err != nil {
			c.log.Error("partial result", "err", err)
			continue
		}
		for _, m := range messages {
			if c.send(m) != nil {
				return // the reader finds the connection gone
			}
		}
	}
}

// restartIn spreads the clients that come back after a stop.
func restartIn() time.Duration {
	return wire.FirstWait + rand.N(2*wire.FirstWait)
}
