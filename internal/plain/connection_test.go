package plain

import (
	"context"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// remote is a room whose connection breaks when the first answer is handed in.
type remote struct {
	*room
	changes chan session.Connection
	broken  bool
}

func (r *remote) Connection(context.Context) <-chan session.Connection { return r.changes }

func (r *remote) Do(ctx context.Context, e session.Envelope) (session.Ack, error) {
	if _, ok := e.Command.(session.Answer); ok && !r.broken {
		r.broken = true
		r.changes <- session.Connection{Why: "the cable was cut"}
		r.changes <- session.Connection{Why: "the cable is still cut"}
		r.changes <- session.Connection{Up: true}
	}
	return r.room.Do(ctx, e)
}

func TestABrokenConnectionIsSaidOnce(t *testing.T) {
	r := &remote{room: newRoom(t, session.Practice, builtin), changes: make(chan session.Connection)}
	out := newScreen()
	o := options("", out)
	o.Answers = strings.NewReader("An answer with alpha and beta in it.\n.\n")
	if err := Run(t.Context(), interviews{room: r.room}, r, o); err != nil {
		t.Fatal(err)
	}
	has(t, out.String(), "Not connected: the cable was cut. elios tries again by itself, and what you type is kept.", "Connected again; nothing is lost.")
	if n := strings.Count(out.String(), "Not connected"); n != 1 {
		t.Errorf("said %d times", n)
	}
}
