package store

import "github.com/elios/elios/internal/session"

// touched names the turns and questions whose rows a commit may have changed.
// Writing all of them each time would make a long interview slower with every
// answer.
type touched struct {
	all       bool
	turns     map[int]bool
	questions map[int]bool
	disputes  bool
}

// touchedBy reads from the events what they changed in the interview. An event
// this function does not know makes it all: a new event must not lose rows.
func touchedBy(iv *session.Interview, events []session.Event) touched {
	t := touched{turns: map[int]bool{}, questions: map[int]bool{}}
	for _, e := range events {
		switch data := e.Data.(type) {
		case session.QuestionAsked:
			t.turn(iv, data.Turn)
		case session.AnswerAccepted:
			t.turns[data.Turn] = true // what it is worth is not known yet
		case session.TurnSkipped:
			t.turn(iv, data.Turn)
		case session.HintGiven:
			t.turns[data.Turn] = true
		case session.Judged:
			t.turn(iv, data.Turn)
		case session.Regraded:
			t.turn(iv, data.Turn)
		case session.QuestionOver:
			t.questions[data.Question] = true
		case session.Disputed:
			t.disputes = true
		default:
			t.all = t.all || !rowOnly(e.Data)
		}
	}
	return t
}

func (t touched) turn(iv *session.Interview, n int) {
	t.turns[n] = true
	if turn := iv.TurnN(n); turn != nil {
		t.questions[turn.Question] = true
	}
}

// rowOnly tells whether an event changes nothing but the interview's own row.
func rowOnly(data session.EventData) bool {
	switch data.(type) {
	case session.Created, session.Started, session.StateChanged, session.PausedEvent, session.Resumed,
		session.Retried, session.EvaluatorChanged, session.JudgingFailed, session.Completed, session.Marked:
		return true
	}
	return false
}
