package session

import (
	"slices"
	"time"
)

// View is an interview as a face may know it: the fold of its redacted events.
// The draft is not part of the machine; the engine adds it.
func View(events []Event) Snapshot {
	var s Snapshot
	for _, e := range events {
		s = s.Apply(e)
	}
	return s
}

// Apply gives the snapshot after a redacted event. The snapshot stays as it was.
func (s Snapshot) Apply(e Event) Snapshot {
	s.Turns = slices.Clone(s.Turns)
	s.LastSeq = e.Seq
	switch data := e.Data.(type) {
	case Created:
		s.ID, s.Settings, s.Bank, s.Evaluator, s.Questions = data.ID, data.Settings, data.Bank, data.Evaluator, data.Questions
		s.State, s.Turns = Idle, []TurnView{}
	case Started:
		s.StartedAt = e.At
		if !s.Paused {
			s.RunsSince = e.At
		}
	case StateChanged:
		s.State, s.Pending = data.To, nil
	case QuestionAsked:
		s.Turn, s.Question, s.Draft = data.Turn, data.Question, ""
		s.Deadline, s.Remaining = clockOf(s.Paused, data, e)
		s.Limit = limitOf(data, e)
		s.Turns = append(s.Turns, TurnView{Asked: data})
	case PausedEvent:
		s.stop(e.At)
		s.Paused, s.Deadline, s.Remaining = true, zeroTime, data.Remaining
	case Resumed:
		s.Paused, s.Deadline, s.Remaining = false, data.Deadline, 0
		if !s.StartedAt.IsZero() {
			s.RunsSince = e.At
		}
	case EvaluatorChanged:
		s.Evaluator, s.Pending = data.To, nil
	case Retried:
		s.Pending = nil
	case JudgingFailed:
		s.Pending = &Pending{Why: data.Why, Attempt: data.Attempt, RetryAt: data.RetryAt}
	case QuestionOver:
		s.Over = append(slices.Clip(s.Over), data)
	case Completed:
		s.Completed = &data
		s.stop(e.At)
		s.Paused, s.Deadline, s.Remaining, s.Pending = false, zeroTime, 0, nil
	case Marked:
		s.Marks = withMark(s.Marks, data.MarkedPoint)
	case Disputed:
		s.Disputes = append(slices.Clip(s.Disputes), data.DisputedPoint)
	default:
		s.applyToTurn(data)
	}
	return s
}

// Bare is the snapshot without what was asked and said: neither turns and their
// draft, nor questions that are over, marks, disputes and the end.
func (s Snapshot) Bare() Snapshot {
	s.Turns, s.Draft, s.Over, s.Marks, s.Disputes, s.Completed = nil, "", nil, nil, nil, nil
	return s
}

// limitOf is the whole time of a turn, 0 for no limit.
func limitOf(q QuestionAsked, e Event) time.Duration {
	if q.Deadline.IsZero() {
		return 0
	}
	return q.Deadline.Sub(e.At)
}

// stop adds up the time the interview ran until now.
func (s *Snapshot) stop(now time.Time) {
	s.Ran, s.RunsSince = s.Elapsed(now), zeroTime
}

// Elapsed is how long the interview has run by now, without its pauses. Where
// the program was killed, the time until somebody paused or came back counts.
func (s Snapshot) Elapsed(now time.Time) time.Duration {
	if s.RunsSince.IsZero() {
		return s.Ran
	}
	return s.Ran + max(0, now.Sub(s.RunsSince))
}

func (s *Snapshot) applyToTurn(data EventData) {
	switch data := data.(type) {
	case AnswerAccepted:
		if t := s.turn(data.Turn); t != nil {
			t.Answer, t.Answered = data.Text, true
		}
		s.Deadline, s.Remaining, s.Draft = zeroTime, 0, ""
	case TurnSkipped:
		if t := s.turn(data.Turn); t != nil {
			t.Skipped, t.Answered = true, true
		}
		s.Deadline, s.Remaining, s.Draft = zeroTime, 0, ""
	case HintGiven:
		if t := s.turn(data.Turn); t != nil {
			t.HintsGiven = append(slices.Clip(t.HintsGiven), data.Text)
		}
	case Judged:
		if t := s.turn(data.Turn); t != nil {
			t.Evaluation = &data
		}
	case Regraded:
		if t := s.turn(data.Turn); t != nil {
			t.Regrades = append(slices.Clip(t.Regrades), againOf(data.Evaluation))
		}
	}
}

func againOf(e Evaluation) Again { return Again{By: e.By, Score: e.Score, At: e.At} }

// turn finds a turn of the snapshot, nil for one it does not know: a face may
// have joined late.
func (s *Snapshot) turn(n int) *TurnView {
	for i := range s.Turns {
		if s.Turns[i].Asked.Turn == n {
			return &s.Turns[i]
		}
	}
	return nil
}

// Current is the turn the candidate is in, nil before the start.
func (s *Snapshot) Current() *TurnView { return s.turn(s.Turn) }
