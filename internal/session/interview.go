package session

import (
	"time"

	"github.com/elios/elios/internal/rubric"
)

// Settings is what was asked for when an interview was created.
type Settings struct {
	Bank        string        `json:"bank"`
	Topics      []string      `json:"topics,omitempty"`
	MinLevel    int           `json:"min_level,omitempty"` // 0: any
	MaxLevel    int           `json:"max_level,omitempty"`
	Count       int           `json:"count"`
	FollowUps   *int          `json:"follow_ups,omitempty"` // most follow-ups a question, 0–3; nil: the bank's
	Mode        Mode          `json:"mode"`
	Seed        uint64        `json:"seed"`
	TimeLimit   time.Duration `json:"time_limit_ns,omitempty"` // a question; 0: the question's own in exam mode, none in practice
	Evaluator   string        `json:"evaluator"`               // what was asked for: auto, builtin, ollama
	IdleAfter   time.Duration `json:"idle_after_ns"`           // pause after this long without a command
	ExpireAfter time.Duration `json:"expire_after_ns"`         // complete after this long without a command
	Again       *Link         `json:"again,omitempty"`         // the question of an earlier interview that is asked once more
	Owner       *Owner        `json:"owner,omitempty"`         // whose it is when it was made over the wire; nil: this machine's
}

// Timed tells whether time may be limited. Whether it is for a turn stands in its
// question.
func (s Settings) Timed() bool { return s.Mode == Exam || s.TimeLimit > 0 }

// Link points at a question of an interview.
type Link struct {
	Interview string `json:"interview"`
	Question  int    `json:"question"` // 1, 2, 3…
}

// Default times without a command after which an interview pauses and expires.
const (
	DefaultIdleAfter   = 30 * time.Minute
	DefaultExpireAfter = 7 * 24 * time.Hour
)

// BankRef names the bank an interview was drawn from.
type BankRef struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Version string `json:"version"`
}

// EvaluatorInfo names who judges.
type EvaluatorInfo struct {
	Name    string `json:"name"`              // "builtin" or "ollama"
	Model   string `json:"model,omitempty"`   // such as "gemma3:4b"
	Digest  string `json:"digest,omitempty"`  // of the model
	Version string `json:"version,omitempty"` // of the built-in method or of the prompt
}

// Builtin is the name of the built-in evaluator.
const Builtin = "builtin"

// String names the evaluator for people.
func (e EvaluatorInfo) String() string {
	if e.Name == Builtin || e.Name == "" {
		return "built-in evaluator"
	}
	if e.Model != "" {
		return e.Model
	}
	return e.Name
}

// Interview is the whole state of one interview: the rows of the store plus
// the questions they name. Times are UTC with millisecond precision; a zero
// time means "not yet" or "none".
type Interview struct {
	ID        string        `json:"id"`
	Settings  Settings      `json:"settings"`
	Bank      BankRef       `json:"bank"`
	Plan      []string      `json:"plan"` // content hashes of the questions, in order
	Evaluator EvaluatorInfo `json:"evaluator"`

	State    State    `json:"state"`
	Paused   bool     `json:"paused,omitempty"`
	Turn     int      `json:"turn"`     // the current turn, 1, 2, 3…; 0 before the start
	Question int      `json:"question"` // the current question, 1, 2, 3…; 0 before the start
	Turns    []Turn   `json:"turns"`
	Pending  *Pending `json:"pending,omitempty"` // a failed evaluation, while EVALUATING
	Results  []Result `json:"results"`           // one for each question that was begun

	Marks    []MarkedPoint   `json:"marks,omitempty"`
	Disputes []DisputedPoint `json:"disputes,omitempty"`

	Outcome   Outcome       `json:"outcome,omitempty"`
	CreatedAt time.Time     `json:"created_at"`
	StartedAt time.Time     `json:"started_at,omitzero"`
	EndedAt   time.Time     `json:"ended_at,omitzero"`
	ActiveAt  time.Time     `json:"active_at"`              // the last command of a person
	Deadline  time.Time     `json:"deadline,omitzero"`      // of the current turn
	Remaining time.Duration `json:"remaining_ns,omitempty"` // of the deadline, while paused

	LastSeq int64 `json:"last_seq"` // of the last event; also the version that guards a commit

	// Questions holds the questions of Plan in its order. Interviews share them:
	// nobody may change one. It is not part of the rows compared with the fold of
	// the events.
	Questions []*rubric.Question `json:"-"`
}

// TurnKind tells a question from a follow-up.
type TurnKind string

// The kinds of turns.
const (
	MainTurn     TurnKind = "question"
	FollowUpTurn TurnKind = "follow_up"
)

// Origin says who wrote a follow-up.
type Origin string

// The origins of a follow-up: the bank's author, the model, or a key point's
// own probe.
const (
	FromAuthor Origin = "author"
	FromModel  Origin = "model"
	FromProbe  Origin = "probe"
)

