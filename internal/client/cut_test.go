package client_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
)

// scissors cut WebSockets: each one after as many operations, or bytes, as next
// gives it; a negative number never. Plain requests are left alone.
type scissors struct {
	ops  bool // count reads and writes, and so messages, rather than bytes
	mu   sync.Mutex
	next func(connection int) int
	n    int
	cuts int
}

func (s *scissors) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, network, addr)
	return &cutConn{Conn: c, s: s, left: -1}, err
}

// cutConn is a connection that breaks at some point.
type cutConn struct {
	net.Conn
	s     *scissors
	mu    sync.Mutex
	begun bool
	left  int // negative: it never breaks
}

var errCut = errors.New("the cable was cut")

// spend takes from what is left and tells how much of it may still go through.
func (c *cutConn) spend(n int) (allowed int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cost := n
	if c.s.ops {
		cost = 1
	}
	switch {
	case c.left < 0:
		return n, nil
	case c.left >= cost:
		c.left -= cost
		return n, nil
	case c.s.ops:
		n = 0
	default:
		n = c.left
	}
	c.left = 0
	return n, errCut
}

func (c *cutConn) Write(b []byte) (int, error) {
	c.begin(b)
	n, cut := c.spend(len(b))
	if cut == nil {
		return c.Conn.Write(b)
	}
	n, _ = c.Conn.Write(b[:n])
	c.broken()
	return n, cut
}

func (c *cutConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	allowed, cut := c.spend(n)
	if cut != nil {
		c.broken()
		return allowed, cut
	}
	return n, err
}

// begin finds out whether this is a WebSocket.
func (c *cutConn) begin(first []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.begun {
		return
	}
	c.begun = true
	if bytes.HasPrefix(first, []byte("GET /v1/ws")) {
		c.s.mu.Lock()
		c.left = c.s.next(c.s.n)
		c.s.n++
		c.s.mu.Unlock()
	}
}

func (c *cutConn) broken() {
	c.s.mu.Lock()
	c.s.cuts++
	c.s.mu.Unlock()
	_ = c.Conn.Close()
}

// TestCutAnywhere cuts the first connections of an interview at every message
// and at random bytes: the interview goes on as if nothing had been.
func TestCutAnywhere(t *testing.T) {
	h := servertest.Start(t, nil)
	want := play(t, h, &scissors{next: func(int) int { return -1 }})
	most := 45
	if os.Getenv("ELIOS_TORTURE") != "" {
		most = 1000
	}
	var all []*scissors
	t.Cleanup(func() { // after the parallel parts
		cuts := 0
		for _, s := range all {
			cuts += s.cuts
		}
		if t.Logf("%d connections cut in %d interviews", cuts, len(all)); cuts < len(all) {
			t.Errorf("only %d connections were cut in %d interviews", cuts, len(all))
		}
	})
	for i := range most {
		ops := &scissors{ops: true, next: func(n int) int {
			if n < 2 {
				return i % 60
			}
			return -1
		}}
		anywhere := &scissors{next: func(n int) int {
			if n < 3 {
				return rand.N(9000)
			}
			return -1
		}}
		all = append(all, ops, anywhere)
		t.Run(fmt.Sprint("message ", i), func(t *testing.T) {
			t.Parallel()
			same(t, play(t, h, ops), want)
		})
		t.Run(fmt.Sprint("byte ", i), func(t *testing.T) {
			t.Parallel()
			same(t, play(t, h, anywhere), want)
		})
	}
}

// same compares what happened, without times and ids.
func same(t *testing.T, got, want []session.Event) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d events, want %d", len(got), len(want))
	}
	for i := range got {
		a, b := got[i], want[i]
		if a.Seq != int64(i+1) || a.Data.EventType() != b.Data.EventType() {
			t.Fatalf("event %d is %+v, want %+v", i+1, a, b)
		}
		if _, made := a.Data.(session.Created); !made && !reflect.DeepEqual(a.Data, b.Data) {
			t.Fatalf("event %d is\n%+v, want\n%+v", i+1, a.Data, b.Data)
		}
	}
}

// play has an interview over a connection that is cut, and gives every event
// that a reader saw, in order.
func play(t *testing.T, h *servertest.Host, s *scissors) []session.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	c := connect(t, h, func(o *client.Options) { o.Dial, o.Token = s.dial, h.Host })
	room, err := c.Create(ctx, session.Settings{Bank: "go", Count: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	seen := make(chan []session.Event, 1)
	go func() { seen <- readAll(ctx, room) }()
	do := func(id string, cmd session.Command) session.Ack {
		ack, err := room.Do(ctx, session.Envelope{ID: id, Command: cmd})
		if err != nil || ack.Dup {
			t.Errorf("%s: %+v, %v", id, ack, err)
		}
		return ack
	}
	do("start", session.Start{})
	for turn := 1; turn <= 4; turn++ {
		waitForTurn(ctx, t, room, turn)
		text := facetest.Half
		if turn%2 == 0 {
			text = facetest.Full
		}
		if err := room.SaveDraft(ctx, turn, text[:10]); err != nil {
			t.Error(err)
		}
		if s, err := room.Snapshot(ctx); err != nil || s.Draft != text[:10] {
			t.Errorf("draft %q, %v", s.Draft, err)
		}
		do(fmt.Sprint("answer-", turn), session.Answer{Turn: turn, Text: text})
	}
	got := <-seen
	there, err := h.Parts.Store.Events(ctx, room.ID(), 0, 0)
	if err != nil || len(there) != len(got) {
		t.Errorf("%d events here, %d there, %v", len(got), len(there), err)
	}
	return got
}

// readAll reads every event once, as a face does, to the end.
func readAll(ctx context.Context, room session.Room) (out []session.Event) {
	var last int64
	for {
		events, err := room.Events(ctx, last)
		if err != nil {
			return out
		}
		for _, e := range events {
			out, last = append(out, e), e.Seq
			if e.Data.EventType() == session.EvCompleted {
				return out
			}
		}
	}
}

func waitForTurn(ctx context.Context, t *testing.T, room session.Room, turn int) {
	t.Helper()
	for {
		s, err := room.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if s.Turn == turn && s.State.Answering() {
			return
		}
		if _, err := room.Events(ctx, s.LastSeq); err != nil {
			t.Fatalf("turn %d did not come: %v; it is %s at turn %d", turn, err, s.State, s.Turn)
		}
	}
}
