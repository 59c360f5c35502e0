package tui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// leave saves the words, pauses, closes the room and goes on to the screen
// that to names. A second wish to leave does not wait for the first.
func (m *interview) leave(to tea.Msg) tea.Cmd {
	if m.leaving != nil || m.forced {
		return send(to)
	}
	m.leaving = to
	m.say("Saving " + m.ellipsis)
	part := m.parting()
	ctx, visit := m.ctx, m.visit
	return func() tea.Msg { return roomMsg{visit, leftMsg{to, part(ctx)}} }
}

func (m *interview) gone(msg leftMsg) tea.Cmd {
	if msg.err != nil {
		m.leaving = nil
		m.fail("Leaving failed", msg.err, "ctrl+c again leaves without saving")
		m.forced = true
		return nil
	}
	m.left = true
	m.cancel()
	return send(msg.to)
}

// parting is what remains to be done when the candidate goes. It holds copies
// of what it needs, since it may run beside Update.
func (m *interview) parting() func(ctx context.Context) error {
	room, drafts, id := m.room, m.drafts, m.newID()
	gen, turn, text := m.gen, m.edTurn, m.ed.value
	unsaved := m.saved != m.gen && m.sent == nil && turn > 0
	unsent := slices.Clone(m.out.queue)
	// Without a connection the interview goes on alone, until it is idle.
	pause := m.loaded && m.snap.State != session.Complete && !m.snap.Paused && !m.offline()
	return func(ctx context.Context) error {
		var errs []error
		if unsaved {
			errs = append(errs, drafts.save(ctx, gen, turn, text))
		}
		for _, e := range unsent { // with their ids: one that is under way is not done twice
			_, err := room.Do(ctx, e)
			errs = append(errs, err)
		}
		if pause {
			_, err := room.Do(ctx, session.Envelope{ID: id, Command: session.Pause{}})
			errs = append(errs, unlessMoot(err))
		}
		if err := errors.Join(errs...); err != nil {
			return err
		}
		return room.Close()
	}
}

// unlessMoot drops the refusal of a pause the interview no longer needs.
func unlessMoot(err error) error {
	switch session.KindOf(err) {
	case session.InvalidState, session.IsPaused, session.IsComplete:
		return nil
	}
	return err
}
