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
	c.beatMu.Lock() // the heart may beat already
	c.seat, c.of = seat, of
	c.log = c.log.With("interview", seat.ID())
	c.beatMu.Unlock()
	c.log.Info("entered", "state", of.State)
}

// follow sends every event after a seq, and what is worth showing in between,
// until the connection ends.
func (c *conn) follow(after int64) {
	if c.seat == nil {
		return
	}
	c.wg.Go(func() { c.guarded(func() { c.sendNews(after) }) })
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

// sendNews pulls events from the store when woken, and sends partial results in
// between: all of it in one goroutine, since idle connections are many. A client that is
// slow makes nobody else wait.
func (c *conn) sendNews(after int64) {
	live := partials{of: c.seat.Live(c.ctx)}
	defer live.drop()
	c.timer()
	for {
		news := c.seat.News() // asked for before looking, so that nothing is missed
		events, err := c.seat.since(c.ctx, after)
		if err != nil {
			if !isGone(err) && c.ctx.Err() == nil {
				c.over(err)
			}
			return
		}
		live.drain() // what came before the events goes before them
		if l, ok := live.next(); ok && c.sendPartial(l) != nil {
			return // the reader finds the connection gone
		}
		if len(events) > 0 {
			if err := c.sendEvents(events); err != nil {
				c.cutOff() // the client comes back for the rest
				return
			}
			after = events[len(events)-1].Seq
			live.saw(events)
		}
		select {
		case <-news:
		case l, ok := <-live.of:
			live.take(l, ok)
		case <-live.wait():
			live.due()
		case <-c.ctx.Done():
			return
		}
	}
}

// sendEvents sends events, and what is left of a turn's time where they change it.
func (c *conn) sendEvents(events []session.Event) error {
	timed := false
	for _, e := range events {
		m, err := wire.Event(c.s.voiced(c.seat.ID(), e))
		if err == nil {
			err = c.send(wire.Fit(m, e))
		}
		if err != nil {
			return err
		}
		timed = timed || changesTimer(e.Data)
	}
	if timed {
		c.timer()
	}
	return nil
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
	c.beatMu.Lock()
	seat, timed := c.seat, c.of.Settings.Timed()
	c.beatMu.Unlock()
	if seat == nil || !timed {
		return
	}
	snap, err := seat.Standing()
	if err != nil {
		return // the reader or the next event finds out why
	}
	if t, ok := wire.TimerOf(snap, c.s.cfg.Now()); ok {
		c.answer(wire.TypeTimer, "", t)
	}
}

// sendPartial sends a partial result.
func (c *conn) sendPartial(l session.Live) error {
	messages, err := wire.Live(l)
	if err != nil {
		c.log.Error("partial result", "err", err)
		return nil
	}
	for _, m := range messages {
		if err := c.send(m); err != nil {
			return err
		}
	}
	return nil
}

// restartIn spreads the clients that come back after a stop.
func restartIn() time.Duration {
	return wire.FirstWait + rand.N(2*wire.FirstWait)
}
