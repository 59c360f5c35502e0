package engine

import (
	"context"
	"time"

	"github.com/elios/elios/internal/session"
)

// wakeUp takes over what waits to be done and sets the clock. r.mu is held.
func (r *room) wakeUp() {
	r.takeOver()
	r.arm()
}

// arm sets the timer to what is due next: the end of the answer's time, the
// pause of an idle interview, or its expiry. r.mu is held.
func (r *room) arm() {
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
	cmd, at := r.due()
	if cmd == nil || r.gone != nil {
		return
	}
	r.timer = time.AfterFunc(max(0, at.Sub(r.e.now())), func() { r.ring() })
}

// due says what the clock will want of the interview next, and when.
func (r *room) due() (session.Command, time.Time) {
	iv := r.iv
	if iv.State == session.Complete {
		return nil, time.Time{}
	}
	var cmd session.Command = session.Expire{}
	at := iv.ActiveAt.Add(iv.Settings.ExpireAfter)
	if idle := r.idleAt(); iv.State != session.Idle && !iv.Paused && idle.Before(at) {
		cmd, at = session.IdleTimeout{}, idle
	}
	if iv.State.Answering() && !iv.Deadline.IsZero() && iv.Deadline.Before(at) {
		cmd, at = session.Deadline{Turn: iv.Turn}, iv.Deadline
	}
	return cmd, at
}

// idleAt counts from the last command, or from the last typed word.
func (r *room) idleAt() time.Time {
	last := r.iv.ActiveAt
	if r.typed.After(last) {
		last = r.typed
	}
	return last.Add(r.iv.Settings.IdleAfter)
}

// ring does what has become due. An interview that was open in no process
// catches up when it is entered.
func (r *room) ring() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone != nil || r.e.ctx.Err() != nil {
		return
	}
	ctx := context.WithoutCancel(r.e.ctx)
	cmd, at := r.due()
	if cmd == nil || at.After(r.e.now()) {
		r.arm() // somebody typed or answered meanwhile
		return
	}
	if d, ok := cmd.(session.Deadline); ok {
		draft, err := r.e.cfg.Store.Draft(ctx, r.id, d.Turn)
		if err != nil {
			r.e.cfg.Log.Warn("draft not read", "interview", r.id, "err", err)
			r.later()
			return
		}
		d.Draft = draft
		cmd = d
	}
	if _, err := r.do(ctx, cmd, nil, 0); err != nil {
		r.e.cfg.Log.Warn("clock", "interview", r.id, "command", cmd.Type(), "err", err)
		r.later()
	}
}

// later rings again soon after the store has failed.
func (r *room) later() {
	r.timer = time.AfterFunc(time.Second, func() { r.ring() })
}
