package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// review is a question that is over, as the candidate goes through it: they
// scroll, go from point to point, mark and dispute. The interlude and the opened question of
// a report are two frames around it.
type review struct {
	*env
	out    *outbox
	q      session.QuestionReport
	at     int // the point under the cursor, -1 before there is one
	scroll int
	size   [2]int
	height int
	follow bool // the point under the cursor is to come into sight
	known  bool // the candidate has just read the question: a long one is scrolled past
	fresh  bool // not drawn yet
	why    *dispute
	begun  map[string]string // reasons half-written, by point
	drawn  struct {
		id     string
		lines  []string
		points [][2]int
		asked  int
	}
}

func newReview(e *env, out *outbox) *review {
	return &review{env: e, out: out, at: -1, begun: map[string]string{}}
}

// show gives the review its question as it stands by now.
func (r *review) show(q session.QuestionReport) {
	if q.Number != r.q.Number {
		r.at, r.scroll, r.why, r.fresh = -1, 0, nil, true
		clear(r.begun)
	}
	q.Marks = r.out.marks(q.Number, q.Marks)
	r.q = q
}

// The keys of a review. Letters are free: nothing is typed here but a dispute.
var (
	keyPoint     = bind("tab", "point", "tab")
	keyPointBack = bind("shift+tab", "point before", "shift+tab")
	keyMark      = bind("m", "mark", "m")
	keyDispute   = bind("d", "dispute", "d")
)

// key takes what is the review's own; the rest is its frame's.
func (r *review) key(msg tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	if r.why != nil {
		return r.keyDispute(msg), true
	}
	switch {
	case key.Matches(msg, keyPoint):
		r.step(1)
	case key.Matches(msg, keyPointBack):
		r.step(-1)
	case key.Matches(msg, keyMark):
		return r.mark(), true
	case key.Matches(msg, keyDispute):
		return r.openDispute(), true
	default:
		return nil, r.move(msg)
	}
	return nil, true
}

func (r *review) move(msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, keyUp):
		r.scroll--
	case key.Matches(msg, keyDown):
		r.scroll++
	case key.Matches(msg, keyPgUp):
		r.scroll -= r.height
	case key.Matches(msg, keyPgDn):
		r.scroll += r.height
	case key.Matches(msg, keyFirst):
		r.scroll = 0
	case key.Matches(msg, keyLast):
		r.scroll = len(r.drawn.lines)
	default:
		return false
	}
	r.clamp()
	return true
}

func (r *review) clamp() { r.scroll = max(0, min(r.scroll, len(r.drawn.lines)-r.height)) }

// step goes to another point, round and round.
func (r *review) step(by int) {
	n := len(targets(r.q.Reveal))
	if n == 0 {
		return
	}
	switch {
	case r.at < 0 && by > 0:
		r.at = 0
	case r.at < 0:
		r.at = n - 1
	default:
		r.at = (r.at + by + n) % n
	}
	r.follow = true
}

// point is the one under the cursor. Until tab has put it there no letter does
// anything: time may be up, and the question over, in the middle of a word.
func (r *review) point() (p session.RevealedPoint, held, ok bool) {
	all := targets(r.q.Reveal)
	if r.at < 0 || r.at >= len(all) {
		return p, false, false
	}
	r.follow = true
	return all[r.at], r.at >= len(r.q.Reveal.Points), true
}

// mark sets the candidate's own verdict: met, then partial, then missed.
func (r *review) mark() tea.Cmd {
	p, held, ok := r.point()
	if !ok || held {
		return nil
	}
	status := nextMark(markOf(r.q.Marks, p.ID))
	return r.out.send(session.Mark{Question: r.q.Number, Point: p.ID, Status: status})
}

func nextMark(now rubric.Status) rubric.Status {
	switch now {
	case rubric.Met:
		return rubric.Partial
	case rubric.Partial:
		return rubric.Missed
	}
	return rubric.Met
}
