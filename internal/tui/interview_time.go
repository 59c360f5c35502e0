package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

const spinEvery = 120 * time.Millisecond

// tick draws the clock once a second.
func (m *interview) tick() tea.Cmd { return m.after(time.Second, ticked{}) }

// ticked also saves a draft that steady typing has kept from resting: at most
// a few seconds of words are ever only in memory.
func (m *interview) ticked() tea.Cmd {
	if m.left {
		return nil
	}
	m.warn()
	return tea.Batch(m.tick(), m.saveDraft())
}

// evaluating starts the spinner when there is something to wait for.
func (m *interview) evaluating() tea.Cmd {
	if m.spins || !m.waits() {
		return nil
	}
	if m.since.IsZero() {
		m.since = m.now()
	}
	m.spins = true
	return m.after(spinEvery, spun{})
}

func (m *interview) waits() bool {
	return m.snap.State == session.Evaluating && m.snap.Pending == nil && !m.left
}

// spun turns the spinner; it dies when nobody waits any more.
func (m *interview) spun() tea.Cmd {
	m.spins = m.waits()
	if !m.spins {
		return nil
	}
	m.spin++
	return m.after(spinEvery, spun{})
}

// hurryAt is the share of the time at which the clock begins to warn.
const hurryAt = 5

// hurry tells whether a fifth of the time or less is left.
func (m *interview) hurry() bool {
	d := m.snap.Deadline
	return !d.IsZero() && d.Sub(m.now()) <= m.snap.Limit/hurryAt
}

// warn says once a turn that the time runs out.
func (m *interview) warn() {
	if !m.hurry() || m.warned == m.snap.Turn || !m.answering() || m.note.bad {
		return
	}
	m.warned = m.snap.Turn
	m.say(mmss(m.snap.Deadline.Sub(m.now())) + " left. Then what you have written goes in as it is.")
}

// time is what the header shows: what is left of a limit, else how long the
// interview has run, without its pauses.
func (m *interview) time() string {
	now := m.now()
	switch {
	case m.snap.Paused && m.snap.Remaining > 0:
		return mmss(m.snap.Remaining) + " left"
	case m.hurry():
		return mmss(m.snap.Deadline.Sub(now)) + " left!"
	case !m.snap.Deadline.IsZero():
		return mmss(m.snap.Deadline.Sub(now)) + " left"
	}
	return mmss(m.snap.Elapsed(now))
}
