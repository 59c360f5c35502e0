package engine

import (
	"context"
	"errors"
	"time"
)

// watch looks for what other processes have done on the same database, and for
// evaluations whose process has died.
func (e *Engine) watch() {
	t := time.NewTicker(e.cfg.Poll)
	defer t.Stop()
	for {
		select {
		case <-e.ctx.Done():
			e.closeRooms()
			return
		case <-t.C:
			if err := e.look(); err != nil && e.ctx.Err() == nil {
				e.cfg.Log.Warn("watch", "err", err)
			}
		}
	}
}

// look reloads the open interviews that another process has moved on. What
// could not be looked at is looked at again the next time.
func (e *Engine) look() error {
	rooms := e.open()
	if len(rooms) == 0 {
		return nil
	}
	changed, err := e.cfg.Store.Changed(e.ctx)
	if err != nil {
		return err
	}
	var seqs map[string]int64
	if e.behind.Swap(false) || changed {
		ids := make([]string, 0, len(rooms))
		for _, r := range rooms {
			ids = append(ids, r.id)
		}
		if seqs, err = e.cfg.Store.LastSeqs(e.ctx, ids); err != nil {
			e.behind.Store(true)
			return err
		}
	}
	var errs []error
	for _, r := range rooms {
		if err := r.catchUp(e.ctx, seqs[r.id]); err != nil {
			e.behind.Store(true)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// catchUp reloads the interview when its last seq is beyond what is known, and
// takes over an evaluation nobody does.
func (r *room) catchUp(ctx context.Context, last int64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone != nil {
		return nil
	}
	if last > r.iv.LastSeq {
		return r.refresh(ctx)
	}
	r.takeOver()
	return nil
}

func (e *Engine) open() []*room {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]*room, 0, len(e.rooms))
	for _, r := range e.rooms {
		out = append(out, r)
	}
	return out
}

// closeRooms sends everybody out.
func (e *Engine) closeRooms() {
	for _, r := range e.open() {
		r.leave(errClosed)
	}
}
