package server

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/elios/elios/internal/session"
)

// lobby keeps the rooms of the interviews that are going on here, also while no
// client is connected: their evaluations and clocks run on.
type lobby struct {
	ivs session.Interviews
	log *slog.Logger
	now func() time.Time

	mu    sync.Mutex
	rooms map[string]*seat
}

// seat is an open room and how many are in it.
type seat struct {
	session.Room
	users int
	used  time.Time // when the last one left
}

// since gives the events after a seq that there are, without waiting for any.
func (s *seat) since(ctx context.Context, after int64) ([]session.Event, error) {
	snap, err := s.Standing()
	if err != nil || snap.LastSeq <= after {
		return nil, err
	}
	return s.Events(ctx, after)
}

const (
	// tidyEvery is how often rooms that nobody needs are left, and evaluations
	// that a dead process has left behind are looked for.
	tidyEvery = 2 * time.Second
	// linger keeps the room of somebody who comes back at once.
	linger = 10 * time.Second
)

func newLobby(ivs session.Interviews, log *slog.Logger, now func() time.Time) *lobby {
	return &lobby{ivs: ivs, log: log, now: now, rooms: map[string]*seat{}}
}

// enter opens the room of an interview, or shares the one that is open. NotFound.
func (l *lobby) enter(ctx context.Context, id string) (*seat, error) {
	if s := l.sit(id, nil); s != nil {
		return s, nil
	}
	room, err := l.ivs.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	return l.keep(room), nil
}

// keep takes a room that was just opened, unless there is one already.
func (l *lobby) keep(room session.Room) *seat {
	s := l.sit(room.ID(), room)
	if s.Room != room {
		_ = room.Close() // another guest of the same room
	}
	return s
}

func (l *lobby) sit(id string, opened session.Room) *seat {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.rooms[id]
	if s == nil && opened != nil {
		s = &seat{Room: opened}
		l.rooms[id] = s
	}
	if s != nil {
		s.users++
	}
	return s
}

func (l *lobby) leave(s *seat) {
	l.mu.Lock()
	s.users--
	s.used = l.now()
	l.mu.Unlock()
}

// drop closes the room of an interview that is no more.
func (l *lobby) drop(id string) {
	l.mu.Lock()
	s := l.rooms[id]
	delete(l.rooms, id)
	l.mu.Unlock()
	if s != nil {
		_ = s.Close() // whoever is still in it finds it gone
	}
}

// len is how many interviews are going on here.
func (l *lobby) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rooms)
}

// run adopts and tidies until ctx is done.
func (l *lobby) run(ctx context.Context) {
	t := time.NewTicker(tidyEvery)
	defer t.Stop()
	for {
		if err := l.adopt(ctx); err != nil && ctx.Err() == nil {
			l.log.Warn("interviews not adopted", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			l.tidy()
		}
	}
}

// adopt opens the interviews of remote candidates that wait for an evaluation
// nobody may be making, since the process that did is gone.
func (l *lobby) adopt(ctx context.Context) error {
	list, err := l.ivs.List(ctx, session.Filter{Hosted: true, State: session.Evaluating})
	if err != nil {
		return err
	}
	var errs []error
	for _, sum := range list {
		if sum.Paused {
			continue
		}
		s, err := l.enter(ctx, sum.ID)
		if err == nil {
			l.leave(s)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// tidy leaves the rooms that nobody needs.
func (l *lobby) tidy() {
	for _, s := range l.unused() {
		snap, err := s.Standing()
		if err == nil && active(snap) {
			continue
		}
		l.mu.Lock()
		back := snap.State != session.Complete && l.now().Sub(s.used) <= linger
		if s.users > 0 || back || l.rooms[s.ID()] != s {
			l.mu.Unlock()
			continue
		}
		delete(l.rooms, s.ID())
		l.mu.Unlock()
		_ = s.Close() // it only leaves
	}
}

// unused are the rooms nobody is in.
func (l *lobby) unused() []*seat {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []*seat
	for _, s := range l.rooms {
		if s.users == 0 {
			out = append(out, s)
		}
	}
	return out
}

// active tells whether something goes on without the candidate: an evaluation,
// or a clock. Idleness pauses in the end.
func active(s session.Snapshot) bool {
	return s.State != session.Idle && s.State != session.Complete && !s.Paused
}

// close leaves every room.
func (l *lobby) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var errs []error
	for id, s := range l.rooms {
		errs = append(errs, s.Close())
		delete(l.rooms, id)
	}
	return errors.Join(errs...)
}
