package session

import (
	"slices"
	"time"
)

// stretch is a time from one moment to another.
type stretch struct{ from, to time.Time }

func (s stretch) length() time.Duration { return max(0, s.to.Sub(s.from)) }

// overlap is how much of a stretch lies in another.
func (s stretch) overlap(o stretch) time.Duration {
	if o.from.After(s.from) {
		s.from = o.from
	}
	if o.to.Before(s.to) {
		s.to = o.to
	}
	return s.length()
}

// WithoutPauses gives the report with the time of pauses taken out of its
// duration and of what each turn took. events is the interview's journal.
func (r Report) WithoutPauses(events []Event) Report {
	pauses, whole, turns := timesOf(events)
	working := func(s stretch) time.Duration {
		d := s.length()
		for _, p := range pauses {
			d -= s.overlap(p)
		}
		return d
	}
	r.Duration = working(whole)
	r.Questions = slices.Clone(r.Questions)
	for i := range r.Questions {
		q := &r.Questions[i]
		q.Turns = slices.Clone(q.Turns)
		for j := range q.Turns {
			if t := &q.Turns[j]; t.Answered {
				t.Took = working(turns[t.Asked.Turn])
			}
		}
	}
	return r
}

// timesOf reads from the journal when the interview was paused, from when to
// when it went, and from when to when each turn was open.
func timesOf(events []Event) (pauses []stretch, whole stretch, turns map[int]stretch) {
	turns = map[int]stretch{}
	paused := false
	for _, e := range events {
		switch data := e.Data.(type) {
		case Started:
			whole.from = e.At
		case PausedEvent:
			pauses, paused = append(pauses, stretch{e.At, e.At}), true
		case Resumed:
			paused = false
		case QuestionAsked:
			turns[data.Turn] = stretch{from: e.At}
		case AnswerAccepted:
			turns[data.Turn] = stretch{turns[data.Turn].from, e.At}
		case TurnSkipped:
			turns[data.Turn] = stretch{turns[data.Turn].from, e.At}
		case Marked, Disputed, Regraded: // may come long after the end
			continue
		}
		if last := len(pauses) - 1; last >= 0 && (paused || isResumed(e)) {
			pauses[last].to = e.At
		}
		if !whole.from.IsZero() {
			whole.to = e.At
		}
		if _, ended := e.Data.(Completed); ended {
			paused = false
		}
	}
	return pauses, whole, turns
}

func isResumed(e Event) bool {
	_, ok := e.Data.(Resumed)
	return ok
}
