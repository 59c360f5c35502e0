package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// roomMsg is a message of one visit to a room. A visit that is over is never
// heard again, though its commands may still be running.
type roomMsg struct {
	visit int
	what  any
}

// What a roomMsg carries.
type (
	snapshotMsg struct {
		snap session.Snapshot
		err  error
	}
	eventsMsg struct {
		events []session.Event
		err    error
	}
	liveMsg struct {
		session.Live
		from <-chan session.Live
	}
	ackMsg struct {
		cmd  session.CommandType
		turn int
		err  error
	}
	draftRested struct{ gen int }
	draftSaved  struct {
		gen, turn int
		err       error
	}
	ticked    struct{}
	spun      struct{}
	waitAgain struct{}
	leftMsg   struct {
		to  tea.Msg
		err error
	}
)

// run makes a command of f that answers this visit. f must not touch the model.
func (m *interview) run(f func(ctx context.Context) any) tea.Cmd {
	ctx, visit := m.roomC, m.visit
	return func() tea.Msg {
		if what := f(ctx); what != nil {
			return roomMsg{visit, what}
		}
		return nil
	}
}

func (m *interview) after(d time.Duration, what any) tea.Cmd {
	visit := m.visit
	return tea.Tick(d, func(time.Time) tea.Msg { return roomMsg{visit, what} })
}

func (m *interview) loadSnapshot() tea.Cmd {
	room := m.room
	return m.run(func(ctx context.Context) any {
		s, err := room.Snapshot(ctx)
		return snapshotMsg{s, err}
	})
}

// wait waits for the events after the last one seen. There is never more than
// one of it.
func (m *interview) wait() tea.Cmd {
	if m.waiting {
		return nil
	}
	m.waiting = true
	room, seq := m.room, m.snap.LastSeq
	return m.run(func(ctx context.Context) any {
		events, err := room.Events(ctx, seq)
		return eventsMsg{events, err}
	})
}

func (m *interview) listen() tea.Cmd {
	room := m.room
	return m.run(func(ctx context.Context) any { return nextLive(room.Live(ctx)) })
}

func (m *interview) listenOn(from <-chan session.Live) tea.Cmd {
	return m.run(func(context.Context) any { return nextLive(from) })
}

// nextLive waits for one partial result; nil when there are no more.
func nextLive(from <-chan session.Live) any {
	l, ok := <-from
	if !ok {
		return nil
	}
	return liveMsg{l, from}
}

// do sends a command; one at a time, so that a held key does not send twenty.
// Another one waits for the answer to the first: its event may be on the screen
// before its answer is here, and no key may be lost in between.
func (m *interview) do(cmd session.Command) tea.Cmd {
	if m.busy != "" {
		if cmd.Type() != m.busy {
			m.queued = cmd
		}
		return nil
	}
	m.busy = cmd.Type()
	room, turn, e := m.room, m.snap.Turn, session.Envelope{ID: m.newID(), Command: cmd}
	return m.run(func(ctx context.Context) any {
		_, err := room.Do(ctx, e)
		return ackMsg{e.Command.Type(), turn, err}
	})
}

// hand sends the answer, its words first: whatever becomes of the answer, they
// are on disk.
func (m *interview) hand(s sent) tea.Cmd {
	m.sent = &s
	if f := m.failed; f != nil && f.turn == s.turn && f.text == s.text && f.skip == s.skip {
		m.sent.id = f.id
	}
	m.failed = nil
	room, drafts, gen, one := m.room, m.drafts, m.gen, *m.sent
	return m.run(func(ctx context.Context) any {
		cmd := session.Command(session.Skip{Turn: one.turn})
		if !one.skip {
			cmd = session.Answer{Turn: one.turn, Text: one.text}
			_ = drafts.save(ctx, gen, one.turn, one.text) // the answer itself will say if the disk is gone
		}
		_, err := room.Do(ctx, session.Envelope{ID: one.id, Command: cmd})
		return ackMsg{cmd.Type(), one.turn, err}
	})
}

// changed counts a new text and saves it once the keys rest.
func (m *interview) changed() tea.Cmd {
	m.gen++
	return m.after(draftDelay, draftRested{m.gen})
}

func (m *interview) saveDraft() tea.Cmd {
	if m.saved == m.gen || m.sent != nil || m.edTurn == 0 {
		return nil
	}
	drafts, gen, turn, text := m.drafts, m.gen, m.edTurn, m.ed.value
	return m.run(func(ctx context.Context) any { return draftSaved{gen, turn, drafts.save(ctx, gen, turn, text)} })
}

func (m *interview) draftSaved(msg draftSaved) tea.Cmd {
	switch {
	case msg.turn != m.edTurn:
	case msg.err != nil && m.roomC.Err() == nil:
		m.fail("Your draft is not saved", errors.Unwrap(msg.err), "elios tries again with the next key")
	case msg.err == nil:
		m.saved = max(m.saved, msg.gen)
	}
	return nil
}
