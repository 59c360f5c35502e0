package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// outbox sends marks and disputes one after the other, so that the last wish
// for a point is also the last on disk, and no key waits for the disk.
type outbox struct {
	newID  func() string
	do     func(session.Envelope) tea.Cmd // sends one; its owner then calls answered
	queue  []session.Envelope             // the first is under way
	failed session.Envelope               // the last one that did not go through
	wants  []session.MarkedPoint          // marks as they will be once all is sent
}

// send puts a command into the queue. A mark that has not left yet is replaced
// by a later one on the same point. A command that failed before keeps its id, so
// that trying again cannot do it twice.
func (o *outbox) send(cmd session.Command) tea.Cmd {
	e := session.Envelope{ID: o.newID(), Command: cmd}
	if o.failed.Command == cmd {
		e = o.failed
	}
	if m, ok := cmd.(session.Mark); ok {
		o.want(m)
		for i := 1; i < len(o.queue); i++ {
			if old, ok := o.queue[i].Command.(session.Mark); ok && samePoint(old, m) {
				o.queue[i] = e
				return nil
			}
		}
	}
	o.queue = append(o.queue, e)
	if len(o.queue) > 1 {
		return nil
	}
	return o.do(e)
}

func samePoint(a, b session.Mark) bool { return a.Question == b.Question && a.Point == b.Point }

// answered takes the answer to the first command and sends the next.
func (o *outbox) answered(err error) (session.Command, tea.Cmd) {
	if len(o.queue) == 0 {
		return nil, nil
	}
	first := o.queue[0]
	o.queue = o.queue[1:]
	if err != nil {
		o.failed = first
		o.giveUp(first.Command)
	}
	if len(o.queue) == 0 {
		return first.Command, nil
	}
	return first.Command, o.do(o.queue[0])
}

// giveUp forgets a mark that was refused, unless a later one is on its way.
func (o *outbox) giveUp(cmd session.Command) {
	m, ok := cmd.(session.Mark)
	if !ok {
		return
	}
	o.wants = withoutMark(o.wants, m)
	for _, e := range o.queue {
		if later, ok := e.Command.(session.Mark); ok && samePoint(later, m) {
			o.want(later)
		}
	}
}

func (o *outbox) want(m session.Mark) {
	o.wants = append(withoutMark(o.wants, m), session.MarkedPoint{Question: m.Question, Point: m.Point, Status: m.Status})
}

func withoutMark(marks []session.MarkedPoint, m session.Mark) []session.MarkedPoint {
	var out []session.MarkedPoint
	for _, o := range marks {
		if o.Question != m.Question || o.Point != m.Point {
			out = append(out, o)
		}
	}
	return out
}

// marks are those of a question: what is on disk, with what is wanted on top.
func (o *outbox) marks(question int, onDisk []session.MarkedPoint) []session.MarkedPoint {
	var out []session.MarkedPoint
	for _, m := range onDisk {
		if m.Question == question {
			out = append(out, m)
		}
	}
	for _, m := range o.wants {
		if m.Question == question {
			out = append(withoutMark(out, session.Mark{Question: question, Point: m.Point}), m)
		}
	}
	return out
}

// markOf is the candidate's own verdict on a point, "" for none.
func markOf(marks []session.MarkedPoint, point string) rubric.Status {
	for _, m := range marks {
		if m.Point == point {
			return m.Status
		}
	}
	return ""
}
