package session

import (
	"slices"
	"time"

	"github.com/elios/elios/internal/rubric"
)

// Apply gives the interview after events. It decides nothing: everything it
// needs stands in the events. The interview handed in stays as it was.
func Apply(iv *Interview, events ...Event) *Interview {
	next := iv.clone()
	for _, e := range events {
		applyTo(next, e)
	}
	return next
}

// Fold rebuilds an interview from its events. The Questions stay unloaded.
func Fold(events []Event) *Interview {
	iv := &Interview{}
	for _, e := range events {
		applyTo(iv, e)
	}
	return iv
}

// applyTo is Apply in place; iv must be a clone.
func applyTo(iv *Interview, e Event) {
	iv.LastSeq = e.Seq
	switch data := e.Data.(type) {
	case Created:
		iv.ID, iv.Settings, iv.Bank, iv.Plan, iv.Evaluator = data.ID, data.Settings, data.Bank, data.Plan, data.Evaluator
		iv.State, iv.CreatedAt, iv.ActiveAt = Idle, e.At, e.At
	case Started:
		iv.StartedAt, iv.ActiveAt = e.At, e.At
	case StateChanged:
		iv.State = data.To
		iv.Pending = nil
	case QuestionAsked:
		applyAsked(iv, data, e)
	case PausedEvent:
		iv.Paused, iv.Deadline, iv.Remaining = true, zeroTime, data.Remaining
		if data.Reason != ReasonIdle {
			iv.ActiveAt = e.At
		}
	case Resumed:
		iv.Paused, iv.Deadline, iv.Remaining, iv.ActiveAt = false, data.Deadline, 0, e.At
	case EvaluatorChanged:
		iv.Evaluator, iv.Pending, iv.ActiveAt = data.To, nil, e.At
	case Retried:
		iv.Pending, iv.ActiveAt = nil, e.At
	case JudgingFailed:
		iv.Pending = &Pending{Why: data.Why, Attempt: data.Attempt, RetryAt: data.RetryAt}
	case QuestionOver:
		iv.Results = slices.Clone(iv.Results)
		iv.Results[data.Question-1] = *data.Result
	case Completed:
		iv.Outcome, iv.EndedAt = data.Outcome, e.At
		if data.Outcome == Ended {
			iv.ActiveAt = e.At
		}
		iv.Paused, iv.Deadline, iv.Remaining, iv.Pending = false, zeroTime, 0, nil
	case Marked:
		iv.Marks = withMark(iv.Marks, data.MarkedPoint)
		iv.ActiveAt = e.At
	case Disputed:
		iv.Disputes = append(slices.Clip(iv.Disputes), data.DisputedPoint)
		iv.ActiveAt = e.At
	default:
		applyToTurn(iv, e)
	}
}

// applyToTurn handles what happens to one turn.
func applyToTurn(iv *Interview, e Event) {
	switch data := e.Data.(type) {
	case AnswerAccepted:
		t := iv.TurnN(data.Turn)
		t.Answer, t.AnsweredAt, t.TimedOut = data.Text, e.At, data.TimedOut
		iv.answered(e, data.TimedOut)
	case TurnSkipped:
		t := iv.TurnN(data.Turn)
		t.Skipped, t.AnsweredAt, t.TimedOut = true, e.At, data.TimedOut
		iv.answered(e, data.TimedOut)
	case HintGiven:
		iv.TurnN(data.Turn).Hints++
		iv.ActiveAt = e.At
	case Judged:
		t := iv.TurnN(data.Turn)
		t.Evaluation = data.Full
		r := &iv.Results[t.Question-1]
		r.Verdicts, r.Held, r.Final = data.Full.Verdicts, data.Full.Held, data.Full.Score
		if t.Kind == MainTurn {
			r.Unprompted = data.Full.Score
		}
	case Regraded:
		t := iv.TurnN(data.Turn)
		t.Regrades = append(slices.Clip(t.Regrades), data.Evaluation)
	}
}

func (iv *Interview) answered(e Event, timedOut bool) {
	iv.Deadline, iv.Remaining = zeroTime, 0
	if !timedOut {
		iv.ActiveAt = e.At
	}
}

func applyAsked(iv *Interview, q QuestionAsked, e Event) {
	iv.Turn, iv.Question = q.Turn, q.Question
	iv.Deadline, iv.Remaining = clockOf(iv.Paused, q, e)
	iv.Turns = append(iv.Turns, Turn{
		N: q.Turn, Question: q.Question, Kind: q.Kind, Ask: q.Ask, Origin: q.Origin,
		FollowUp: q.FollowUp, Targets: q.Targets, Stretch: q.Stretch, AskedAt: e.At,
	})
	if q.Kind == MainTurn {
		iv.Results = append(iv.Results, Result{Question: q.Question})
	}
}

// clockOf is the time a new turn has. An interview that was paused while its
// answer was judged keeps the whole of it for later.
func clockOf(paused bool, q QuestionAsked, e Event) (time.Time, time.Duration) {
	if paused && !q.Deadline.IsZero() {
		return zeroTime, q.Deadline.Sub(e.At)
	}
	return q.Deadline, 0
}

// withMark keeps the latest mark of a point, in a slice of its own.
func withMark(marks []MarkedPoint, m MarkedPoint) []MarkedPoint {
	rest := slices.DeleteFunc(slices.Clone(marks), func(o MarkedPoint) bool {
		return o.Question == m.Question && o.Point == m.Point
	})
	return append(rest, m)
}

// scores gives the scores of the questions that are over, final or unprompted.
func (iv *Interview) scores(pick func(Result) rubric.Score) []rubric.Score {
	var out []rubric.Score
	for _, r := range iv.Results {
		if r.Over {
			out = append(out, pick(r))
		}
	}
	return out
}
