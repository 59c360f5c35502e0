package session

import (
	"time"

	"github.com/elios/elios/internal/rubric"
)

// CommandType names a command in JSON, in errors and in the journal.
type CommandType string

// The commands of people.
const (
	CmdStart      CommandType = "start"
	CmdAnswer     CommandType = "answer"
	CmdSkip       CommandType = "skip"
	CmdHint       CommandType = "hint"
	CmdPause      CommandType = "pause"
	CmdResume     CommandType = "resume"
	CmdRetry      CommandType = "retry"
	CmdUseBuiltin CommandType = "use_builtin"
	CmdEnd        CommandType = "end"
	CmdMark       CommandType = "mark"
	CmdDispute    CommandType = "dispute"
)

// The commands of evaluators and of the clock. No face can send them.
const (
	CmdEvaluated        CommandType = "evaluated"
	CmdEvaluationFailed CommandType = "evaluation_failed"
	CmdRegrade          CommandType = "regrade"
	CmdDeadline         CommandType = "deadline"
	CmdIdle             CommandType = "idle"
	CmdExpire           CommandType = "expire"
)

// Command is something somebody wants of an interview.
type Command interface{ Type() CommandType }

// Start begins an interview.
type Start struct{}

// Answer hands in the answer to a turn.
type Answer struct {
	Turn int    `json:"turn"`
	Text string `json:"text"`
}

// Skip leaves a turn unanswered.
type Skip struct {
	Turn int `json:"turn"`
}

// Hint asks for the next hint of the current question.
type Hint struct{}

// Pause stops the clock of the answer. Reason is "" for a person's wish.
type Pause struct {
	Reason string `json:"reason,omitempty"`
}

// Resume goes on after a pause.
type Resume struct{}

// Retry runs a failed evaluation again.
type Retry struct{}

// UseBuiltin goes on with the built-in evaluator.
type UseBuiltin struct{}

// End completes the interview early.
type End struct{}

// Mark is the candidate's own verdict on a point of a question that is over.
type Mark struct {
	Question int           `json:"question"` // 1, 2, 3…
	Point    string        `json:"point"`
	Status   rubric.Status `json:"status"` // met, partial or missed
}

// Dispute says that a verdict is wrong, and why.
type Dispute struct {
	Question int    `json:"question"` // 1, 2, 3…
	Point    string `json:"point"`
	Reason   string `json:"reason"`
}

// Evaluated brings an evaluator's judgement of a turn.
type Evaluated struct {
	Turn      int
	By        EvaluatorInfo
	Judgement Judgement
	// Similarity to the ideal answer, 0–1, of the main answer and of all
	// answers so far; always the built-in one.
	Similarity float64
	Elapsed    time.Duration
}

// EvaluationFailed says that a turn could not be judged. RetryAt is zero when
// elios will not try again by itself.
type EvaluationFailed struct {
	Turn    int
	Why     string
	Attempt int
	RetryAt time.Time
}

// Regrade brings a later judgement of an answer beside the first.
type Regrade struct {
	Turn      int
	By        EvaluatorInfo
	Judgement Judgement
}

// Deadline says that the time for a turn is up; Draft is what was typed.
type Deadline struct {
	Turn  int
	Draft string
}

// IdleTimeout says that nobody did anything for a while.
type IdleTimeout struct{}

// Expire says that nobody did anything for days.
type Expire struct{}

func (Start) Type() CommandType            { return CmdStart }
func (Answer) Type() CommandType           { return CmdAnswer }
func (Skip) Type() CommandType             { return CmdSkip }
func (Hint) Type() CommandType             { return CmdHint }
func (Pause) Type() CommandType            { return CmdPause }
func (Resume) Type() CommandType           { return CmdResume }
func (Retry) Type() CommandType            { return CmdRetry }
func (UseBuiltin) Type() CommandType       { return CmdUseBuiltin }
func (End) Type() CommandType              { return CmdEnd }
func (Mark) Type() CommandType             { return CmdMark }
func (Dispute) Type() CommandType          { return CmdDispute }
func (Evaluated) Type() CommandType        { return CmdEvaluated }
func (EvaluationFailed) Type() CommandType { return CmdEvaluationFailed }
func (Regrade) Type() CommandType          { return CmdRegrade }
func (Deadline) Type() CommandType         { return CmdDeadline }
func (IdleTimeout) Type() CommandType      { return CmdIdle }
func (Expire) Type() CommandType           { return CmdExpire }

// Envelope is a command of a person with the id its sender made. The same id
// and content is answered as the first time and does nothing twice.
type Envelope struct {
	ID      string
	Command Command
}

// Ack says that a command is on disk.
type Ack struct {
	Seq   int64 `json:"seq"`   // the last event of the command
	State State `json:"state"` // after the command
	Turn  int   `json:"turn"`  // the current turn after the command
	Dup   bool  `json:"dup,omitempty"`
}

// OfPeople tells whether a person may send the command, rather than an
// evaluator or the clock.
func (c CommandType) OfPeople() bool {
	switch c {
	case CmdStart, CmdAnswer, CmdSkip, CmdHint, CmdPause, CmdResume, CmdRetry, CmdUseBuiltin, CmdEnd, CmdMark, CmdDispute:
		return true
	}
	return false
}
