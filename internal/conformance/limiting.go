package conformance

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// limits are what keeps one client from taking what others need.
var limits = []Check{
	{Name: "limits/messages", Says: "too many messages; wait retry_after_ms", Alone: true, run: func(p *probe) {
		l, w := p.as(p.t.Token, wire.Hello{})
		flood := int(w.Limits.MessagesPerSecond)*10 + 100
		want(flood < 100_000, "the server allows %g messages a second", w.Limits.MessagesPerSecond)
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			for i := range flood {
				m := fmt.Sprintf(`{"type":"ping","id":"f%d"}`, i)
				if l.ws.Write(p.ctx, websocket.MessageText, []byte(m)) != nil {
					return
				}
			}
		}()
		defer func() { l.breaks(); <-sent }()
		limited, wait := 0, int64(0)
		for i := range flood {
			m, gone := l.next(soon)
			if gone != nil {
				fail("the connection ended after %d of %d messages at once: %v", i, flood, gone.err)
			}
			if m.Type != wire.TypeError {
				continue
			}
			e := into[wire.Error](m)
			want(e.Code == wire.CodeRateLimited, "a message too many is refused as %s", e.Code)
			want(m.Re != "", "the error of a message too many does not name it")
			wholeError(e)
			limited, wait = limited+1, e.RetryAfterMs
		}
		want(limited > 0, "none of %d messages at once was refused, and %g a second are taken", flood, w.Limits.MessagesPerSecond)
		p.wait(time.Duration(wait) * time.Millisecond)
		l.alive() // it goes on
	}},
	{Name: "limits/connections", Says: "too many connections of this token", Alone: true, run: func(p *probe) {
		token := p.t.Others.Candidate
		if token.Empty() {
			token = p.t.Token
		}
		const most = 100
		for n := range most {
			l := p.connect().hello(wire.Hello{Token: token})
			m, gone := l.next(soon)
			if gone != nil {
				fail("the server closed with %d and no bye before", gone.code)
			}
			if m.Type != wire.TypeBye {
				continue
			}
			want(into[wire.Bye](m).Code == wire.CloseTooMany, "bye names %d, and 4429 was due", into[wire.Bye](m).Code)
			_, gone = l.next(soon)
			want(gone != nil && gone.code == wire.CloseTooMany, "after connection %d the server did not close with 4429", n+1)
			p.open[0].alive() // the others stay
			for _, l := range p.open {
				l.breaks()
			}
			p.as(token, wire.Hello{}) // they count no more
			return
		}
		skip("%d connections of one token are all welcome; a candidate's token may be bounded: --candidate-token-file FILE", most)
	}},
	{Name: "limits/waiting", Says: "too much to do; wait retry_after_ms", Alone: true, run: waiting},
	{Name: "limits/requests", Says: "rate_limited, with Retry-After", Alone: true, run: func(p *probe) {
		token := p.t.Others.Candidate
		if token.Empty() {
			token = p.t.Token
		}
		const most = 1500
		var mu sync.Mutex
		var refused *reply
		lost := false
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range most / 8 {
					mu.Lock()
					done := refused != nil || lost
					mu.Unlock()
					if done {
						return
					}
					r := p.whoami(token)
					mu.Lock()
					if lost = lost || r == nil; r != nil && r.status != http.StatusOK {
						refused = r
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		want(!lost, "a request has no answer, of %d of one token at once", most)
		if refused == nil {
			skip("%d requests of one token at once are all answered; a candidate's token may be bounded: --candidate-token-file FILE", most)
		}
		e := refused.problem(http.StatusTooManyRequests, wire.CodeRateLimited)
		want(refused.header.Get("Retry-After") != "", "429 comes without Retry-After")
		p.wait(time.Duration(e.RetryAfterMs) * time.Millisecond)
	}},
}

// whoami asks who a token is; nil when there is no answer.
func (p *probe) whoami(token wire.Secret) *reply {
	ctx, cancel := context.WithTimeout(p.ctx, 2*soon)
	defer cancel()
	return p.fetched(ctx, http.MethodGet, "/v1/whoami", token)
}

// waiting hands in answers to many interviews at once. A server may take them
// all; one that does not says when to come again, and takes them then.
func waiting(p *probe) {
	token := p.t.Others.Candidate
	if token.Empty() {
		token = p.t.Token
	}
	const most = 12
	var lines, late []*line
	var ids []string
	for range most {
		l, _ := p.as(token, wire.Hello{})
		ids = append(ids, l.created("w-"+uuid.NewString(), wire.Create{Count: few(1), FollowUps: few(0)}))
		l.acked(string(session.CmdStart), "s", nil)
		lines = append(lines, l)
	}
	for i, l := range lines {
		if l.isTooMuch() {
			late = append(late, l)
			p.isTooMuch(ids[i], token)
			first := lines[0].acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
			want(first.Dup, "an answer that waits to be judged was sent again, and its ack has no dup")
		}
	}
	for _, l := range late {
		for end := time.Now().Add(p.t.Patience); l.isTooMuch(); p.wait(time.Second) {
			want(time.Now().Before(end), "an answer that was too much is not taken within %s", p.t.Patience)
		}
	}
	if len(late) == 0 {
		skip("%d answers at once were all taken: a candidate's token and a slower evaluator are needed, as of elios serve --evaluator simulated:2s", most)
	}
}

// isTooMuch hands an answer in, and tells whether it is refused as too much.
func (l *line) isTooMuch() bool {
	l.send(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
	m := l.answer("a")
	if m.Type != wire.TypeError {
		return false
	}
	e := into[wire.Error](m)
	want(e.Code == wire.CodeOverloaded, "an answer while others wait to be judged is refused as %s", e.Code)
	wholeError(e)
	l.alive()
	return true
}

// isTooMuch hands the same answer in by a request; by now it may be taken.
func (p *probe) isTooMuch(id string, token wire.Secret) {
	m := wire.Message{Type: string(session.CmdAnswer), Data: asBytes(session.Answer{Turn: 1, Text: said})}
	r := p.request(http.MethodPost, "/v1/interviews/"+id+"/commands", "a", m, by(token)...)
	if r.status == http.StatusOK {
		return
	}
	r.problem(http.StatusServiceUnavailable, wire.CodeOverloaded)
	want(r.header.Get("Retry-After") != "", "503 comes without Retry-After, and retry_after_ms is known")
}
