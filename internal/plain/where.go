package plain

import (
	"context"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// enter looks where the interview stands, says so when it has begun before, and
// starts or resumes it.
func (r *runner) enter(ctx context.Context) error {
	snap, err := r.room.Snapshot(ctx)
	if err != nil {
		return err
	}
	r.need = snap.LastSeq
	r.typedTurn = snap.Turn
	if snap.Draft != "" && !r.scripted() {
		r.typed = strings.Split(snap.Draft, "\n")
	}
	if snap.State != session.Idle && !r.o.JSON {
		r.snap = snap
		r.judging, r.spokenAt = r.o.Now(), r.o.Now()
		r.sayWhere()
	}
	if snap.Paused {
		err = r.enterWith(ctx, session.Resume{})
	}
	if err == nil && snap.State == session.Idle {
		err = r.enterWith(ctx, session.Start{})
	}
	return err
}

// enterWith starts or resumes. That somebody else has just done so is as good.
func (r *runner) enterWith(ctx context.Context, c session.Command) error {
	err := r.do(ctx, c)
	if k := session.KindOf(err); k == session.InvalidState || fromElsewhere(k) {
		return nil
	}
	return err
}

// sayWhere says where an interview stands that is gone on with.
func (r *runner) sayWhere() {
	s := &r.snap
	if s.Completed != nil {
		return
	}
	r.say("Going on with %s: question %d of %d, judged by %s.", report.Line(s.Bank.Title), s.Question, s.Questions, report.TheEvaluator(s.Evaluator))
	for _, o := range s.Over {
		if o.Result != nil {
			r.sayScore(o)
		}
	}
	for _, t := range s.Turns {
		if t.Asked.Question == s.Question {
			r.sayTurn(t)
		}
	}
	r.sayStanding()
}

func (r *runner) sayTurn(t session.TurnView) {
	r.sayText(askedTitle(t.Asked), t.Asked.Ask)
	for _, h := range t.HintsGiven {
		r.sayText("Hint", h)
	}
	switch {
	case t.Skipped:
		r.say("You skipped it.")
	case t.Answered:
		r.sayTyped("You answered", t.Answer)
	}
	if t.Evaluation != nil {
		r.sayJudged(*t.Evaluation)
	}
}

// sayStanding says what the interview waits for.
func (r *runner) sayStanding() {
	switch s := &r.snap; {
	case s.State == session.Evaluating && s.Pending != nil:
		r.sayFailed(s.Pending.Why, s.Pending.RetryAt)
	case s.State == session.Evaluating:
		r.say("Evaluating with %s.", report.TheEvaluator(s.Evaluator))
	case len(r.typed) > 0:
		r.sayTyped("You had begun an answer", joined(r.typed))
		r.say("Go on typing below it. A line holding only a dot hands all of it in, /clear throws it away.")
	}
	if left := r.timeLeft(r.snap.Deadline); left != "" {
		r.say("%s", strings.TrimSpace(left))
	}
}
