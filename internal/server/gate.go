package server

import (
	"context"
	"sync"

	"golang.org/x/time/rate"

	"github.com/elios/elios/internal/session"
)

// gate counts connections and messages by token, so that none takes more than
// its share. A host's token is not bounded: the machine is the host's.
type gate struct {
	limits Limits

	mu        sync.Mutex
	strangers int
	tokens    map[string]*share
}

// place is what an interview takes of what a token may have waiting to be judged.
type place struct {
	coming int  // answers on their way, of which nobody knows yet whether they are taken
	waits  bool // one was taken; by now it may be judged
}

// share is what a token uses.
type share struct {
	conns  int
	bucket *rate.Limiter
	queue  map[string]*place // by interview
	makers int               // who makes an interview, or waits to
	making chan struct{}     // holds one while an interview is made
}

func newGate(l Limits) *gate { return &gate{limits: l, tokens: map[string]*share{}} }

// arrive lets a connection in that has not said hello yet.
func (g *gate) arrive() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.strangers >= g.limits.Strangers {
		return false
	}
	g.strangers++
	return true
}

func (g *gate) known() {
	g.mu.Lock()
	g.strangers--
	g.mu.Unlock()
}

// connect counts a connection of a token; false when there are too many.
func (g *gate) connect(t session.Token) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.share(t.ID)
	if t.Scope != session.HostScope && s.conns >= g.limits.PerToken {
		return false
	}
	s.conns++
	return true
}

func (g *gate) disconnect(t session.Token) {
	g.mu.Lock()
	g.share(t.ID).conns--
	g.forget(t.ID)
	g.mu.Unlock()
}

// allow takes a message of a token from its bucket; false when it is empty.
func (g *gate) allow(t session.Token) bool {
	if t.Scope == session.HostScope {
		return true
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.share(t.ID).bucket.Allow()
}

// share finds what a token uses. g.mu is held.
func (g *gate) share(id string) *share {
	s := g.tokens[id]
	if s == nil {
		g.sweep()
		s = &share{bucket: rate.NewLimiter(g.limits.TokenMessages, g.limits.TokenBurst), queue: map[string]*place{}, making: make(chan struct{}, 1)}
		g.tokens[id] = s
	}
	return s
}

// mostShares is how many tokens are remembered before those that use nothing
// are forgotten.
const mostShares = 1024

// sweep forgets tokens whose buckets are full again. g.mu is held.
func (g *gate) sweep() {
	if len(g.tokens) < mostShares {
		return
	}
	for id, s := range g.tokens {
		for interview, p := range s.queue {
			if p.coming == 0 {
				delete(s.queue, interview) // what still waits is few, and bounded by open interviews
			}
		}
		g.forget(id)
	}
}

// forget drops a share that uses nothing. g.mu is held.
func (g *gate) forget(id string) {
	s := g.tokens[id]
	if s.conns == 0 && s.makers == 0 && len(s.queue) == 0 && s.bucket.Tokens() >= float64(g.limits.TokenBurst) {
		delete(g.tokens, id)
	}
}

// oneMaker lets one interview of a token be made at a time: of those that come at once
// each sees the ones before it, and none slips in beyond the limit. The function ends it.
func (g *gate) oneMaker(ctx context.Context, t session.Token) (done func(), err error) {
	if t.Scope == session.HostScope {
		return func() {}, nil
	}
	g.mu.Lock()
	s := g.share(t.ID)
	s.makers++
	g.mu.Unlock()
	leave := func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		s.makers--
		g.forget(t.ID)
	}
	select {
	case s.making <- struct{}{}:
		return func() { <-s.making; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

// reserve gives an interview a place among those of a token that wait, before its
// answer is taken: answers that come at once do not slip in together. Where there is
// none, waiting lists who was seen waiting, since some may be judged by now.
func (g *gate) reserve(t session.Token, interview string) (ok bool, waiting []string) {
	if t.Scope == session.HostScope {
		return true, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.share(t.ID)
	p := s.queue[interview]
	if p == nil {
		if len(s.queue) >= g.limits.PerTokenQueue {
			for id, other := range s.queue {
				if other.coming == 0 {
					waiting = append(waiting, id)
				}
			}
			return false, waiting
		}
		p = &place{}
		s.queue[interview] = p
	}
	p.coming++ // an interview waits once, however often its answer comes
	return true, nil
}

// arrived tells what became of an answer with a place: whether its interview waits for
// an evaluation now. Another answer to it may have been taken before.
func (g *gate) arrived(t session.Token, interview string, waits bool) {
	if t.Scope == session.HostScope {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.share(t.ID)
	p := s.queue[interview]
	if p == nil {
		return
	}
	p.coming--
	p.waits = p.waits || waits
	if p.coming == 0 && !p.waits {
		delete(s.queue, interview)
	}
}

// judged gives back the place of an interview that waits no more.
func (g *gate) judged(t session.Token, interview string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.share(t.ID)
	if p := s.queue[interview]; p != nil && p.coming == 0 {
		delete(s.queue, interview)
	}
}
