package server

import (
	"time"

	"github.com/elios/elios/internal/session"
)

// liveEvery is how often partial results of a turn are sent: as often as anybody
// sees.
const liveEvery = 40 * time.Millisecond

// partials chooses which partial results are sent: the first of a turn at once, then
// the newest every now and then, since each says all that the ones before it said. What
// is over before its time has come is told by its evaluation.
type partials struct {
	of    <-chan session.Live // nil when no more will come
	turn  int                 // of the last that was sent
	over  int                 // the last turn whose evaluation was sent
	held  *session.Live       // the newest that was not sent
	timer *time.Timer         // since one was sent, until the next may be; nil: it may
}

// take holds the newest partial result; ok is false when it is none, and no more will come.
func (p *partials) take(l session.Live, ok bool) {
	switch {
	case !ok:
		p.of = nil
	case l.Turn <= p.over:
	case l.Turn != p.turn:
		p.drop() // of a turn before
		p.held = &l
	default:
		p.held = &l
	}
}

// drain takes what has come.
func (p *partials) drain() {
	for p.of != nil {
		select {
		case l, ok := <-p.of:
			p.take(l, ok)
		default:
			return
		}
	}
}

// wait ends when the next may be sent.
func (p *partials) wait() <-chan time.Time {
	if p.timer == nil {
		return nil
	}
	return p.timer.C
}

// due is called when the wait is over.
func (p *partials) due() { p.timer = nil }

// next gives what is to be sent now.
func (p *partials) next() (session.Live, bool) {
	if p.held == nil || p.timer != nil {
		return session.Live{}, false
	}
	l := *p.held
	p.held, p.turn, p.timer = nil, l.Turn, time.NewTimer(liveEvery)
	return l, true
}

// saw drops what events have told meanwhile.
func (p *partials) saw(events []session.Event) {
	for _, e := range events {
		j, ok := e.Data.(session.Judged)
		if !ok {
			continue
		}
		p.over = j.Turn
		if p.held != nil && p.held.Turn <= j.Turn {
			p.drop()
		}
	}
}

// drop holds nothing, and the next may be sent at once.
func (p *partials) drop() {
	if p.timer != nil {
		p.timer.Stop()
	}
	p.held, p.timer = nil, nil
}
