package server

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/elios/elios/internal/session"
)

// TestPartialsAreSentAsOftenAsAnybodySees lets a clock run by itself: "at" is when a
// partial result has come, "sent" what has gone out and when.
func TestPartialsAreSentAsOftenAsAnybodySees(t *testing.T) {
	type came struct {
		at         time.Duration
		turn, done int
		judged     bool // the evaluation of the turn, no partial result
	}
	type sent struct {
		at         time.Duration
		turn, done int
	}
	const ms = time.Millisecond
	for _, c := range []struct {
		name string
		came []came
		want []sent
	}{
		{"the first at once", []came{{at: 5 * ms, turn: 1, done: 1}}, []sent{{5 * ms, 1, 1}}},
		{
			"then the newest of a while",
			[]came{{at: 0, turn: 1, done: 1}, {at: 5 * ms, turn: 1, done: 2}, {at: 20 * ms, turn: 1, done: 3}},
			[]sent{{0, 1, 1}, {40 * ms, 1, 3}},
		},
		{"after a while at once", []came{{at: 0, turn: 1, done: 1}, {at: 70 * ms, turn: 1, done: 2}}, []sent{{0, 1, 1}, {70 * ms, 1, 2}}},
		{
			"also where they never end",
			[]came{{at: 0, turn: 1, done: 1}, {at: 39 * ms, turn: 1, done: 2}, {at: 41 * ms, turn: 1, done: 3}, {at: 79 * ms, turn: 1, done: 4}, {at: 81 * ms, turn: 1, done: 5}},
			[]sent{{0, 1, 1}, {40 * ms, 1, 2}, {80 * ms, 1, 4}, {120 * ms, 1, 5}},
		},
		{"not what is over", []came{{at: 0, turn: 1, done: 1}, {at: 5 * ms, turn: 1, done: 2}, {at: 9 * ms, turn: 1, judged: true}}, []sent{{0, 1, 1}}},
		{"nor what comes after it", []came{{at: 0, turn: 1, judged: true}, {at: 5 * ms, turn: 1, done: 2}}, nil},
		{
			"the first of the next turn at once",
			[]came{{at: 0, turn: 1, done: 1}, {at: 5 * ms, turn: 1, judged: true}, {at: 6 * ms, turn: 2, done: 1}},
			[]sent{{0, 1, 1}, {6 * ms, 2, 1}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var p partials
				begin := time.Now()
				var got []sent
				send := func() {
					if l, ok := p.next(); ok {
						got = append(got, sent{time.Since(begin), l.Turn, l.Done})
					}
				}
				until := func(at time.Duration) {
					for {
						select {
						case <-p.wait():
							p.due()
							send()
							continue
						case <-time.After(at - time.Since(begin)):
						}
						return
					}
				}
				for _, x := range c.came {
					until(x.at)
					if x.judged {
						p.saw([]session.Event{{Data: session.Judged{Turn: x.turn}}})
						continue
					}
					p.take(session.Live{Turn: x.turn, Done: x.done}, true)
					send()
				}
				until(time.Second)
				if !slices.Equal(got, c.want) {
					t.Errorf("sent %v, want %v", got, c.want)
				}
			})
		})
	}
}
