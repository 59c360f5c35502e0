package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// connectionMsg says how the connection to a remote interview is.
type connectionMsg struct {
	session.Connection
	from <-chan session.Connection
}

// listenConnection hears how the connection is, if there is one.
func (m *interview) listenConnection() tea.Cmd {
	remote, ok := m.room.(session.Remote)
	if !ok {
		return nil
	}
	return m.run(func(ctx context.Context) any { return nextConnection(remote.Connection(ctx)) })
}

// nextConnection waits for one change; nil when there are no more.
func nextConnection(from <-chan session.Connection) any {
	c, ok := <-from
	if !ok {
		return nil
	}
	return connectionMsg{c, from}
}

func (m *interview) connected(msg connectionMsg) tea.Cmd {
	if m.offline() && msg.Up {
		m.say("Connected again; nothing is lost.")
	}
	m.connection = &msg.Connection
	return m.run(func(context.Context) any { return nextConnection(msg.from) })
}

// offline tells whether the interview is at the other end of a connection that
// is broken.
func (m *interview) offline() bool { return m.connection != nil && !m.connection.Up }

// connectionNote is the one line a candidate is told of a broken connection.
func (m *interview) connectionNote() note {
	when := "now"
	if left := m.connection.RetryAt.Sub(m.now()); left > 0 {
		when = fmt.Sprintf("in %d s", int((left+time.Second-1)/time.Second))
	}
	what := "Your words are kept."
	switch {
	case m.sent != nil || m.connection.Unsent > 0:
		what = "It is sent then."
	case m.snap.State == session.Evaluating:
		what = "Your answer is safe."
	}
	s := fmt.Sprintf("Not connected: trying again %s. %s", when, what)
	return note{text: s, bad: true}
}
