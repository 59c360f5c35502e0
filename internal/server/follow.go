package server

import (
	"context"
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
			if j, ok := e.Data.(session.Judged); ok {
				c.evaluated.Store(int64(j.Turn))
			}
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

// liveEvery is how often partial results of a turn are sent: as often as anybody
// sees.
const liveEvery = 40 * time.Millisecond

// sendLive sends partial results: the first of a turn at once, then the newest every
// now and then, since each says all that the ones before it said. What is over
// before its time has come is told by its evaluation.
func (c *conn) sendLive() {
	live := c.seat.Live(c.ctx)
	turn := 0
	for l := range live {
		if l.Turn == turn {
			l = newest(c.ctx, live, l)
			if l.Turn <= int(c.evaluated.Load()) {
				continue
			}
		}
		turn = l.Turn
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

// newest waits for a moment and gives the last partial result that came in it.
func newest(ctx context.Context, live <-chan session.Live, l session.Live) session.Live {
	t := time.NewTimer(liveEvery)
	defer t.Stop()
	for {
		select {
		case next, ok := <-live:
			if !ok {
				return l
			}
			l = next
		case <-t.C:
			return l
		case <-ctx.Done():
			return l
		}
	}
}

// restartIn spreads the clients that come back after a stop.
func restartIn() time.Duration {
	return wire.FirstWait + rand.N(2*wire.FirstWait)
}
