package server

import (
	"context"
	"time"

	"github.com/elios/elios/internal/session"
)

// forgetEvery is how often old interviews are looked for.
const forgetEvery = time.Hour

// forget deletes interviews of remote candidates that are complete and older
// than the host keeps them, now and every hour.
func (s *Server) forget() {
	t := time.NewTicker(forgetEvery)
	defer t.Stop()
	for {
		if n, err := s.forgetOld(s.ctx); err != nil && s.ctx.Err() == nil {
			s.cfg.Log.Warn("old interviews not deleted", "err", err)
		} else if n > 0 {
			s.cfg.Log.Info("old interviews deleted", "number", n)
		}
		select {
		case <-s.ctx.Done():
			return
		case <-t.C:
		}
	}
}

func (s *Server) forgetOld(ctx context.Context) (n int, err error) {
	list, err := s.cfg.Interviews.List(ctx, session.Filter{Hosted: true, State: session.Complete, Until: s.cfg.Now().Add(-s.cfg.Retention)})
	if err != nil {
		return 0, err
	}
	for _, sum := range list {
		if err := s.cfg.Interviews.Delete(ctx, sum.ID); err != nil && session.KindOf(err) != session.NotFound {
			return n, err
		}
		s.lobby.drop(sum.ID)
		n++
	}
	return n, nil
}
