package engine

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// room is one open interview. Everybody in it shares one; it goes when the
// last one leaves.
type room struct {
	e  *Engine
	id string

	mu     sync.Mutex
	iv     *session.Interview
	bare   session.Snapshot // the fold of the redacted events; what is long in it is read when somebody asks
	recent []session.Event  // the last of them, which who follows asks for next
	wake   chan struct{}    // closed when there are new events and made anew, or when the room is closed
	gone   error            // why the room is closed, nil while it is open
	refs   int
	timer  *time.Timer
	typed  time.Time // the last draft: typing is no idling
	job    *running  // the evaluation this process is doing, nil for none
	warmed int       // the turn the evaluator was told to prepare for
	rest   time.Time // no job is taken over before, since the last result could not be kept
	hush   context.CancelFunc
	lives  map[chan session.Live]struct{}
	closed chan struct{}
}

// enter opens an interview or joins it. One that was open nowhere catches up
// with the clock first.
func (e *Engine) enter(ctx context.Context, id string) (session.Room, error) {
	r, err := e.join(id, nil)
	first := r == nil
	if first && err == nil {
		var loaded *room
		if loaded, err = e.load(ctx, id); err == nil {
			r, err = e.join(id, loaded)
		}
	}
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.catchUpWithClock()
	r.wakeUp()
	if first {
		r.sayTurn()
	}
	r.warm()
	r.mu.Unlock()
	return &guest{room: r}, nil
}

// join counts one more guest of the room of an interview, which is opened when
// there is none yet and a room is given.
func (e *Engine) join(id string, opened *room) (*room, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ctx.Err() != nil {
		return nil, errClosed
	}
	if e.rooms[id] == nil {
		if opened == nil {
			return nil, nil
		}
		e.rooms[id] = opened
		e.behind.Store(true) // what came between loading and now
	}
	r := e.rooms[id]
	r.refs++
	return r, nil
}

