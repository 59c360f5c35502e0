package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// webSocket upgrades a request to a connection and has it served to its end.
func (s *Server) webSocket(w http.ResponseWriter, r *http.Request) {
	offered := offeredProtocols(r)
	if len(offered) > 0 && !slices.Contains(offered, wire.Subprotocol) {
		problem(w, r, wire.Errorf(wire.CodeBadMessage, "the subprotocol is %s; none of those offered is known here", wire.Subprotocol), http.StatusBadRequest)
		return
	}
	if !s.gate.arrive() {
		e := wire.Errorf(wire.CodeOverloaded, "too many connections begin at once; try again in a moment")
		e.RetryAfterMs = 1000
		problem(w, r, e, http.StatusServiceUnavailable)
		return
	}
	ws, err := websocket.Accept(lean{w}, r, &websocket.AcceptOptions{
		Subprotocols:       []string{wire.Subprotocol},
		InsecureSkipVerify: true, // guard has looked at the origin already
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		s.gate.known()
		return // Accept has answered
	}
	ws.SetReadLimit(-1) // conn.read has the limit, and says so before it closes
	c := &conn{
		s: s, ws: ws, raw: connOf(r.Context()), ref: refOf(r.Context()), header: bearer(r), log: s.cfg.Log.With("conn", refOf(r.Context())),
		bucket: rate.NewLimiter(s.cfg.Limits.Messages, s.cfg.Limits.Burst),
	}
	// Not in this goroutine: as long as the request's handler runs, net/http keeps
	// the request, its answer and their buffers, a third of what a connection needs.
	if !s.outlive(func() { c.guarded(func() { c.serve(s.ctx) }) }) {
		c.cutOff()
	}
}

// offeredProtocols are the subprotocols a client offers.
func offeredProtocols(r *http.Request) []string {
	var out []string
	for _, line := range r.Header.Values("Sec-WebSocket-Protocol") {
		for p := range strings.SplitSeq(line, ",") {
			if p = strings.TrimSpace(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// hello waits for the first message and answers it. It tells how to close when
// it is not as it should be.
func (c *conn) hello(ctx context.Context) *ending {
	b, err := c.firstMessage(ctx)
	if err != nil {
		return err
	}
	m, bad := wire.Decode(b)
	var h wire.Hello
	if bad == nil {
		bad = m.Into(&h)
	}
	switch {
	case bad != nil:
		return &ending{wire.CloseBadHello, "bad hello: " + bad.Error()}
	case m.Type != wire.TypeHello:
		return &ending{wire.CloseBadHello, "the first message is a hello"}
	case h.Protocol != "" && h.Protocol != wire.Subprotocol:
		return &ending{wire.CloseVersion, "this server speaks " + wire.Subprotocol}
	case h.After < 0:
		return &ending{wire.CloseBadHello, "after is a seq, 0 or more"}
	}
	return c.welcome(ctx, m, h)
}

func (c *conn) firstMessage(ctx context.Context) ([]byte, *ending) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.s.cfg.Limits.HelloWithin, errNoHello)
	defer cancel()
	// A read that runs into the end of its context closes the connection
	// without a word; this closes it with one.
	stop := context.AfterFunc(ctx, func() {
		if errors.Is(context.Cause(ctx), errNoHello) {
			c.end(c.s.ctx, wire.CloseTimeout, "no hello came", 0)
		}
	})
	defer stop()
	b, err := c.read(c.s.ctx)
	switch {
	case err != nil && endingOf(err) == nil:
		return nil, &ending{wire.CloseNormal, "the client has left"}
	case err != nil:
		return nil, endingOf(err)
	case !stop():
		return nil, &ending{wire.CloseTimeout, "no hello came"}
	}
	return b, nil
}

var errNoHello = errors.New("no hello")

// welcome finds who it is and which interview they mean.
func (c *conn) welcome(ctx context.Context, m wire.Message, h wire.Hello) *ending {
	secret := c.header
	if secret.Empty() {
		secret = h.Token
	}
	v, err := c.s.admit(ctx, secret)
	if err != nil {
		return c.refused(err)
	}
	if !c.s.gate.connect(v.token) {
		return &ending{wire.CloseTooMany, "too many connections of this token"}
	}
	c.visitor = v
	c.s.gate.known()
	c.known = true
	c.log = c.log.With("token", v.token.ID)
	if h.Client != nil {
		c.log.Info("client", "name", cut(h.Client.Name), "version", cut(h.Client.Version))
	}
	if h.Interview != "" {
		seat, sum, err := v.open(ctx, h.Interview)
		if err != nil {
			return c.refused(err)
		}
		if h.After > 0 {
			c.s.cfg.Metrics.resumes.Inc()
		}
		c.enter(seat, sum)
	}
	if err := c.sendWelcome(ctx, m.ID); err != nil {
		return c.refused(err)
	}
	c.follow(h.After)
	return nil
}

// refused is how a hello ends that fails.
func (c *conn) refused(err error) *ending {
	switch {
	case errors.Is(err, errUnauthorised):
		return &ending{wire.CloseUnauthorised, err.Error()}
	case errors.Is(err, errExpired):
		return &ending{wire.CloseExpired, err.Error()}
	}
	switch session.KindOf(err) {
	case session.NotFound, session.Invalid:
		return &ending{wire.CloseNotFound, err.Error()}
	case session.Forbidden:
		return &ending{wire.CloseForbidden, err.Error()}
	}
	told := c.tell(err)
	return &ending{wire.CloseOverload, told.Message}
}

// sendWelcome says where the interview stands.
func (c *conn) sendWelcome(ctx context.Context, re string) error {
	info, err := c.visitor.info(ctx)
	if err != nil {
		return err
	}
	limits := c.s.cfg.Limits
	w := wire.Welcome{
		Version: c.s.cfg.Version, Store: c.s.cfg.Store, Token: info, HeartbeatMs: c.s.cfg.Limits.PingEvery.Milliseconds(),
		Limits: wire.Limits{MessageBytes: wire.MaxClientFrame, AnswerCharacters: session.MaxAnswer, MessagesPerSecond: float64(limits.Messages)},
	}
	if c.seat != nil {
		snap, err := c.seat.Snapshot(ctx)
		if err != nil {
			return err
		}
		c.s.voice(&snap)
		w.Snapshot, w.LastSeq = &snap, snap.LastSeq
	}
	for {
		m, err := wire.New(wire.TypeWelcome, w)
		if err != nil {
			return err
		}
		m.Re = re
		if len(m.Data) < wire.MaxServerFrame-1024 || w.Trimmed {
			return c.send(m)
		}
		w.Trim()
	}
}

// ending says why a connection is closed.
type ending struct {
	code wire.CloseCode
	why  string
}

// endingOf is how a connection ends whose read failed: nil when the other side
// has gone.
func endingOf(err error) *ending {
	var e *ending
	errors.As(err, &e)
	return e
}

func (e *ending) Error() string { return e.why }
