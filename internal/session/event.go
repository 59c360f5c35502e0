package session

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/elios/elios/internal/rubric"
)

// EventType names an event in JSON.
type EventType string

// The events.
const (
	EvCreated          EventType = "created"
	EvStarted          EventType = "started"
	EvState            EventType = "state"
	EvQuestion         EventType = "question"
	EvAnswerAccepted   EventType = "answer_accepted"
	EvSkipped          EventType = "skipped"
	EvHint             EventType = "hint"
	EvPaused           EventType = "paused"
	EvResumed          EventType = "resumed"
	EvRetried          EventType = "retried"
	EvEvaluatorChanged EventType = "evaluator_changed"
	EvEvaluation       EventType = "evaluation"
	EvEvaluationFailed EventType = "evaluation_failed"
	EvQuestionOver     EventType = "question_over"
	EvCompleted        EventType = "completed"
	EvMarked           EventType = "marked"
	EvDisputed         EventType = "disputed"
	EvRegraded         EventType = "regraded"
)

// Event is one thing that happened, for ever. Seq runs 1, 2, 3… without holes
// in each interview. Its one JSON form serves journal, --json and the wire.
type Event struct {
	Seq  int64
	At   time.Time // UTC, milliseconds
	Data EventData
}

// EventData is what happened.
type EventData interface{ EventType() EventType }

type (
	// Created is the first event of every interview. Plan is for the journal
	// only.
	Created struct {
		ID        string        `json:"id"`
		Settings  Settings      `json:"settings"`
		Bank      BankRef       `json:"bank"`
		Questions int           `json:"questions"`
		Plan      []string      `json:"plan,omitempty"`
		Evaluator EvaluatorInfo `json:"evaluator"`
	}

	// Started says that the candidate began.
	Started struct{}

	// StateChanged is a move of the machine.
	StateChanged struct {
		From State `json:"from"`
		To   State `json:"to"`
	}

	// QuestionAsked puts a question or follow-up to the candidate.
	QuestionAsked struct {
		Turn     int         `json:"turn"`
		Kind     TurnKind    `json:"kind"`
		Question int         `json:"question"`         // 1, 2, 3…
		Of       int         `json:"of"`               // questions in all
		Number   int         `json:"number,omitempty"` // of a follow-up, 1, 2, 3
		Max      int         `json:"max_follow_ups"`
		ID       string      `json:"id"` // of the question in its bank
		Type     rubric.Type `json:"question_type"`
		Topic    string      `json:"topic"` // its title
		Level    int         `json:"level"`
		Ask      string      `json:"ask"`   // Markdown
		Hints    int         `json:"hints"` // how many there are
		Origin   Origin      `json:"origin,omitempty"`
		Stretch  bool        `json:"stretch,omitempty"`
		Deadline time.Time   `json:"deadline,omitzero"`
		Audio    *Audio      `json:"audio,omitempty"`     // over the wire only, where the host reads questions aloud
		FollowUp string      `json:"follow_up,omitempty"` // journal only
		Targets  []string    `json:"targets,omitempty"`   // journal only
	}

	// AnswerAccepted says that an answer is on disk.
	AnswerAccepted struct {
		Turn     int    `json:"turn"`
		Text     string `json:"text"`
		TimedOut bool   `json:"timed_out,omitempty"`
	}

	// TurnSkipped says that a turn was left unanswered.
	TurnSkipped struct {
		Turn     int  `json:"turn"`
		TimedOut bool `json:"timed_out,omitempty"`
	}

	// HintGiven brings a hint.
	HintGiven struct {
		Turn   int    `json:"turn"`
		Number int    `json:"number"` // 1, 2, 3…
		Of     int    `json:"of"`
		Text   string `json:"text"`
	}

	// PausedEvent stops the clock. Reason is "" or "idle".
	PausedEvent struct {
		Reason    string        `json:"reason,omitempty"`
		Remaining time.Duration `json:"remaining_ns,omitempty"` // of the deadline
	}

	// Resumed starts the clock again.
	Resumed struct {
		Deadline time.Time `json:"deadline,omitzero"`
	}

	// Retried says that a failed evaluation runs again.
	Retried struct {
		Turn int `json:"turn"`
	}

	// EvaluatorChanged says who judges from now on.
	EvaluatorChanged struct {
		Turn int           `json:"turn"`
		From EvaluatorInfo `json:"from"`
		To   EvaluatorInfo `json:"to"`
	}

	// Judged says what an answer is worth. Full is for the journal only.
	Judged struct {
		Turn     int           `json:"turn"`
		Question int           `json:"question"`
		By       EvaluatorInfo `json:"by"`
		Met      []MetPoint    `json:"met,omitempty"`
		Open     int           `json:"open"`               // how many points are open
		Score    *rubric.Score `json:"score,omitempty"`    // nil in exam mode
		Feedback string        `json:"feedback,omitempty"` // without words of open points
		Doubt    *Doubt        `json:"uncertain,omitempty"`
		Full     *Evaluation   `json:"full,omitempty"` // journal only
	}

	// JudgingFailed says why an answer is not judged yet.
	JudgingFailed struct {
		Turn    int       `json:"turn"`
		Why     string    `json:"why"`
		Attempt int       `json:"attempt"`
		RetryAt time.Time `json:"retry_at,omitzero"` // zero: retry, use_builtin or end
	}

	// QuestionOver closes a question and shows all of it.
	QuestionOver struct {
		Question int     `json:"question"`
		Reveal   *Reveal `json:"reveal,omitempty"` // nil in exam mode
		Result   *Result `json:"result,omitempty"` // nil in exam mode
	}

	// Completed is the end of an interview.
	Completed struct {
		Outcome    Outcome        `json:"outcome"`
		Score      float64        `json:"score"` // mean of the judged questions, 0–100
		Upper      float64        `json:"upper"`
		Unprompted float64        `json:"unprompted"` // mean of the main answers alone
		Judged     int            `json:"judged"`     // questions with a score
		Questions  int            `json:"questions"`
		Over       []QuestionOver `json:"over,omitempty"` // exam mode: everything withheld until now
	}

	// Marked is a candidate's own verdict.
	Marked struct{ MarkedPoint }

	// Disputed is a verdict the candidate holds to be wrong.
	Disputed struct{ DisputedPoint }

	// Regraded brings a later judgement beside the first.
	Regraded struct {
		Turn       int        `json:"turn"`
		Evaluation Evaluation `json:"evaluation"`
	}
)

