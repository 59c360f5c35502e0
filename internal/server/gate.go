package server

import (
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

// share is what a token uses.
type share struct {
	conns  int
	bucket *rate.Limiter
	queue  map[string]struct{} // interviews that were seen EVALUATING
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
		s = &share{bucket: rate.NewLimiter(g.limits.TokenMessages, g.limits.TokenBurst), queue: map[string]struct{}{}}
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
	for id := range g.tokens {
		g.forget(id)
	}
}

// forget drops a share that uses nothing. g.mu is held.
func (g *gate) forget(id string) {
	s := g.tokens[id]
	if s.conns == 0 && len(s.queue) == 0 && s.bucket.Tokens() >= float64(g.limits.TokenBurst) {
		delete(g.tokens, id)
	}
}

// queued remembers that an interview of a token waits for an evaluation.
func (g *gate) queued(t session.Token, interview string) {
	g.mu.Lock()
	g.share(t.ID).queue[interview] = struct{}{}
	g.mu.Unlock()
}

// reserve gives an interview a place among those of a token that wait, before its
// answer is taken: answers that come at once do not slip in together. fresh tells
// whether it had none. Where there is no place, waiting lists who was seen there.
func (g *gate) reserve(t session.Token, interview string) (fresh bool, waiting []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.share(t.ID)
	if _, has := s.queue[interview]; has {
		return false, nil // an interview waits once
	}
	if t.Scope == session.HostScope || len(s.queue) < g.limits.PerTokenQueue {
		s.queue[interview] = struct{}{}
		return true, nil
	}
	for id := range s.queue {
		waiting = append(waiting, id)
	}
	return false, waiting
}

// judged forgets that an interview waits.
func (g *gate) judged(t session.Token, interview string) {
	g.mu.Lock()
	delete(g.share(t.ID).queue, interview)
	g.mu.Unlock()
}
