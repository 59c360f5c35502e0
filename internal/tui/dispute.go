package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// dispute is the reason why a verdict is wrong, as it is written.
type dispute struct {
	point session.RevealedPoint
	ed    *editor
	sent  bool
	cur   *tea.Cursor
}

// openDispute begins a dispute of the point under the cursor, with the words
// that were left half-written there.
func (r *review) openDispute() tea.Cmd {
	p, _, ok := r.point()
	if !ok {
		return nil
	}
	r.why = &dispute{point: p, ed: newEditor(r.look)}
	r.why.ed.set(r.begun[p.ID])
	return nil
}

var (
	keySend  = bind("enter", "send", "enter")
	keyLeave = bind("esc", "leave", "esc")
)

func (r *review) keyDispute(msg tea.KeyPressMsg) tea.Cmd {
	d := r.why
	switch {
	case key.Matches(msg, keyLeave):
		r.closeDispute()
	case d.sent:
	case key.Matches(msg, keySend):
		if strings.TrimSpace(d.ed.value) == "" {
			r.closeDispute()
			return nil
		}
		d.sent = true
		return r.out.send(session.Dispute{Question: r.q.Number, Point: d.point.ID, Reason: d.ed.value})
	default:
		return r.typed(msg)
	}
	return nil
}

// typed gives a key or a paste to the reason.
func (r *review) typed(msg tea.Msg) tea.Cmd {
	if r.why == nil || r.why.sent {
		return nil
	}
	_, cmd := r.why.ed.Update(msg)
	return cmd
}

// closeDispute keeps the words for the next time.
func (r *review) closeDispute() {
	r.begun[r.why.point.ID] = r.why.ed.value
	r.why = nil
}

// answered closes a dispute that is on disk, and gives back the words of one
// that is not.
func (r *review) answered(cmd session.Command, err error) {
	c, ok := cmd.(session.Dispute)
	if !ok || c.Question != r.q.Number {
		return
	}
	open := r.why != nil && r.why.point.ID == c.Point
	switch {
	case err != nil && open:
		r.why.sent = false
	case err == nil && open && r.why.sent:
		r.why = nil
		delete(r.begun, c.Point)
	case err == nil && r.begun[c.Point] == c.Reason:
		delete(r.begun, c.Point)
	}
}

// disputeBox draws the reason below the question.
func (r *review) disputeBox(w, h int) []string {
	d := r.why
	title := "Why is this verdict wrong?"
	if d.sent {
		title += r.sep + "sending " + r.ellipsis
	}
	lines := d.ed.view(title, "", w, h)
	d.cur = nil
	if c := d.ed.cursor(); c != nil && !d.sent {
		c.Y += r.height
		d.cur = c
	}
	return lines
}

// cursor is where one types, seen from the body's top; nil for nowhere.
func (r *review) cursor() *tea.Cursor {
	if r.why == nil {
		return nil
	}
	return r.why.cur
}

// restyle follows the background's colour.
func (r *review) restyle() {
	if r.why != nil {
		r.why.ed.restyle()
	}
}
