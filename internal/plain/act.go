package plain

import (
	"context"
	"errors"
	"time"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// note keeps the run's own books on an event.
func (r *runner) note(e session.Event) {
	switch d := e.Data.(type) {
	case session.QuestionAsked:
		r.begun, r.invited, r.repeat = false, false, false
		if r.typedTurn != d.Turn {
			r.typed, r.typedTurn, r.dirty = nil, d.Turn, false
		}
		if d.Kind == session.MainTurn {
			clear(r.told)
			r.feedback = ""
		}
	case session.AnswerAccepted:
		r.judging, r.spokenAt = r.o.Now(), r.o.Now()
		r.closed(d.Turn, d.TimedOut)
	case session.TurnSkipped:
		r.closed(d.Turn, d.TimedOut)
	case session.Retried, session.EvaluatorChanged:
		r.judging, r.spokenAt = r.o.Now(), r.o.Now()
	}
}

// closed forgets what was typed for a turn that is over.
func (r *runner) closed(turn int, timedOut bool) {
	r.lost = len(r.typed) > 0 && r.handedIn != turn && !timedOut
	r.typed, r.dirty, r.begun = nil, false, false
}

// listening tells whether input may be taken now. A person at a terminal is
// heard while an answer is evaluated; lines of a pipe wait for their question.
func (r *runner) listening() bool {
	switch s := &r.snap; {
	case !r.printedAll() || s.Completed != nil && !r.after:
		return false
	case r.after:
		return true
	case s.State.Answering():
		return true
	case s.State != session.Evaluating || r.scripted():
		return false
	default:
		return r.o.Terminal || r.stuck()
	}
}

// stuck tells whether an evaluation failed and elios will not try it again by
// itself.
func (r *runner) stuck() bool { return r.snap.Pending != nil && r.snap.Pending.RetryAt.IsZero() }

// act does what does not wait for anything: it saves what was typed, repeats a
// question, and skips for a stream that has ended.
func (r *runner) act(ctx context.Context, input <-chan item) error {
	if r.dirty && r.listening() {
		if err := r.saveUnlessMore(ctx, input); err != nil {
			return err
		}
	}
	if r.repeat && r.printedAll() {
		r.repeat = false
		r.sayQuestion()
	}
	switch {
	case r.scripted() && r.stuck() && r.printedAll():
		return session.Errorf(session.Unavailable, "the answer to turn %d could not be evaluated: %s",
			r.snap.Turn, report.Line(r.snap.Pending.Why))
	case r.ranOut && r.listening():
		return r.handIn(ctx, session.Skip{Turn: r.snap.Turn})
	}
	return nil
}

// saveUnlessMore saves what was typed, unless the next line is there already,
// as when an answer is pasted.
func (r *runner) saveUnlessMore(ctx context.Context, input <-chan item) error {
	select {
	case it := <-input:
		return r.take(ctx, it)
	default:
		r.save(ctx)
		return nil
	}
}

// do sends a command and remembers up to which event it has to be printed. An
// interview that was paused meanwhile is resumed for it.
func (r *runner) do(ctx context.Context, c session.Command) error {
	ack, err := r.send(ctx, session.Envelope{ID: r.o.NewID(), Command: c})
	if session.KindOf(err) == session.IsPaused {
		if _, err := r.send(ctx, session.Envelope{ID: r.o.NewID(), Command: session.Resume{}}); err != nil {
			return err
		}
		ack, err = r.send(ctx, session.Envelope{ID: r.o.NewID(), Command: c})
	}
	if err != nil {
		return err
	}
	r.need = max(r.need, ack.Seq)
	return nil
}

// try sends a command and tells why it was refused. It fails only when nothing
// can go on: when ctx is done, and with a stream of answers for every refusal
// but that of a turn somebody else has answered.
func (r *runner) try(ctx context.Context, c session.Command) error {
	err := r.do(ctx, c)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case fromElsewhere(session.KindOf(err)) && r.catchUp(ctx):
		r.say("The interview went on in another window: %s", sentence(err.Error()))
		return nil
	case r.scripted():
		return err
	}
	r.say("Not done: %s", sentence(err.Error()))
	r.begun, r.invited = false, false
	return nil
}

// catchUp looks how far the interview has come without this run, and asks for
// the question to be said again. It tells whether there is anything new.
func (r *runner) catchUp(ctx context.Context) bool {
	snap, err := r.room.Snapshot(ctx)
	if err != nil || snap.LastSeq <= r.snap.LastSeq {
		return false
	}
	r.need, r.repeat = max(r.need, snap.LastSeq), true
	return true
}

// save keeps what was typed. A failure is told and does not stop the typing.
func (r *runner) save(ctx context.Context) {
	r.dirty = false
	if err := r.room.SaveDraft(ctx, r.typedTurn, joined(r.typed)); err != nil && ctx.Err() == nil {
		r.say("What you typed could not be saved: %s", sentence(err.Error()))
	}
}

// graceful is how long a run that is called off may take to pause.
const graceful = 5 * time.Second

// fail ends the run because of an error: it pauses the interview, since nobody
// is there any more, and says how to go on.
func (r *runner) fail(ctx context.Context, err error) error {
	if r.out.err != nil {
		return r.out.err
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		r.say("%s", report.Capital(sentence(err.Error())))
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
	defer cancel()
	r.leave(grace)
	return err
}

// leave pauses the interview and says how to go on.
func (r *runner) leave(ctx context.Context) {
	r.left = true
	if r.dirty {
		r.save(ctx)
	}
	err := r.do(ctx, session.Pause{})
	if err == nil && r.o.JSON {
		r.printRest(ctx)
	}
	switch session.KindOf(err) {
	case "", session.InvalidState:
		r.say("Paused. To go on: %s %s", r.o.Resume, r.room.ID())
	case session.IsComplete:
		r.say("The interview is complete. To read the report: %s %s", r.o.Report, r.room.ID())
	default:
		r.say("It could not be paused: %s To go on: %s %s", sentence(err.Error()), r.o.Resume, r.room.ID())
	}
}

// printRest prints what is not printed yet of what the run has done itself.
func (r *runner) printRest(ctx context.Context) {
	for !r.printedAll() {
		events, err := r.room.Events(ctx, r.snap.LastSeq)
		if r.events(batch{events, err}) != nil {
			return
		}
	}
}
