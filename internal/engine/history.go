package engine

import (
	"context"
	"slices"
	"time"

	"github.com/elios/elios/internal/session"
)

// List summarises interviews, latest activity first. Interviews that nobody
// has touched for too long expire on the way.
func (e *Engine) List(ctx context.Context, f session.Filter) ([]session.Summary, error) {
	f = e.own(f)
	list, err := e.cfg.Store.List(ctx, f)
	if err != nil {
		return nil, err
	}
	expired := false
	for _, s := range list {
		done, err := e.expireOverdue(ctx, s)
		if err != nil {
			return nil, err
		}
		expired = expired || done
	}
	if expired {
		return e.cfg.Store.List(ctx, f)
	}
	return list, nil
}

// own leaves out remote candidates where this engine is not theirs.
func (e *Engine) own(f session.Filter) session.Filter {
	f.Local = f.Local || e.cfg.Local
	return f
}

// minExpire spares the interviews of this moment a look at when they expire.
const minExpire = time.Minute

// expireOverdue completes an interview whose time has run out unseen.
func (e *Engine) expireOverdue(ctx context.Context, s session.Summary) (bool, error) {
	if s.State == session.Complete || e.now().Sub(s.ActiveAt) < minExpire {
		return false, nil
	}
	iv, err := e.cfg.Store.Load(ctx, s.ID)
	switch {
	case session.KindOf(err) == session.NotFound:
		return false, nil // deleted since it was listed
	case err != nil:
		return false, err
	}
	if e.now().Before(iv.ActiveAt.Add(iv.Settings.ExpireAfter)) {
		return false, nil
	}
	r, err := e.enter(ctx, s.ID) // entering catches up with the clock
	if err != nil {
		return false, err
	}
	return true, r.Close()
}

// Report gathers what a report shows.
func (e *Engine) Report(ctx context.Context, ref string) (session.Report, error) {
	iv, err := e.find(ctx, ref)
	if err != nil {
		return session.Report{}, err
	}
	r, err := session.BuildReport(iv)
	if err != nil {
		return session.Report{}, err
	}
	events, err := e.cfg.Store.Events(ctx, iv.ID, 0, 0)
	if err != nil {
		return session.Report{}, err
	}
	return r.WithoutPauses(events), nil
}

// Attempts gathers every answer to a question that is over, the earliest first.
func (e *Engine) Attempts(ctx context.Context, f session.Filter) ([]session.Attempt, error) {
	list, err := e.cfg.Store.List(ctx, e.own(f))
	if err != nil {
		return nil, err
	}
	var out []session.Attempt
	for _, s := range slices.Backward(list) {
		iv, err := e.cfg.Store.Load(ctx, s.ID)
		switch {
		case session.KindOf(err) == session.NotFound:
			continue // deleted since it was listed
		case err != nil:
			return nil, err
		}
		for i := range iv.Results {
			if iv.Questions[i].ID != f.Asked {
				continue
			}
			if a, err := session.NewAttempt(iv, i+1); err == nil { // an error: it is still open
				out = append(out, a)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b session.Attempt) int { return a.Interview.CreatedAt.Compare(b.Interview.CreatedAt) })
	return out, nil
}
