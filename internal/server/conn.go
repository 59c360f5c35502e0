package server

import (
	"context"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// conn is one WebSocket. One goroutine reads; another sends events and partial results
// while an interview is followed.
type conn struct {
	s      *Server
	ws     *websocket.Conn
	raw    net.Conn // under ws: closing it ends what ws waits for
	ref    string
	header wire.Secret // of the request
	log    *slog.Logger
	bucket *rate.Limiter

	visitor *visitor // nil before the hello
	known   bool     // counted by its token, no longer as a stranger
	seat    *seat    // nil while no interview is followed
	of      session.Summary
	bad     []time.Time // the last bad messages

	ctx     context.Context // of what follows the interview
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	ended   sync.Once
	closing wire.CloseCode
	beat    *time.Timer
	beatMu  sync.Mutex
}

// serve talks to a client until one side leaves.
func (c *conn) serve(ctx context.Context) {
	c.ctx, c.cancel = context.WithCancel(ctx)
	defer c.leave()
	defer func() {
		if p := recover(); p != nil {
			c.log.Error("connection panicked", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	if !c.s.join(c) {
		c.end(ctx, wire.CloseRestart, "the server starts again; connect again", restartIn())
		return
	}
	c.s.cfg.Metrics.connections.Inc()
	defer c.s.cfg.Metrics.connections.Dec()
	if e := c.hello(c.ctx); e != nil {
		c.end(ctx, e.code, e.why, 0)
		return
	}
	c.heartbeat()
	for {
		b, err := c.read(c.ctx)
		if err != nil {
			if e := endingOf(err); e != nil {
				c.end(ctx, e.code, e.why, 0)
			}
			return
		}
		if e := c.handle(c.ctx, b); e != nil {
			c.end(ctx, e.code, e.why, 0)
			return
		}
	}
}

// leave gives everything back.
func (c *conn) leave() {
	c.cancel()
	c.beatMu.Lock()
	if c.beat != nil {
		c.beat.Stop()
	}
	c.beatMu.Unlock()
	c.ended.Do(func() { c.closing = wire.CloseNormal })
	c.cutOff()
	_ = c.ws.CloseNow() // closed already, or there is nobody to close it for
	c.wg.Wait()
	c.s.part(c)
	if c.seat != nil {
		c.s.lobby.leave(c.seat)
	}
	if c.known {
		c.s.gate.disconnect(c.visitor.token)
	} else {
		c.s.gate.known()
	}
	c.log.Info("disconnected", "code", int(c.closing))
	c.s.cfg.Metrics.closed(c.closing)
}

// read waits for the next message. An *ending when it is not one of text.
func (c *conn) read(ctx context.Context) ([]byte, error) {
	kind, r, err := c.ws.Reader(ctx)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(r, wire.MaxClientFrame+1))
	switch {
	case err != nil:
		return nil, err
	case len(b) > wire.MaxClientFrame:
		return nil, &ending{wire.CloseTooBig, "a message has at most 256 KiB"}
	case kind != websocket.MessageText:
		return nil, &ending{wire.CloseBinary, "messages are text"}
	case !utf8.Valid(b):
		return nil, &ending{wire.CloseBadUTF8, "the message is not UTF-8"}
	}
	return b, nil
}

// sendWithin is how long a client may take to receive a message.
const sendWithin = 10 * time.Second

// send writes a message. A client that does not take it is cut off.
func (c *conn) send(m wire.Message) error {
	b, err := wire.Encode(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.s.ctx, c.s.cfg.SendWithin)
	defer cancel()
	if err := c.ws.Write(ctx, websocket.MessageText, b); err != nil {
		return err
	}
	c.s.cfg.Metrics.message("out", m.Type)
	return nil
}

// answer sends a message of a type that answers id.
func (c *conn) answer(kind, id string, data any) {
	m, err := wire.New(kind, data)
	if err == nil {
		m.Re = id
		err = c.send(m)
	}
	if err != nil {
		c.log.Debug("not sent", "type", kind, "err", err) // the reader finds the connection gone
	}
}

// tell makes what the client may know of an error, and logs the rest.
func (c *conn) tell(err error) *wire.Error {
	e := wire.ErrorOf(err, c.ref)
	c.s.cfg.Metrics.errors.WithLabelValues(string(e.Code)).Inc()
	if e.Code == wire.CodeInternal {
		c.log.Error("internal error", "err", err)
	}
	return e
}

// closeWithin is how long a close may take.
const closeWithin = 2 * time.Second

// end says goodbye and closes, once.
func (c *conn) end(ctx context.Context, code wire.CloseCode, why string, retry time.Duration) {
	c.ended.Do(func() {
		c.closing = code
		bye, err := wire.New(wire.TypeBye, wire.Bye{Code: code, Message: why, RetryAfterMs: retry.Milliseconds()})
		if err == nil {
			if b, err := wire.Encode(bye); err == nil {
				ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeWithin)
				_ = c.ws.Write(ctx, websocket.MessageText, b) // who does not hear it gets the code
				cancel()
			}
		}
		defer time.AfterFunc(closeWithin, c.cutOff).Stop()
		_ = c.ws.Close(websocket.StatusCode(code), reason(why))
	})
}

// cutOff ends the connection without a word.
func (c *conn) cutOff() { _ = c.raw.Close() }

// reason fits into a close frame: 123 bytes (RFC 6455, 5.5).
func reason(s string) string {
	for len(s) > 123 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

// heartbeat pings every now and then, and looks whether the token still holds.
func (c *conn) heartbeat() {
	c.beatMu.Lock()
	defer c.beatMu.Unlock()
	if c.ctx.Err() != nil {
		return
	}
	c.beat = time.AfterFunc(c.s.cfg.Limits.PingEvery, func() {
		ctx, cancel := context.WithTimeout(c.ctx, c.s.cfg.Limits.PongWithin)
		defer cancel()
		if err := c.ws.Ping(ctx); err != nil {
			if c.ctx.Err() == nil {
				c.end(c.s.ctx, wire.CloseTimeout, "no answer to a ping", 0)
			}
			return
		}
		if _, err := c.s.admit(ctx, c.visitor.secret); err != nil && c.ctx.Err() == nil {
			if e := c.refused(err); e.code == wire.CloseUnauthorised || e.code == wire.CloseExpired {
				c.end(c.s.ctx, e.code, e.why, 0)
				return
			}
		}
		c.timer()
		c.heartbeat()
	})
}
