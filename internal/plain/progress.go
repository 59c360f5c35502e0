package plain

import (
	"context"
	"fmt"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// live opens the partial results, which the JSON form does not show.
func (r *runner) live(ctx context.Context) <-chan session.Live {
	if r.o.JSON {
		return nil
	}
	return r.room.Live(ctx)
}

// speakOfProgress says that an evaluation still runs, but not too often.
func (r *runner) speakOfProgress() {
	now := r.o.Now()
	if r.o.JSON || r.snap.State != session.Evaluating || r.snap.Pending != nil || now.Sub(r.spokenAt) < progressEvery {
		return
	}
	r.spokenAt = now
	l := r.progress
	if l.Turn != r.snap.Turn {
		l = session.Live{}
	}
	length := report.SpokenLength(max(l.Elapsed, now.Sub(r.judging)))
	switch {
	case l.Phase == "loading":
		r.say("The model is being loaded, %s.", length)
	case l.Phase == "queued":
		r.say("Waiting for the evaluator, %s.", length)
	case l.Of > 0:
		r.say("Still evaluating, %s, %s judged.", length, fmt.Sprintf("%d of %s", l.Done, report.Count(l.Of, "point")))
	default:
		r.say("Still evaluating, %s.", length)
	}
}
