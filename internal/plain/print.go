package plain

import (
	"fmt"
	"strings"
	"time"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// print says an event in words. Moves between states are said only by what
// follows from them.
func (r *runner) print(e session.Event) {
	switch d := e.Data.(type) {
	case session.Created:
		r.sayCreated(d)
	case session.QuestionAsked:
		r.sayAsked(d)
	case session.AnswerAccepted:
		r.sayAccepted(d)
	case session.TurnSkipped:
		r.saySkipped(d)
	case session.HintGiven:
		r.sayText(fmt.Sprintf("Hint %d of %d", d.Number, d.Of), d.Text)
	case session.PausedEvent:
		r.sayPaused(d)
	case session.Resumed:
		r.say("Going on.%s", r.timeLeft(d.Deadline))
	case session.Retried:
		r.say("Evaluating again.")
	case session.EvaluatorChanged:
		r.say("From now on %s judges.", report.TheEvaluator(d.To))
	case session.Judged:
		r.sayJudged(d)
	case session.JudgingFailed:
		r.sayFailed(d.Why, d.RetryAt)
	case session.QuestionOver:
		r.sayOver(d)
	case session.Completed:
		for _, o := range d.Over {
			r.sayOver(o)
		}
	case session.Marked:
		r.sayMarked(d)
	case session.Disputed:
		r.sayDisputed(d)
	case session.Regraded:
		r.sayRegraded(d)
	}
}

func (r *runner) sayCreated(d session.Created) {
	r.say("%s: %s, %s mode, judged by %s.", report.Line(d.Bank.Title), report.Count(d.Questions, "question"),
		report.Line(string(d.Settings.Mode)), report.TheEvaluator(d.Evaluator))
	if r.o.Terminal && !r.scripted() {
		r.say("Type /help for the commands.")
	}
}

func (r *runner) sayAsked(d session.QuestionAsked) {
	r.sayText(askedTitle(d), d.Ask)
	if left := r.timeLeft(d.Deadline); left != "" {
		r.say("%s", strings.TrimSpace(left))
	}
}

func askedTitle(d session.QuestionAsked) string {
	switch {
	case d.Kind != session.FollowUpTurn:
		return fmt.Sprintf("Question %d of %d (%s, level %d)", d.Question, d.Of, report.Line(d.Topic), d.Level)
	case d.Stretch:
		return fmt.Sprintf("Follow-up %d of %d, beyond the question", d.Number, d.Max)
	}
	return fmt.Sprintf("Follow-up %d of %d", d.Number, d.Max)
}

// timeLeft is a sentence on the time there is, "" without a limit.
func (r *runner) timeLeft(deadline time.Time) string {
	if deadline.IsZero() {
		return ""
	}
	return " You have " + report.SpokenLength(deadline.Sub(r.o.Now())) + "."
}

// sayQuestion says the current question again, and the one a follow-up
// belongs to before it. Nothing is asked while an answer is evaluated.
func (r *runner) sayQuestion() {
	r.invited = false
	current := r.snap.Current()
	if current == nil || !r.snap.State.Answering() {
		return
	}
	for _, t := range r.snap.Turns {
		if t.Asked.Question == current.Asked.Question && (t.Asked.Kind == session.MainTurn || t.Asked.Turn == current.Asked.Turn) {
			r.sayText(askedTitle(t.Asked), t.Asked.Ask)
		}
	}
	if left := r.timeLeft(r.snap.Deadline); left != "" {
		r.say("%s", strings.TrimSpace(left))
	}
}

func (r *runner) sayAccepted(d session.AnswerAccepted) {
	switch {
	case d.TimedOut:
		r.say("The time is up: what was typed was handed in.")
	case r.handedIn != d.Turn:
		r.say("Answered in another window.%s", r.lostText())
	}
	r.say("Evaluating with %s.", report.TheEvaluator(r.snap.Evaluator))
}

func (r *runner) saySkipped(d session.TurnSkipped) {
	switch {
	case d.TimedOut:
		r.say("The time is up: nothing was typed, so this was skipped.")
	case r.handedIn != d.Turn:
		r.say("Skipped in another window.%s", r.lostText())
	default:
		r.say("Skipped.")
	}
}

// lostText owns up when what was typed here came too late.
func (r *runner) lostText() string {
	if !r.lost {
		return ""
	}
	return " What you typed here was not handed in."
}

func (r *runner) sayPaused(d session.PausedEvent) {
	why := ""
	if d.Reason == "idle" {
		why = " after a long time without an answer"
	}
	if r.scripted() {
		r.say("Paused%s.", why)
		return
	}
	r.say("Paused%s. Go on typing whenever you like.", why)
}

// sayFailed says why an answer is not judged and what can be done.
func (r *runner) sayFailed(why string, retryAt time.Time) {
	r.say("The evaluation failed: %s", sentence(why))
	switch {
	case !retryAt.IsZero():
		r.say("It is tried again in %s.", report.SpokenLength(retryAt.Sub(r.o.Now())))
	case !r.scripted():
		r.say("Your answer is kept. You can type %s.", r.commandsNow())
	}
}

// prompt invites to type, once for each answer and in words, when somebody is
// there to read it.
func (r *runner) prompt() {
	if !r.o.Terminal || r.o.JSON || r.scripted() || !r.listening() {
		return
	}
	if r.snap.State.Answering() && !r.invited {
		r.invited = true
		r.say("Your answer (end with a line holding only a dot):")
	}
	if r.snap.State != session.Evaluating || r.snap.Pending != nil {
		r.out.expectTyping()
	}
}

// sentence is text as one line that ends with a full stop.
func sentence(s string) string {
	s = report.Line(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}
