package tui

import (
	"context"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// remote is a room at the other end of a connection that a test breaks.
type remote struct {
	*room
	changes chan session.Connection
}

func (r remote) Connection(ctx context.Context) <-chan session.Connection {
	out := make(chan session.Connection)
	go func() {
		defer close(out)
		for {
			select {
			case c := <-r.changes:
				select {
				case out <- c:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// remotely starts an interview on a server.
func remotely(t testing.TB, ascii bool) (*person, remote) {
	t.Helper()
	h := newHouse()
	r := remote{h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...), make(chan session.Connection, 1)}
	p := newPerson(t, h, func(o *Options) { locale(ascii)(o); o.Room = r })
	p.until("typing", p.root.interview.typing)
	h.pass(192 * time.Second)
	return p, r
}

func offline(t testing.TB, ascii bool) *person {
	t.Helper()
	p, r := remotely(t, ascii)
	p.write(good)
	p.until("saved", func() bool { return p.root.interview.saved == p.root.interview.gen })
	r.changes <- session.Connection{Why: "the cable was cut", RetryAt: p.h.time().Add(2500 * time.Millisecond)}
	p.until("offline", p.root.interview.offline)
	return p
}

func TestABrokenConnectionIsALineAndNoMore(t *testing.T) {
	p, r := remotely(t, false)
	p.write("half a sen")
	r.changes <- session.Connection{Why: "the cable was cut", RetryAt: p.h.time().Add(2500 * time.Millisecond)}
	p.until("offline", p.root.interview.offline)
	p.sees("Not connected: trying again in 3 s. Your words are kept.")
	p.write("tence")
	if p.root.interview.ed.value != "half a sentence" {
		t.Errorf("typed while offline: %q", p.root.interview.ed.value)
	}
	p.h.pass(5 * time.Second)
	p.sees("trying again now")
	r.changes <- session.Connection{Unsent: 1, RetryAt: p.h.time().Add(time.Second)}
	p.until("unsent", func() bool { return p.root.interview.connection.Unsent == 1 })
	p.sees("It is sent then.")
	r.changes <- session.Connection{Up: true}
	p.until("connected", func() bool { return !p.root.interview.offline() })
	p.sees("Connected again; nothing is lost.")
}
