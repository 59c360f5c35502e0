package session

import (
	"context"
	"time"

	"github.com/elios/elios/internal/rubric"
)

// Interviews is everything a face may do outside of one interview. The engine
// implements it here, a client over the wire.
type Interviews interface {
	// List summarises interviews, latest activity first.
	List(ctx context.Context, f Filter) ([]Summary, error)
	// Create makes an interview, still IDLE. NotFound for an unknown bank,
	// Invalid when no question fits.
	Create(ctx context.Context, s Settings) (Room, error)
	// Again makes a new interview of one question of an earlier one, linked to
	// it, still IDLE. NotFound for an interview or question that is not there,
	// InvalidState for a question that is not over.
	Again(ctx context.Context, ref string, question int) (Room, error)
	// Open enters an interview by id, unique prefix or "last". NotFound.
	Open(ctx context.Context, ref string) (Room, error)
	// Delete removes an interview for good. NotFound.
	Delete(ctx context.Context, ref string) error
	// Banks lists the banks to choose from.
	Banks(ctx context.Context) ([]BankInfo, error)
	// Questions lists the questions of a bank. NotFound.
	Questions(ctx context.Context, bank string) ([]QuestionInfo, error)
	// Attempts gathers every answer to a question that is over, the earliest
	// first: of the bank f.Bank the one with the id f.Asked.
	Attempts(ctx context.Context, f Filter) ([]Attempt, error)
	// Report gathers what a report shows. NotFound; InvalidState for an exam
	// that is not COMPLETE.
	Report(ctx context.Context, ref string) (Report, error)
}

// Room is one interview as a face sees it. Everything that comes out of it has
// passed Redact.
type Room interface {
	// ID is the interview's.
	ID() string
	// Snapshot is where the interview stands, with all that was asked and said.
	Snapshot(ctx context.Context) (Snapshot, error)
	// Standing is Snapshot.Bare, which costs next to nothing.
	Standing() (Snapshot, error)
	// Do sends a command and returns when it is on disk, or refused.
	Do(ctx context.Context, e Envelope) (Ack, error)
	// SaveDraft keeps half-typed text of a turn.
	SaveDraft(ctx context.Context, turn int, text string) error
	// Events waits until there is an event with seq > after and returns all
	// of them in order. It returns ctx's error when ctx is done first.
	Events(ctx context.Context, after int64) ([]Event, error)
	// News is closed when there may be an event that was not there when it was
	// asked for, or the room is gone: Events then says which.
	News() <-chan struct{}
	// Live delivers partial results as they come until ctx is done. A reader
	// that is not ready misses them.
	Live(ctx context.Context) <-chan Live
	// Close leaves the room. It does not pause the interview.
	Close() error
}

// Live is progress of an evaluation that is worth showing but not keeping.
type Live struct {
	Turn     int           `json:"turn"`
	Phase    string        `json:"phase"`              // "loading", "queued", "judging"; before an answer "loading" and "ready"
	Met      []MetPoint    `json:"met,omitempty"`      // so far
	Feedback string        `json:"feedback,omitempty"` // as far as it has come, without words of open points
	Done     int           `json:"done"`               // points judged so far
	Of       int           `json:"of"`                 // points in all
	Attempt  int           `json:"attempt,omitempty"`  // 1, 2, 3
	Position int           `json:"position,omitempty"` // in the queue, 1, 2, 3…; 0 outside of one
	Elapsed  time.Duration `json:"elapsed_ns"`
}

