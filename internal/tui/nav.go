package tui

import tea "charm.land/bubbletea/v2"

// beginning is a screen that can be shown.
type beginning interface {
	screen
	Init() tea.Cmd
}

// place is a page one comes back to. It keeps its cursor and its filters, and
// reads anew what it shows.
type place interface {
	beginning
	revisit(visit int)
}

// deeper shows a page from which esc leads back to the present one.
func (r *root) deeper(s beginning) tea.Cmd {
	if from, ok := r.screen.(place); ok {
		r.below = append(r.below, from)
	}
	return r.show(s)
}

// back goes one page up.
func (r *root) back() tea.Cmd {
	n := len(r.below)
	if n == 0 {
		return r.show(newHome(r.env, r.visit()))
	}
	p := r.below[n-1]
	r.below = r.below[:n-1]
	p.revisit(r.visit())
	return r.show(p)
}

func (m *reportPage) revisit(visit int) { m.visit = visit }