// Audio is where a turn's text can be heard.
type Audio struct {
	Path   string `json:"path"`   // on the server, asked for with the same token
	Format string `json:"format"` // a media type, such as audio/wav
}

// MetPoint is a point the candidate has met, in the rubric's words and theirs.
type MetPoint struct {
	Point    string            `json:"point"`
	Text     string            `json:"text"`
	Status   rubric.Status     `json:"status"` // met or partial
	Level    *int              `json:"level,omitempty"`
	Evidence []rubric.Evidence `json:"evidence"`
}

// Reveal is what a candidate learns of a question once it is over.
type Reveal struct {
	ID             string             `json:"id"`
	Points         []RevealedPoint    `json:"points"`
	Misconceptions []RevealedPoint    `json:"misconceptions,omitempty"` // the ones held
	Own            []RevealedPoint    `json:"own,omitempty"`            // of stretches
	Ideal          string             `json:"ideal,omitempty"`
	Feedback       string             `json:"feedback,omitempty"`
	References     []rubric.Reference `json:"references,omitempty"`
}

// RevealedPoint is a key point, dimension or misconception with its verdict.
type RevealedPoint struct {
	ID      string         `json:"id"`
	Text    string         `json:"text"`
	Weight  float64        `json:"weight,omitempty"`
	Must    bool           `json:"must,omitempty"`
	Say     string         `json:"say,omitempty"`
	Anchors map[int]string `json:"anchors,omitempty"`
	Verdict rubric.Verdict `json:"verdict"`
}

// EventType names the event.
func (Created) EventType() EventType { return EvCreated }

