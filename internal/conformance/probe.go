package conformance

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// probe is one check at work.
type probe struct {
	ctx   context.Context
	t     Target
	name  string
	open  []*line
	leave []context.CancelFunc // of what else is open
	made  []madeInterview

	mu         sync.Mutex
	sent, came string // the last of each
}

// madeInterview is one that goes when the check is over.
type madeInterview struct {
	id    string
	token wire.Secret
}

// close leaves every connection and deletes what was made: a candidate may have
// only so many interviews that are not complete.
func (p *probe) close() {
	for _, l := range p.open {
		_ = l.ws.CloseNow() // the check is over
	}
	for _, leave := range p.leave {
		leave()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), soon)
	defer cancel()
	for _, iv := range p.made {
		for {
			r := p.deleted(ctx, iv)
			if r == nil || r.status != http.StatusTooManyRequests || ctx.Err() != nil {
				break
			}
			time.Sleep(time.Second / 4) // the check before took all that the token may
		}
	}
}

// deleted deletes an interview; nil when there is no answer. Whether it works is another
// check's.
func (p *probe) deleted(ctx context.Context, iv madeInterview) *reply {
	return p.fetched(ctx, http.MethodDelete, "/v1/interviews/"+iv.id, iv.token)
}

// watch tells of something that was sent or seen.
func (p *probe) watch(format string, args ...any) {
	if p.t.Watch != nil {
		p.t.Watch(p.name, fmt.Sprintf(format, args...))
	}
}

// note keeps what was last sent or came, for whoever reads of a fault.
func (p *probe) note(at *string, b []byte) {
	p.mu.Lock()
	*at = p.masked(short(b))
	p.mu.Unlock()
}

func (p *probe) excerpts() (sent, came string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent, p.came
}

// secrets are the tokens, which nothing may show.
func (p *probe) secrets() []wire.Secret {
	o := p.t.Others
	return []wire.Secret{p.t.Token, o.Candidate, o.Observer, o.Host, o.Invitation, o.Expired, o.Revoked}
}

// masked hides tokens, also one that was cut.
func (p *probe) masked(s string) string {
	for _, secret := range p.secrets() {
		if !secret.Empty() {
			s = strings.ReplaceAll(s, secret.Reveal(), "***")
		}
	}
	if at := strings.Index(s, `"token":"elios_`); at >= 0 {
		s = s[:at] + `"token":"…`
	}
	return s
}

// dial connects, offering subprotocols.
func (p *probe) dial(header http.Header, protocols ...string) (*line, *http.Response, error) {
	return p.dialWith("", &websocket.DialOptions{HTTPHeader: header, Subprotocols: protocols})
}

// dialWith connects with what stands behind the path.
func (p *probe) dialWith(query string, o *websocket.DialOptions) (*line, *http.Response, error) {
	ctx, cancel := context.WithTimeout(p.ctx, soon)
	defer cancel()
	o.HTTPClient, o.CompressionMode = p.t.HTTP, websocket.CompressionDisabled
	ws, res, err := websocket.Dial(ctx, p.t.URL.String()+"/v1/ws"+query, o)
	if err != nil {
		return nil, res, err
	}
	ws.SetReadLimit(wire.MaxServerFrame)
	l := &line{p: p, ws: ws, token: p.t.Token, frames: map[string]string{}}
	p.open = append(p.open, l)
	return l, res, nil
}

// connect connects as a client should.
func (p *probe) connect() *line {
	l, _, err := p.dial(nil, wire.Subprotocol)
	if err != nil {
		fail("the server cannot be connected to: %v", err)
	}
	return l
}

// as connects and says hello with a token, and wants to be welcome. One connection
// too many is made again, as a client would: a server needs a moment to find that
// those before are gone.
func (p *probe) as(token wire.Secret, h wire.Hello) (*line, wire.Welcome) {
	h.Token = token
	for end := time.Now().Add(soon); ; p.wait(wire.FirstWait) {
		l := p.connect()
		l.token = token
		m := l.hello(h).until(wire.TypeWelcome, soon, func(m wire.Message) bool { return m.Type == wire.TypeWelcome || m.Type == wire.TypeBye })
		if m.Type == wire.TypeWelcome {
			return l, into[wire.Welcome](m)
		}
		code := into[wire.Bye](m).Code
		want(code == wire.CloseTooMany && time.Now().Before(end), "%s did not come: the server said bye with %d", wire.TypeWelcome, code)
		l.breaks()
	}
}

// enter connects and follows no interview.
func (p *probe) enter() *line {
	l, _ := p.as(p.t.Token, wire.Hello{})
	return l
}

// follow connects and follows an interview from after a seq on.
func (p *probe) follow(id string, after int64) (*line, wire.Welcome) {
	l, w := p.as(p.t.Token, wire.Hello{Interview: id, After: after})
	want(w.Snapshot != nil, "the welcome says nothing of the interview")
	return l, w
}

// made makes an interview by a message, which the line then follows.
func (p *probe) makes(c wire.Create) (*line, string) {
	l := p.enter()
	return l, l.created("create-"+uuid.NewString(), c)
}

// begun makes an interview and starts it: it stands at the first question.
func (p *probe) begun(c wire.Create) (*line, string) {
	l, id := p.makes(c)
	l.acked(string(session.CmdStart), "start", nil)
	l.happened(session.EvQuestion)
	return l, id
}

// The tokens of others, without which a check is skipped.
func (p *probe) candidate() wire.Secret {
	return needed(p.t.Others.Candidate, "another candidate's token: --candidate-token-file FILE")
}

func (p *probe) observer() wire.Secret {
	return needed(p.t.Others.Observer, "an observer's token: --observer-token-file FILE")
}

func (p *probe) host() wire.Secret {
	return needed(p.t.Others.Host, "a host's token: --host-token-file FILE")
}

func (p *probe) invitation() wire.Secret {
	return needed(p.t.Others.Invitation, "an invitation's token: --invitation-token-file FILE")
}

func (p *probe) expired() wire.Secret {
	return needed(p.t.Others.Expired, "a token that has expired: --expired-token-file FILE")
}

func (p *probe) revoked() wire.Secret {
	return needed(p.t.Others.Revoked, "a token that was revoked: --revoked-token-file FILE")
}

func needed(s wire.Secret, what string) wire.Secret {
	if s.Empty() {
		skip("it needs %s", what)
	}
	return s
}

// few is a number for a create.
func few(n int) *int { return &n }
