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

// catchUpWithClock does what has become due while nobody had the interview
// open, one thing after the other, before anyone sees it. r.mu is held.
func (r *room) catchUpWithClock() {
	for r.gone == nil {
		cmd, at := r.due()
		if cmd == nil || at.After(r.e.now()) || !r.strike(cmd) {
			return
		}
	}
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

// ring does what has become due.
func (r *room) ring() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone != nil || r.e.ctx.Err() != nil {
		return
	}
	cmd, at := r.due()
	if cmd == nil || at.After(r.e.now()) {
		r.arm() // somebody typed or answered meanwhile
		return
	}
	r.strike(cmd)
}

// strike sends what the clock wants and tells whether it is done. When another
// process was faster, what is due is asked anew instead: the candidate may
// have come back there. r.mu is held.
func (r *room) strike(cmd session.Command) bool {
	ctx := context.WithoutCancel(r.e.ctx)
	err := r.handIn(ctx, &cmd)
	if err == nil {
		_, err = r.try(ctx, cmd, nil, 0)
	}
	if session.KindOf(err) == session.Conflict {
		err = r.refresh(ctx)
	}
	if err != nil {
		r.e.cfg.Log.Warn("clock", "interview", r.id, "command", cmd.Type(), "err", err)
		r.later()
	}
	return err == nil
}

// handIn puts the draft into a deadline.
func (r *room) handIn(ctx context.Context, cmd *session.Command) error {
	d, ok := (*cmd).(session.Deadline)
	if !ok {
		return nil
	}
	var err error
	d.Draft, err = r.e.cfg.Store.Draft(ctx, r.id, d.Turn)
	*cmd = d
	return err
}

// later rings again soon after the store has failed.
func (r *room) later() {
	if r.timer != nil {
		r.timer.Stop()
	}
	r.timer = time.AfterFunc(time.Second, func() { r.ring() })
}
