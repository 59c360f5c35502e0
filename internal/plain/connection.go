package plain

import (
	"context"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// link hears how the connection of a remote interview is.
func (r *runner) link(ctx context.Context) <-chan session.Connection {
	if remote, ok := r.room.(session.Remote); ok {
		return remote.Connection(ctx)
	}
	return nil
}

// speakOfConnection says that the connection broke, and that it is back.
func (r *runner) speakOfConnection(c session.Connection, ok bool) {
	switch {
	case !ok:
		r.connection = nil
	case !c.Up && !r.offline:
		r.offline = true
		r.say("Not connected: %s elios tries again by itself, and what you type is kept.", sentence(report.Line(c.Why)))
	case c.Up && r.offline:
		r.offline = false
		r.say("Connected again; nothing is lost.")
	}
}

// send sends a command. While there is no connection that waits, and is said.
func (r *runner) send(ctx context.Context, e session.Envelope) (session.Ack, error) {
	if r.connection == nil {
		return r.room.Do(ctx, e)
	}
	type result struct {
		ack session.Ack
		err error
	}
	done := make(chan result, 1)
	go func() {
		ack, err := r.room.Do(ctx, e)
		done <- result{ack, err}
	}()
	for {
		select {
		case got := <-done:
			return got.ack, got.err
		case c, ok := <-r.connection:
			r.speakOfConnection(c, ok)
		}
	}
}
