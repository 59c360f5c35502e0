package session

import (
	"fmt"
	"slices"
	"strings"
)

// allowed refuses a command that has no place in the interview's state. What
// it names is looked for first: an unknown turn or question is NotFound or
// StaleTurn before anything is said about states.
func allowed(iv *Interview, cmd Command) error {
	if err := exists(iv, cmd); err != nil {
		return err
	}
	if slices.Contains(iv.Allowed(), cmd.Type()) || internalAllowed(iv, cmd.Type()) {
		return overOnly(iv, cmd)
	}
	return iv.refuse(cmd.Type())
}

// exists checks the turn a command names.
func exists(iv *Interview, cmd Command) error {
	turn, named := turnOf(cmd)
	if !named {
		return nil
	}
	current := iv.Turn
	// COMPLETE and IDLE have no current turn to compare with: their refusal
	// says more.
	if turn == current || iv.State == Complete && turn >= 1 && turn <= len(iv.Turns) || iv.State == Idle && turn == 1 {
		return nil
	}
	e := &Error{Kind: StaleTurn, State: iv.State, Command: cmd.Type(), Turn: current, Allowed: iv.Allowed()}
	switch {
	case iv.TurnN(turn) == nil:
		e.Message = fmt.Sprintf("there is no turn %d; the interview is at turn %d (%s)", turn, current, iv.State)
	default:
		e.Message = fmt.Sprintf("turn %d is over; the interview is at turn %d (%s)", turn, current, iv.State)
	}
	return e
}

func turnOf(cmd Command) (turn int, named bool) {
	switch c := cmd.(type) {
	case Answer:
		return c.Turn, true
	case Skip:
		return c.Turn, true
	case Evaluated:
		return c.Turn, true
	case EvaluationFailed:
		return c.Turn, true
	case Deadline:
		return c.Turn, true
	}
	return 0, false
}

// overOnly keeps marks and disputes to points of questions that are over; a
// misconception can be disputed too.
func overOnly(iv *Interview, cmd Command) error {
	var question int
	var point string
	switch c := cmd.(type) {
	case Mark:
		question, point = c.Question, c.Point
	case Dispute:
		question, point = c.Question, c.Point
	default:
		return nil
	}
	q, res := iv.QuestionN(question), iv.ResultN(question)
	if q == nil || res == nil {
		return Errorf(NotFound, "there is no question %d in this interview yet", question)
	}
	// In an exam even a question that is over stays closed until the end.
	if !res.Over || iv.Settings.Mode == Exam && iv.State != Complete {
		e := iv.refuse(cmd.Type())
		e.Message = fmt.Sprintf("%s: question %d is not over yet (%s)", cmd.Type(), question, iv.State)
		return e
	}
	_, isPoint := q.Criterion(point)
	if _, marks := cmd.(Mark); !isPoint && (marks || q.Misconception(point) == nil) {
		return Errorf(NotFound, "question %d has no point %q", question, point)
	}
	return nil
}

// Allowed lists the commands of people that the interview's state takes.
func (iv *Interview) Allowed() []CommandType {
	return allowedIn(iv.State, iv.Paused, iv.Pending != nil, iv.Settings.Mode)
}

func allowedIn(state State, paused, failed bool, mode Mode) []CommandType {
	var out []CommandType
	switch {
	case state == Complete:
		return []CommandType{CmdMark, CmdDispute}
	case state == Idle:
		out = append(out, CmdStart)
	case state.Answering() && !paused:
		out = append(out, CmdAnswer, CmdSkip)
		if mode != Exam {
			out = append(out, CmdHint)
		}
	case state == Evaluating && failed:
		out = append(out, CmdRetry, CmdUseBuiltin)
	case state == Evaluating:
		out = append(out, CmdUseBuiltin)
	}
	if paused {
		out = append(out, CmdResume)
	} else {
		out = append(out, CmdPause)
	}
	return append(out, CmdEnd, CmdMark, CmdDispute)
}

// internalAllowed says which commands of evaluators and the clock fit.
func internalAllowed(iv *Interview, c CommandType) bool {
	switch c {
	case CmdEvaluated, CmdEvaluationFailed:
		return iv.State == Evaluating
	case CmdRegrade:
		return iv.State != Idle
	case CmdDeadline:
		return iv.State.Answering() && !iv.Paused
	case CmdIdle:
		return iv.State != Complete && !iv.Paused
	case CmdExpire:
		return iv.State != Complete
	}
	return false
}

// refuse names the state, the command and what is allowed.
func (iv *Interview) refuse(c CommandType) *Error {
	e := &Error{Kind: InvalidState, State: iv.State, Command: c, Turn: iv.Turn, Allowed: iv.Allowed()}
	state := string(iv.State)
	switch {
	case iv.State == Complete:
		e.Kind = IsComplete
	case iv.Paused && iv.State.Answering() && (c == CmdAnswer || c == CmdSkip || c == CmdHint):
		e.Kind = IsPaused
		state += " and paused"
	case c == CmdHint && iv.Settings.Mode == Exam:
		state += " in exam mode"
	}
	names := make([]string, len(e.Allowed))
	for i, a := range e.Allowed {
		names[i] = string(a)
	}
	e.Message = fmt.Sprintf("%s is not allowed while the interview is %s; allowed: %s", c, state, strings.Join(names, ", "))
	return e
}