// load reads an interview and folds its events for the faces.
func (e *Engine) load(ctx context.Context, id string) (*room, error) {
	r := &room{e: e, id: id, wake: make(chan struct{}), lives: map[chan session.Live]struct{}{}, closed: make(chan struct{})}
	if err := r.reload(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// reload takes the truth from the store. The rows are read first: events that
// come in between are folded on top and the rows are found stale later.
func (r *room) reload(ctx context.Context) error {
	iv, err := r.e.cfg.Store.Load(ctx, r.id)
	if err != nil {
		return err
	}
	events, err := r.e.cfg.Store.Events(ctx, r.id, r.bare.LastSeq, 0)
	if err != nil {
		return err
	}
	r.iv = iv
	r.show(events)
	return nil
}

// show folds new events into what faces see.
func (r *room) show(events []session.Event) {
	for _, ev := range events {
		if ev.Seq > r.bare.LastSeq && ev.Seq <= r.iv.LastSeq {
			ev = session.Redact(r.iv.Settings.Mode, ev)
			r.bare = r.bare.Apply(ev).Bare()
			r.recent = append(r.recent, ev)
		}
	}
	if n := len(r.recent); n > recentEvents {
		r.recent = slices.Clone(r.recent[n-recentEvents:]) // the others may go
	}
}

// recentEvents is how many events a room keeps: those of the last two or three
// commits. Who is further behind reads them from the store.
const recentEvents = 8

// since gives the events after a seq when all of them are in memory. r.mu is held.
func (r *room) since(after int64) ([]session.Event, bool) {
	n := len(r.recent)
	if n == 0 || r.recent[0].Seq > after+1 || r.recent[n-1].Seq != r.iv.LastSeq {
		return nil, false
	}
	return slices.Clone(r.recent[after+1-r.recent[0].Seq:]), true
}

// publish wakes everyone who waits for events. r.mu is held.
func (r *room) publish() {
	if r.gone != nil {
		return // everyone is awake
	}
	close(r.wake)
	r.wake = make(chan struct{})
}

// leave closes the room: jobs, timer and waiting readers stop.
func (r *room) leave(why error) {
	r.mu.Lock()
	if r.gone != nil {
		r.mu.Unlock()
		return
	}
	r.gone = why
	if r.timer != nil {
		r.timer.Stop()
	}
	if r.hush != nil {
		r.hush()
	}
	for ch := range r.lives {
		r.hangUp(ch)
	}
	job := r.job
	close(r.wake)
	close(r.closed)
	r.mu.Unlock()
	if job != nil {
		job.cancel()
		<-job.done
	}
}

// guest is one face's place in a room.
type guest struct {
	room *room
	once sync.Once
}

// ID is the interview's.
func (g *guest) ID() string { return g.room.id }

// Close leaves the room.
func (g *guest) Close() error {
	g.once.Do(func() {
		r := g.room
		r.e.mu.Lock()
		r.refs--
		last := r.refs == 0
		if last && r.e.rooms[r.id] == r {
			delete(r.e.rooms, r.id)
		}
		r.e.mu.Unlock()
		if last {
			r.leave(session.Errorf(session.NotFound, "the interview was left"))
		}
	})
	return nil
}

// Snapshot is where the interview stands, with the draft of the current turn.
func (g *guest) Snapshot(ctx context.Context) (session.Snapshot, error) {
	bare, err := g.Standing()
	if err != nil {
		return bare, err
	}
	store := g.room.e.cfg.Store
	events, err := store.Events(ctx, bare.ID, 0, int(bare.LastSeq))
	if err != nil {
		return bare, err
	}
	if int64(len(events)) != bare.LastSeq {
		return bare, session.Errorf(session.NotFound, "interview %s was deleted", bare.ID)
	}
	s := session.View(session.RedactAll(bare.Settings.Mode, events))
	if s.State.Answering() {
		s.Draft, err = store.Draft(ctx, s.ID, s.Turn)
	}
	return s, err
}

// Standing is where the interview stands, without what was asked and said.
func (g *guest) Standing() (session.Snapshot, error) {
	g.room.mu.Lock()
	defer g.room.mu.Unlock()
	return g.room.bare, g.room.gone
}

// SaveDraft keeps half-typed text.
func (g *guest) SaveDraft(ctx context.Context, turn int, body string) error {
	r := g.room
	if n := len(body); n > 4*session.MaxAnswer {
		return session.Errorf(session.TooLong, "the draft has %d bytes; at most %d are kept", n, 4*session.MaxAnswer)
	}
	r.mu.Lock()
	gone := r.gone
	r.typed = r.e.now()
	r.mu.Unlock()
	if gone != nil {
		return gone
	}
	return r.e.cfg.Store.SaveDraft(ctx, r.id, turn, text.Clean(body))
}

// Events waits until there is an event after a seq and returns all of them.
// Nobody waits for a slow reader: it pulls when it is ready.
func (g *guest) Events(ctx context.Context, after int64) ([]session.Event, error) {
	r := g.room
	for {
		r.mu.Lock()
		last, mode, wake, gone := r.iv.LastSeq, r.iv.Settings.Mode, r.wake, r.gone
		var events []session.Event
		here := false
		if last > after {
			events, here = r.since(after)
		}
		r.mu.Unlock()
		if gone != nil {
			return nil, gone
		}
		if here {
			return events, nil
		}
		if last > after {
			events, err := r.e.cfg.Store.Events(ctx, r.id, after, 0)
			return session.RedactAll(mode, events), err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-wake:
		}
	}
}

// News is closed when there is a new event, or the room is closed.
func (g *guest) News() <-chan struct{} {
	g.room.mu.Lock()
	defer g.room.mu.Unlock()
	return g.room.wake
}

// liveBuffer is how many partial results a reader may be behind.
const liveBuffer = 8

// Live delivers partial results until ctx is done or the room is closed.
func (g *guest) Live(ctx context.Context) <-chan session.Live {
	r := g.room
	ch := make(chan session.Live, liveBuffer)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone != nil {
		close(ch)
		return ch
	}
	r.lives[ch] = struct{}{}
	context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.hangUp(ch)
	})
	return ch
}

// hangUp delivers no more to a reader. r.mu is held.
func (r *room) hangUp(ch chan session.Live) {
	if _, ok := r.lives[ch]; ok {
		delete(r.lives, ch)
		close(ch)
	}
}

// tell hands a partial result to every reader. One that is too far behind misses
// the oldest: the newest says all that the others said.
func (r *room) tell(l session.Live) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l = session.RedactLive(r.iv.Settings.Mode, l)
	for ch := range r.lives {
		for sent := false; !sent; {
			select {
			case ch <- l:
				sent = true
			default:
				select {
				case <-ch:
				default: // it was read meanwhile
				}
			}
		}
	}
}
