package session

// Redact is the rule of what a face may know: it clears the fields of an event
// that stay in the journal. It looks at nothing but the event and the mode, so
// that a replay years later shows the same as the live view did.
func Redact(mode Mode, e Event) Event {
	switch data := e.Data.(type) {
	case Created:
		data.Plan = nil
		e.Data = data
	case QuestionAsked:
		data.FollowUp, data.Targets = "", nil
		e.Data = data
	case Judged:
		e.Data = redactJudged(mode, data)
	case Regraded:
		e.Data = redactRegraded(mode, data)
	case QuestionOver:
		if mode == Exam {
			e.Data = QuestionOver{Question: data.Question}
		}
	}
	return e
}

func redactJudged(mode Mode, j Judged) Judged {
	j.Full = nil
	if mode == Exam {
		return Judged{Turn: j.Turn, Question: j.Question, By: j.By}
	}
	return j
}

// redactRegraded keeps who judged again and the number; the verdicts are for
// the report, since the question may still be open.
func redactRegraded(mode Mode, r Regraded) Regraded {
	e := Evaluation{Turn: r.Evaluation.Turn, By: r.Evaluation.By, At: r.Evaluation.At}
	if mode != Exam {
		e.Score = r.Evaluation.Score
	}
	return Regraded{Turn: r.Turn, Evaluation: e}
}

// RedactAll is Redact over many events.
func RedactAll(mode Mode, events []Event) []Event {
	out := make([]Event, len(events))
	for i, e := range events {
		out[i] = Redact(mode, e)
	}
	return out
}

// RedactLive is the same rule for partial results: an exam shows only how far
// the evaluation is.
func RedactLive(mode Mode, l Live) Live {
	if mode == Exam {
		l.Met, l.Feedback = nil, ""
	}
	return l
}
