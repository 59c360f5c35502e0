package plain

import (
	"context"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// finish sums a complete interview up. A report that cannot be had costs only
// the lines that need it.
func (r *runner) finish(ctx context.Context) error {
	if r.o.JSON {
		return r.out.err
	}
	c := r.snap.Completed
	rep, err := r.ivs.Report(ctx, r.room.ID())
	if err != nil {
		rep = session.Report{}
	}
	r.say("%s", scoreLine(*c, rep))
	if c.Judged > 0 {
		r.say("Unprompted %s, after probing %s. With a score: %d of %s.", report.Whole(c.Unprompted),
			report.SpokenScore(c.Score, c.Upper), c.Judged, report.Count(c.Questions, "question"))
	}
	for i, l := range rep.Learn {
		r.say("Learn next, %d: %s It would have brought %s.", i+1, sentence(l.Text), report.GainText(l.Gain))
	}
	r.say("%s", report.Disclaimer)
	r.say("To read the report: %s %s", r.o.Report, r.room.ID())
	return r.out.err
}

func scoreLine(c session.Completed, rep session.Report) string {
	how := "The interview is " + report.OutcomeText(c.Outcome)
	if c.Judged == 0 {
		return how + ". It has no score, since no question could be judged."
	}
	score := how + ": " + report.SpokenScore(c.Score, c.Upper) + " of 100"
	if rep.Band != "" {
		score += ", " + report.Line(string(rep.Band))
	}
	return score + "."
}
