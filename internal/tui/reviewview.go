package tui

import (
	"fmt"

	"charm.land/bubbles/v2/key"

	"github.com/elios/elios/internal/report"
)

// body is the question as far as h lines go, above a dispute that is written.
func (r *review) body(w, h int) []string {
	panel := 0
	if r.why != nil {
		panel = max(3, min(6, h/3))
	}
	r.height = max(1, h-panel)
	r.draw(w - 2)
	if r.fresh && r.known && r.drawn.asked > r.height/2 {
		r.scroll = r.drawn.asked - 1
	}
	r.fresh = false
	if size := [2]int{w, h}; size != r.size {
		r.size, r.follow = size, true // a resized terminal keeps its point in sight
	}
	if r.follow && r.at >= 0 && r.at < len(r.drawn.points) {
		at := r.drawn.points[r.at]
		r.scroll = min(max(r.scroll, at[1]-r.height), at[0])
	}
	r.follow = r.why != nil
	r.clamp()
	shown, _ := window(r.drawn.lines, r.height, r.scroll, r.scroll)
	body := margin(shown)
	if r.why == nil {
		return body
	}
	for len(body) < r.height {
		body = append(body, "")
	}
	return append(body, r.disputeBox(w, panel)...)
}

// draw fills the cache; an ideal answer may be long.
func (r *review) draw(w int) {
	id := fmt.Sprint(r.q.Number, len(r.q.Turns), w, r.dark, r.at, r.q.Marks, r.q.Disputes)
	if r.drawn.id == id {
		return
	}
	s := sheet{look: r.look, q: r.q, at: r.at, w: w}
	s.draw()
	r.drawn.id, r.drawn.lines, r.drawn.points, r.drawn.asked = id, s.lines, s.points, s.asked
}

// below says how much more there is.
func (r *review) below() string {
	n := len(r.drawn.lines) - r.scroll - r.height
	if n <= 0 {
		return ""
	}
	return " " + r.mutedStyle.Render(report.Count(n, "more line"))
}

// legendKeys are those of the review that work now.
func (r *review) legendKeys() []key.Binding {
	if r.why != nil {
		return []key.Binding{keySend, keyLeave}
	}
	next, scroll, mark, dispute := keyPoint, r.movement(), keyMark, keyDispute
	all := targets(r.q.Reveal)
	next.SetEnabled(len(all) > 0)
	scroll.SetHelp(r.upDown, "scroll")
	scroll.SetEnabled(len(r.drawn.lines) > r.height)
	mark.SetEnabled(false)
	dispute.SetEnabled(false)
	if r.at >= 0 && r.at < len(all) {
		next.SetHelp("tab", "next")
		dispute.SetEnabled(true)
		mark.SetEnabled(r.at < len(r.q.Reveal.Points))
		mark.SetHelp("m", "mark "+string(nextMark(markOf(r.q.Marks, all[r.at].ID))))
	}
	return []key.Binding{next, mark, dispute, scroll}
}