// EventType names the event.
func (Started) EventType() EventType { return EvStarted }

// EventType names the event.
func (StateChanged) EventType() EventType { return EvState }

// EventType names the event.
func (QuestionAsked) EventType() EventType { return EvQuestion }

// EventType names the event.
func (AnswerAccepted) EventType() EventType { return EvAnswerAccepted }

// EventType names the event.
func (TurnSkipped) EventType() EventType { return EvSkipped }

// EventType names the event.
func (HintGiven) EventType() EventType { return EvHint }

// EventType names the event.
func (PausedEvent) EventType() EventType { return EvPaused }

// EventType names the event.
func (Resumed) EventType() EventType { return EvResumed }

// EventType names the event.
func (Retried) EventType() EventType { return EvRetried }

// EventType names the event.
func (EvaluatorChanged) EventType() EventType { return EvEvaluatorChanged }

// EventType names the event.
func (Judged) EventType() EventType { return EvEvaluation }

// EventType names the event.
func (JudgingFailed) EventType() EventType { return EvEvaluationFailed }

// EventType names the event.
func (QuestionOver) EventType() EventType { return EvQuestionOver }

// EventType names the event.
func (Completed) EventType() EventType { return EvCompleted }

// EventType names the event.
func (Marked) EventType() EventType { return EvMarked }

// EventType names the event.
func (Disputed) EventType() EventType { return EvDisputed }

// EventType names the event.
func (Regraded) EventType() EventType { return EvRegraded }

// eventJSON is the one JSON form of an event.
type eventJSON struct {
	Seq  int64           `json:"seq"`
	Type EventType       `json:"type"`
	At   time.Time       `json:"at"`
	Data json.RawMessage `json:"data"`
}

// MarshalJSON writes {"seq","type","at","data"}.
func (e Event) MarshalJSON() ([]byte, error) {
	data, err := json.Marshal(e.Data)
	if err != nil {
		return nil, fmt.Errorf("event %d: %w", e.Seq, err)
	}
	return json.Marshal(eventJSON{e.Seq, e.Data.EventType(), e.At, data})
}

// UnmarshalJSON reads what MarshalJSON wrote. An unknown type is an error.
func (e *Event) UnmarshalJSON(b []byte) error {
	var raw eventJSON
	if err := json.Unmarshal(b, &raw); err != nil {
		return fmt.Errorf("event: %w", err)
	}
	decode, ok := eventDecoders[raw.Type]
	if !ok {
		return fmt.Errorf("event %d: unknown type %q", raw.Seq, raw.Type)
	}
	data, err := decode(raw.Data)
	if err != nil {
		return fmt.Errorf("event %d (%s): %w", raw.Seq, raw.Type, err)
	}
	*e = Event{Seq: raw.Seq, At: raw.At.UTC(), Data: data}
	return nil
}

// eventDecoders reads the data of each type; it is never written to.
var eventDecoders = map[EventType]func([]byte) (EventData, error){
	EvCreated:          decodeAs[Created],
	EvStarted:          decodeAs[Started],
	EvState:            decodeAs[StateChanged],
	EvQuestion:         decodeAs[QuestionAsked],
	EvAnswerAccepted:   decodeAs[AnswerAccepted],
	EvSkipped:          decodeAs[TurnSkipped],
	EvHint:             decodeAs[HintGiven],
	EvPaused:           decodeAs[PausedEvent],
	EvResumed:          decodeAs[Resumed],
	EvRetried:          decodeAs[Retried],
	EvEvaluatorChanged: decodeAs[EvaluatorChanged],
	EvEvaluation:       decodeAs[Judged],
	EvEvaluationFailed: decodeAs[JudgingFailed],
	EvQuestionOver:     decodeAs[QuestionOver],
	EvCompleted:        decodeAs[Completed],
	EvMarked:           decodeAs[Marked],
	EvDisputed:         decodeAs[Disputed],
	EvRegraded:         decodeAs[Regraded],
}

func decodeAs[T EventData](b []byte) (EventData, error) {
	var v T
	err := json.Unmarshal(b, &v)
	return v, err
}