// Turn is a question or follow-up as put to the candidate, with what came of it.
type Turn struct {
	N        int       `json:"n"`        // 1, 2, 3…
	Question int       `json:"question"` // 1, 2, 3…, index into the plan
	Kind     TurnKind  `json:"kind"`
	Ask      string    `json:"ask"`
	Origin   Origin    `json:"origin,omitempty"`    // of a follow-up
	FollowUp string    `json:"follow_up,omitempty"` // an author's follow-up's id
	Targets  []string  `json:"targets,omitempty"`   // the points a follow-up aims at
	Stretch  bool      `json:"stretch,omitempty"`
	Hints    int       `json:"hints,omitempty"` // given on this turn
	AskedAt  time.Time `json:"asked_at"`

	Answer     string    `json:"answer,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"` // also when skipped
	Skipped    bool      `json:"skipped,omitempty"`
	TimedOut   bool      `json:"timed_out,omitempty"` // the deadline handed it in

	Evaluation *Evaluation  `json:"evaluation,omitempty"`
	Regrades   []Evaluation `json:"regrades,omitempty"` // later judgements; the first stays
}

// Answered tells whether the turn is behind the candidate.
func (t *Turn) Answered() bool { return !t.AnsweredAt.IsZero() }

// Evaluation is the judgement of one turn, taken together with everything said
// on the question before.
type Evaluation struct {
	Turn       int              `json:"turn"`
	By         EvaluatorInfo    `json:"by"`
	Verdicts   []rubric.Verdict `json:"verdicts,omitempty"`
	Held       []rubric.Held    `json:"misconceptions,omitempty"`
	Own        []rubric.Verdict `json:"own,omitempty"` // on the follow-up's own points
	Score      rubric.Score     `json:"score"`
	Similarity float64          `json:"similarity"` // 0–1, to the ideal answer
	Feedback   string           `json:"feedback,omitempty"`
	FollowUp   *Suggestion      `json:"follow_up,omitempty"`
	Doubt      *Doubt           `json:"uncertain,omitempty"`
	At         time.Time        `json:"at"`
	ElapsedMs  int64            `json:"elapsed_ms"`
}

// Doubt says that another evaluator comes to a very different score, so that the evaluation is
// uncertain.
type Doubt struct {
	By     EvaluatorInfo `json:"by"`
	Score  float64       `json:"score"`  // 0–100, the other's
	Judged float64       `json:"judged"` // 0–100, of the one who judged, on the same answers
}

// Suggestion is a follow-up written by an evaluator.
type Suggestion struct {
	Ask    string `json:"ask"`
	Target string `json:"target"` // the point it aims at
}

// Pending is why an answer is not judged yet.
type Pending struct {
	Why     string    `json:"why"`
	Attempt int       `json:"attempt"`
	RetryAt time.Time `json:"retry_at,omitzero"` // zero: elios waits for the candidate
}

// Result is where a question stands. Over is set once and for ever.
type Result struct {
	Question   int              `json:"question"` // 1, 2, 3…
	Over       bool             `json:"over"`
	Skipped    bool             `json:"skipped,omitempty"`
	Unassessed bool             `json:"unassessed,omitempty"` // the interview ended before it was judged
	Unprompted rubric.Score     `json:"unprompted"`           // the main answer alone
	Final      rubric.Score     `json:"final"`                // after probing: all answers
	Verdicts   []rubric.Verdict `json:"verdicts,omitempty"`
	Held       []rubric.Held    `json:"misconceptions,omitempty"`
}

// MarkedPoint is the candidate's own verdict.
type MarkedPoint struct {
	Question int           `json:"question"`
	Point    string        `json:"point"`
	Status   rubric.Status `json:"status"`
	At       time.Time     `json:"at"`
}

// DisputedPoint is a verdict the candidate holds to be wrong.
type DisputedPoint struct {
	Question int       `json:"question"`
	Point    string    `json:"point"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
}

// Current is the turn the candidate is in, nil before the start.
func (iv *Interview) Current() *Turn { return iv.TurnN(iv.Turn) }

// TurnN finds a turn by its number, nil when there is none.
func (iv *Interview) TurnN(n int) *Turn {
	if n < 1 || n > len(iv.Turns) {
		return nil
	}
	return &iv.Turns[n-1]
}

// QuestionN finds a question of the plan by its number, nil when there is none.
func (iv *Interview) QuestionN(n int) *rubric.Question {
	if n < 1 || n > len(iv.Questions) {
		return nil
	}
	return iv.Questions[n-1]
}

// ResultN finds the result of a question, nil before it was begun.
func (iv *Interview) ResultN(n int) *Result {
	if n < 1 || n > len(iv.Results) {
		return nil
	}
	return &iv.Results[n-1]
}

// TurnsOf lists the turns of a question in order.
func (iv *Interview) TurnsOf(question int) []Turn {
	var out []Turn
	for _, t := range iv.Turns {
		if t.Question == question {
			out = append(out, t)
		}
	}
	return out
}

// AnswersOf lists what the candidate said on a question so far.
func (iv *Interview) AnswersOf(question int) []rubric.Answer {
	var out []rubric.Answer
	for _, t := range iv.Turns {
		if t.Question == question && t.Answered() && !t.Skipped {
			out = append(out, rubric.Answer{Turn: t.N, Ask: t.Ask, Text: t.Answer})
		}
	}
	return out
}
