package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

const (
	connectWithin = 10 * time.Second // from dialling to the welcome
	pingEvery     = 15 * time.Second
	sendWithin    = 10 * time.Second
)

// run keeps a connection to the interview until the room is left, or until
// trying again cannot help.
func (r *room) run() {
	defer close(r.done)
	for try := 0; ; try++ {
		welcomed, err := r.visit()
		if r.ctx.Err() != nil {
			r.give(session.Errorf(session.NotFound, "the interview was left"))
			return
		}
		if fatal := r.hopeless(err); fatal != nil {
			r.give(fatal)
			return
		}
		if welcomed {
			try = 0
		}
		pause := wait(try)
		var told *farewell
		if errors.As(err, &told) && told.bye.RetryAfterMs > 0 {
			pause = min(wire.LastWait, time.Duration(told.bye.RetryAfterMs)*time.Millisecond)
		}
		r.down(err, pause)
		if !sleep(r.ctx, pause) {
			r.give(session.Errorf(session.NotFound, "the interview was left"))
			return
		}
	}
}

// farewell is how a connection ended.
type farewell struct {
	code wire.CloseCode // -1 where the other side said none
	bye  wire.Bye
	err  error
}

func (f *farewell) Error() string {
	if f.bye.Message != "" {
		return f.bye.Message
	}
	return cause(f.err)
}

// hopeless is the error that ends it all, nil where trying again may help.
func (r *room) hopeless(err error) error {
	var e *session.Error
	if errors.As(err, &e) && e.Kind != session.Unreachable {
		return err
	}
	var f *farewell
	if !errors.As(err, &f) || f.code < 0 || wire.Reconnect(f.code) {
		return nil
	}
	kind := session.Forbidden
	if f.code == wire.CloseNotFound {
		kind = session.NotFound
	}
	return session.Errorf(kind, "the server has ended the connection: %s", f.Error())
}

// give tells everyone that there will be no more.
func (r *room) give(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fatal = err
	r.link.Up, r.link.Why = false, err.Error()
	for _, x := range r.pending {
		x.answer <- reply{err: err}
	}
	r.pending = nil
	r.tellLink()
}

// down tells that the connection is broken, and when the next try begins.
func (r *room) down(err error, pause time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	why := "the connection broke"
	if err != nil {
		why = err.Error()
	}
	r.link.Up, r.link.Why, r.link.RetryAt = false, why, time.Now().Add(pause)
	for _, x := range r.pending {
		x.onWire = false
	}
	r.tellLink()
}

// partWithin is how long a goodbye may take.
const partWithin = time.Second

// visit is one connection, from dialling to its end.
func (r *room) visit() (welcomed bool, err error) {
	// Not under r.ctx: a read that is called off breaks the connection, and who
	// leaves should say so first.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.ctx))
	defer cancel()
	v := &visit{r: r}
	if err := v.connect(r.ctx); err != nil {
		return false, err
	}
	defer v.ws.CloseNow() //nolint:errcheck // closed in order already, or broken
	parting := context.AfterFunc(r.ctx, func() {
		defer time.AfterFunc(partWithin, cancel).Stop()
		_ = v.ws.Close(websocket.StatusNormalClosure, "")
	})
	defer parting()
	done := make(chan struct{})
	defer func() { <-done }()
	go func() {
		defer close(done)
		v.sendAll(ctx, cancel)
	}()
	defer cancel()
	for {
		m, err := v.read(ctx)
		if err == nil {
			err = r.receive(m)
		}
		if err != nil {
			return true, err
		}
	}
}

// visit is a connection that stands.
type visit struct {
	r   *room
	ws  *websocket.Conn
	bye wire.Bye
}

// connect dials, says hello and takes the welcome.
func (v *visit) connect(ctx context.Context) error {
	dialing, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	c := v.r.c
	ws, res, err := websocket.Dial(dialing, c.base.String()+"/v1/ws", &websocket.DialOptions{
		HTTPClient: c.http, Subprotocols: []string{wire.Subprotocol}, CompressionMode: websocket.CompressionDisabled,
		HTTPHeader: http.Header{"Authorization": {"Bearer " + c.opts.Token.Reveal()}},
	})
	if err != nil {
		return c.refusedUpgrade(ctx, res, err)
	}
	ws.SetReadLimit(wire.MaxServerFrame)
	v.ws = ws
	if err := v.greet(dialing); err != nil {
		_ = ws.CloseNow()
		return err
	}
	return nil
}

// refusedUpgrade tells a server that is away, or restarts behind a proxy, from
// one that does not speak the protocol.
func (c *Client) refusedUpgrade(ctx context.Context, res *http.Response, err error) error {
	if res == nil || res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests {
		return c.unreachable(ctx, err)
	}
	return c.stranger(fmt.Errorf("HTTP status %s", res.Status))
}