// Snapshot is an interview as a face may know it.
type Snapshot struct {
	ID        string          `json:"id"`
	Settings  Settings        `json:"settings"`
	Bank      BankRef         `json:"bank"`
	Evaluator EvaluatorInfo   `json:"evaluator"`
	State     State           `json:"state"`
	Paused    bool            `json:"paused,omitempty"`
	Question  int             `json:"question"` // the current one, 1, 2, 3…
	Questions int             `json:"questions"`
	Turn      int             `json:"turn"`
	Pending   *Pending        `json:"pending,omitempty"`
	Deadline  time.Time       `json:"deadline,omitzero"`
	Remaining time.Duration   `json:"remaining_ns,omitempty"`
	Limit     time.Duration   `json:"limit_ns,omitempty"` // the whole time of the current turn, 0: none
	StartedAt time.Time       `json:"started_at,omitzero"`
	Ran       time.Duration   `json:"ran_ns,omitempty"`    // from the start to the last pause, without the pauses before
	RunsSince time.Time       `json:"runs_since,omitzero"` // zero while paused, before the start and after the end
	Draft     string          `json:"draft,omitempty"`     // of the current turn
	Turns     []TurnView      `json:"turns"`               // so far, in order
	Over      []QuestionOver  `json:"over,omitempty"`      // the questions that are over
	Marks     []MarkedPoint   `json:"marks,omitempty"`     // the candidate's own verdicts, the latest of each point
	Disputes  []DisputedPoint `json:"disputes,omitempty"`  // in order
	Completed *Completed      `json:"completed,omitempty"`
	LastSeq   int64           `json:"last_seq"`
}

// TurnView is a turn as a face may know it.
type TurnView struct {
	Asked      QuestionAsked `json:"asked"`
	HintsGiven []string      `json:"hints_given,omitempty"`
	Answer     string        `json:"answer,omitempty"`
	Skipped    bool          `json:"skipped,omitempty"`
	Answered   bool          `json:"answered"`
	Evaluation *Judged       `json:"evaluation,omitempty"`
	Regrades   []Again       `json:"regrades,omitempty"` // later judgements; the first stays
}

// Again is a later judgement of an answer, as a face may know it.
type Again struct {
	By    EvaluatorInfo `json:"by"`
	Score rubric.Score  `json:"score"`
	At    time.Time     `json:"at"`
}

// Report is the data of a report; internal/report draws it.
type Report struct {
	Interview  Summary          `json:"interview"`
	Duration   time.Duration    `json:"duration_ns"` // from start to end, without pauses
	Score      float64          `json:"score"`       // 0–100, mean of the judged questions
	Upper      float64          `json:"upper"`
	Unprompted float64          `json:"unprompted"`
	Band       rubric.Band      `json:"band,omitempty"`
	Judged     int              `json:"judged"`                // questions with a score
	SelfMarked *float64         `json:"self_marked,omitempty"` // the score with the candidate's own marks
	Assessed   int              `json:"assessed"`              // points
	Points     int              `json:"points"`
	Hints      int              `json:"hints"`
	Topics     []TopicScore     `json:"topics"`
	Learn      []Lesson         `json:"learn"`      // the most valuable first, at most three
	Evaluators []EvaluatorInfo  `json:"evaluators"` // every one that judged
	Questions  []QuestionReport `json:"questions"`
	Redacted   bool             `json:"redacted,omitempty"` // answers and names are left out
}

// Attempt is one time a question was asked and what came of it.
type Attempt struct {
	Interview Summary        `json:"interview"`
	Question  QuestionReport `json:"question"`
}

// TopicScore is the mean over the judged questions of a topic.
type TopicScore struct {
	Topic  string  `json:"topic"`
	Score  float64 `json:"score"`
	Judged int     `json:"judged"`
}

// Lesson is something worth learning next, with the points of the interview's
// score it would have brought.
type Lesson struct {
	Question int     `json:"question"`
	Text     string  `json:"text"`
	Gain     float64 `json:"gain"`
}

// QuestionReport is one question of a report.
type QuestionReport struct {
	Number   int             `json:"number"`
	ID       string          `json:"id"`
	Hash     string          `json:"hash"` // of the question's content
	Type     rubric.Type     `json:"question_type"`
	Topic    string          `json:"topic"`
	Level    int             `json:"level"`
	Ask      string          `json:"ask"`
	Turns    []TurnReport    `json:"turns"`
	Result   Result          `json:"result"`
	Reveal   *Reveal         `json:"reveal,omitempty"` // nil while the question is open
	Marks    []MarkedPoint   `json:"marks,omitempty"`
	Disputes []DisputedPoint `json:"disputes,omitempty"`
}

// TurnReport is one turn of a report.
type TurnReport struct {
	TurnView
	Took     time.Duration `json:"took_ns"`             // from asked to answered
	TimedOut bool          `json:"timed_out,omitempty"` // the deadline handed it in
}
