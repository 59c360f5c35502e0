package client

import (
	"context"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// room is an interview on the server. One goroutine keeps the connection; the
// methods talk to the state under mu.
type room struct {
	c      *Client
	id     string
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{} // closed when the connection's goroutine has ended

	mu      sync.Mutex
	store   string          // the server's database, "" before the first welcome
	events  []session.Event // all there are, from 1
	view    session.Snapshot
	behind  int64         // the last event the server had at the last welcome
	fatal   error         // why there will be no more, nil while there may be
	change  chan struct{} // closed and made anew at every change
	pending []*errand     // not acknowledged yet, in order
	draft   *typed        // what the server may not have yet, nil for nothing
	link    session.Connection
	live    session.Live
	lives   map[chan session.Live]struct{}
}

// errand is a message that has to be acknowledged.
type errand struct {
	message wire.Message
	sent    int // how often
	onWire  bool
	notTill time.Time // the server has asked for patience
	answer  chan reply
}

// reply is what became of an errand.
type reply struct {
	ack wire.Ack
	err error
}

// typed is a draft on its way.
type typed struct {
	draft
	id string // of the message that carries it, "" while offline
}

// enter connects to an interview and waits until it is there.
func (c *Client) enter(ctx context.Context, id string) (session.Room, error) {
	r := &room{c: c, id: id, change: make(chan struct{}), done: make(chan struct{}), lives: map[chan session.Live]struct{}{}}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	go r.run()
	for {
		r.mu.Lock()
		up, fatal, change := r.link.Up && r.view.LastSeq >= r.behind, r.fatal, r.change
		r.mu.Unlock()
		switch {
		case fatal != nil:
			_ = r.Close()
			return nil, fatal
		case up:
			return r, nil
		}
		select {
		case <-change:
		case <-ctx.Done():
			_ = r.Close()
			return nil, ctx.Err()
		}
	}
}

// ID is the interview's.
func (r *room) ID() string { return r.id }

// Close leaves the room.
func (r *room) Close() error {
	r.cancel()
	<-r.done
	return nil
}

// changed tells whoever waits. r.mu is held.
func (r *room) changed() {
	close(r.change)
	r.change = make(chan struct{})
}

// Standing is where the interview stands, as far as this side knows.
func (r *room) Standing() (session.Snapshot, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.view.Bare(), r.fatal
}

// Snapshot is where the interview stands, as far as this side knows.
func (r *room) Snapshot(ctx context.Context) (session.Snapshot, error) {
	r.mu.Lock()
	s, fatal, own, up := r.view, r.fatal, r.draft, r.link.Up
	r.mu.Unlock()
	switch {
	case fatal != nil:
		return session.Snapshot{}, fatal
	case !s.State.Answering():
		return s, nil
	case own != nil && own.Turn == s.Turn:
		s.Draft = own.Text
		return s, nil
	case !up:
		return s, nil
	}
	// What somebody typed in another window only the server knows. Without it
	// the last draft that this side knows of has to do.
	var there session.Snapshot
	if err := r.c.once(ctx, "GET", pathOf(r.id), "", nil, &there); err == nil && there.Turn == s.Turn {
		s.Draft = there.Draft
		r.mu.Lock()
		if r.view.Turn == s.Turn {
			r.view.Draft = there.Draft
		}
		r.mu.Unlock()
	}
	return s, ctx.Err()
}

// Events waits until there is an event after a seq and returns all of them.
func (r *room) Events(ctx context.Context, after int64) ([]session.Event, error) {
	for {
		r.mu.Lock()
		fatal, change, last := r.fatal, r.change, int64(len(r.events))
		var out []session.Event
		if after = max(after, 0); after < last {
			out = slices.Clone(r.events[after:])
		}
		r.mu.Unlock()
		switch {
		case len(out) > 0:
			return out, nil
		case fatal != nil:
			return nil, fatal
		}
		select {
		case <-change:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Do sends a command and returns when it is on the server's disk and its events
// are here, or it was refused. While there is no connection it waits for one.
func (r *room) Do(ctx context.Context, e session.Envelope) (session.Ack, error) {
	if e.Command == nil || !e.Command.Type().OfPeople() {
		return session.Ack{}, session.Errorf(session.Invalid, "this is not a command of a person")
	}
	if n := utf8.RuneCountInString(e.ID); n == 0 || n > wire.MaxID {
		return session.Ack{}, session.Errorf(session.Invalid, "a command needs an id of 1 to %d characters", wire.MaxID)
	}
	m, err := wire.Command(e)
	if err != nil {
		return session.Ack{}, err
	}
	x, err := r.post(m)
	if err != nil {
		return session.Ack{}, err
	}
	got, err := r.wait(ctx, x)
	if err != nil {
		return session.Ack{}, err
	}
	if err := r.seen(ctx, got.ack.Seq); err != nil {
		return session.Ack{}, err
	}
	ack := got.ack.Session()
	ack.Dup = ack.Dup && x.sent < 2 // sent again by ourselves it is still the first
	r.settled(e.Command)
	return ack, nil
}

// settled forgets the draft of a turn that was answered.
func (r *room) settled(cmd session.Command) {
	turn := 0
	switch c := cmd.(type) {
	case session.Answer:
		turn = c.Turn
	case session.Skip:
		turn = c.Turn
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.draft != nil && r.draft.Turn == turn {
		r.draft = nil
		_ = r.c.drafts.forget(r.store, r.id) // it is only an older copy of what was handed in
	}
}

// post puts a message into the queue of what has to be acknowledged.
func (r *room) post(m wire.Message) (*errand, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fatal != nil {
		return nil, r.fatal
	}
	x := &errand{message: m, answer: make(chan reply, 1)}
	r.pending = append(r.pending, x)
	r.tellLink()
	return x, nil
}

// wait waits for what became of an errand. Who does not wait any more takes it
// back, unless it has gone.
func (r *room) wait(ctx context.Context, x *errand) (reply, error) {
	select {
	case got := <-x.answer:
		return got, got.err
	case <-ctx.Done():
		r.mu.Lock()
		defer r.mu.Unlock()
		if i := slices.Index(r.pending, x); i >= 0 {
			r.pending = slices.Delete(r.pending, i, i+1)
			r.tellLink()
		}
		if !r.link.Up {
			return reply{}, &session.Error{Kind: session.Unreachable, Message: "the server cannot be reached now; what you typed is kept here and sent when you come back", Err: ctx.Err()}
		}
		return reply{}, ctx.Err()
	}
}

// seen waits until the events up to a seq are here.
func (r *room) seen(ctx context.Context, seq int64) error {
	for {
		r.mu.Lock()
		last, fatal, change := r.view.LastSeq, r.fatal, r.change
		r.mu.Unlock()
		switch {
		case last >= seq:
			return nil
		case fatal != nil:
			return fatal
		}
		select {
		case <-change:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// News is closed when there may be new events, or the room is gone.
func (r *room) News() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.change
}

// SaveDraft keeps half-typed text: here at once, and on the server before it
// returns, unless there is no connection.
func (r *room) SaveDraft(ctx context.Context, turn int, text string) error {
	if n := len(text); n > 4*session.MaxAnswer {
		return session.Errorf(session.TooLong, "the draft has %d bytes; at most %d are kept", n, 4*session.MaxAnswer)
	}
	m, err := wire.New(wire.TypeDraft, wire.Draft{Turn: turn, Text: text})
	if err != nil {
		return err
	}
	m.ID = uuid.NewString()
	r.mu.Lock()
	if r.fatal != nil {
		defer r.mu.Unlock()
		return r.fatal
	}
	err = r.c.drafts.keep(r.store, r.id, draft{turn, text})
	r.draft = &typed{draft{turn, text}, m.ID}
	r.withdrawDrafts()
	x := &errand{message: m, answer: make(chan reply, 1)}
	r.pending = append(r.pending, x)
	up, change := r.link.Up, r.change
	r.tellLink()
	r.mu.Unlock()
	for up {
		select {
		case got := <-x.answer:
			return got.err
		case <-ctx.Done():
			return ctx.Err()
		case <-change:
		}
		r.mu.Lock()
		up, change = r.link.Up, r.change
		r.mu.Unlock()
	}
	return err // without a connection the copy on this disk is what counts
}

// withdrawDrafts takes back drafts that a newer one replaces. r.mu is held.
func (r *room) withdrawDrafts() {
	r.pending = slices.DeleteFunc(r.pending, func(x *errand) bool {
		if x.message.Type != wire.TypeDraft || x.onWire {
			return false
		}
		x.answer <- reply{} // a later text is on its way
		return true
	})
}

// liveBuffer is how many partial results a reader may be behind.
const liveBuffer = 16

// Live delivers partial results until ctx is done or the room is left.
func (r *room) Live(ctx context.Context) <-chan session.Live {
	ch := make(chan session.Live, liveBuffer)
	r.mu.Lock()
	r.lives[ch] = struct{}{}
	r.mu.Unlock()
	go func() {
		select {
		case <-ctx.Done():
		case <-r.done:
		}
		r.mu.Lock()
		delete(r.lives, ch)
		close(ch)
		r.mu.Unlock()
	}()
	return ch
}

// Connection delivers how the connection is until ctx is done or the room is left.
func (r *room) Connection(ctx context.Context) <-chan session.Connection {
	ch := make(chan session.Connection, 1)
	go func() {
		defer close(ch)
		var last session.Connection
		for first := true; ; first = false {
			r.mu.Lock()
			link, change := r.link, r.change
			r.mu.Unlock()
			if first || link != last {
				last = link
				select {
				case <-ch: // nobody has read the one before
				default:
				}
				ch <- link
			}
			select {
			case <-change:
			case <-ctx.Done():
				return
			case <-r.done:
				return
			}
		}
	}()
	return ch
}

// tellLink counts what waits and tells of it. r.mu is held.
func (r *room) tellLink() {
	r.link.Unsent = 0
	for _, x := range r.pending {
		if x.message.Type != wire.TypeDraft {
			r.link.Unsent++
		}
	}
	r.changed()
}

var _ session.Remote = (*room)(nil)