func (v *visit) greet(ctx context.Context) error {
	r := v.r
	r.mu.Lock()
	after := r.view.LastSeq
	r.mu.Unlock()
	agent := r.c.opts.Agent
	hello, err := wire.HelloMessage(wire.Hello{Interview: r.id, After: after, Client: &agent})
	if err != nil {
		return err
	}
	if err := v.write(ctx, hello); err != nil {
		return &farewell{-1, v.bye, err}
	}
	m, err := v.read(ctx)
	if err != nil {
		return err
	}
	var w wire.Welcome
	if m.Type != wire.TypeWelcome || m.Into(&w) != nil || w.Snapshot == nil {
		return r.c.stranger(fmt.Errorf("it answers a hello with %q", m.Type))
	}
	return r.welcomed(w)
}

// welcomed begins to talk: what the server may not know is sent again.
func (r *room) welcomed(w wire.Welcome) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.store != "" && r.store != w.Store:
		return session.Errorf(session.Conflict, "the server has another database than before; open the interview again")
	case w.LastSeq < r.view.LastSeq:
		return session.Errorf(session.Conflict, "the server's database is older than what this side has seen; ask the host which one is right, then open the interview again")
	}
	first := r.store == ""
	r.store, r.behind = w.Store, w.LastSeq
	if first {
		if d, ok := r.c.drafts.find(w.Store, r.id); ok {
			r.draft = &typed{draft: d}
		}
	}
	if w.Snapshot.State.Answering() && r.view.LastSeq == w.LastSeq {
		r.view.Draft = w.Snapshot.Draft
	}
	r.link = session.Connection{Up: true}
	r.resendDraft(w)
	r.tellLink()
	return nil
}

// resendDraft queues what was typed while there was no connection, if its turn
// still waits for an answer. r.mu is held.
func (r *room) resendDraft(w wire.Welcome) {
	if r.draft == nil {
		return
	}
	s := w.Snapshot
	if !s.State.Answering() || s.Turn != r.draft.Turn {
		return // kept: the words may still be wanted
	}
	for _, x := range r.pending {
		if x.message.ID == r.draft.id {
			return
		}
	}
	m, err := wire.New(wire.TypeDraft, wire.Draft{Turn: r.draft.Turn, Text: r.draft.Text})
	if err != nil {
		return // two fields that JSON can hold
	}
	if r.draft.id == "" {
		r.draft.id = "draft-" + fmt.Sprint(time.Now().UnixNano())
	}
	m.ID = r.draft.id
	r.pending = append(r.pending, &errand{message: m, answer: make(chan reply, 1)})
}

// read is the next message.
func (v *visit) read(ctx context.Context) (wire.Message, error) {
	for {
		kind, b, err := v.ws.Read(ctx)
		if err != nil {
			f := &farewell{code: wire.CloseCode(websocket.CloseStatus(err)), bye: v.bye, err: err}
			return wire.Message{}, f
		}
		var m wire.Message
		if kind != websocket.MessageText || unmarshal(b, &m) != nil {
			return m, v.r.c.stranger(errors.New("a message that is none"))
		}
		if m.Type != wire.TypeBye {
			return m, nil
		}
		_ = m.Into(&v.bye) // the close code says enough
	}
}

func (v *visit) write(ctx context.Context, m wire.Message) error {
	b, err := wire.Encode(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	return v.ws.Write(ctx, websocket.MessageText, b)
}

// sendAll sends what waits, in order, and pings in between so that a connection
// that is dead without a word is noticed.
func (v *visit) sendAll(ctx context.Context, broken context.CancelFunc) {
	defer broken()
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		m, change, pause := v.r.nextErrand()
		if m != nil {
			if v.write(ctx, *m) != nil {
				return
			}
			continue
		}
		var later <-chan time.Time
		if pause > 0 {
			later = time.After(pause)
		}
		select {
		case <-ctx.Done():
			return
		case <-change:
		case <-later:
		case <-ping.C:
			if v.alive(ctx) != nil {
				return
			}
		}
	}
}

func (v *visit) alive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, wire.PongWithin)
	defer cancel()
	return v.ws.Ping(ctx)
}

// nextErrand is the next message to send; else what to wait for.
func (r *room) nextErrand() (*wire.Message, <-chan struct{}, time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, x := range r.pending {
		if x.onWire {
			continue
		}
		if pause := time.Until(x.notTill); pause > 0 {
			return nil, r.change, pause // those behind it wait too: order matters
		}
		x.onWire = true
		x.sent++
		m := x.message
		return &m, nil, 0
	}
	return nil, r.change, 0
}
