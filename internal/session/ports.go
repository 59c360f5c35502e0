package session

import (
	"context"
	"time"

	"github.com/elios/elios/internal/rubric"
)

// Request is what an evaluator judges: a turn, with everything said on its
// question so far. The last answer is the one to the turn.
type Request struct {
	Interview string
	Turn      int
	Question  rubric.Question
	Answers   []rubric.Answer
	FollowUp  *rubric.FollowUp // an author's follow-up with points of its own, else nil
	Asked     []string         // the texts put to the candidate so far, never to be repeated
}

// Judgement is what an evaluator thinks of a Request. A verdict carries either
// evidence with offsets or a bare quote in Evidence[0].Quote, which Go then
// looks for in the answers.
type Judgement struct {
	Verdicts []rubric.Verdict // on the question's points or dimensions
	Own      []rubric.Verdict // on the follow-up's own points
	Held     []rubric.Held
	Feedback string // to the candidate; may use the rubric's words
	FollowUp *Suggestion
	Doubt    *Doubt
}

// Partial is a verdict as it arrives, before the evaluation is whole. It may be
// dropped.
type Partial struct {
	Verdict  rubric.Verdict
	Feedback string // as far as it has come, in whole words
	Done     int    // points judged
	Of       int    // points in all
	Phase    string // "", "loading", "queued"
	Position int    // in the queue, 1, 2, 3…; 0 outside of one
}

// Evaluator judges one turn at a time.
type Evaluator interface {
	// Info names the evaluator as it stands in every evaluation.
	Info() EvaluatorInfo
	// Evaluate judges a request. It calls emit for every verdict it has so
	// far and returns when the judgement is whole or ctx is done. The
	// engine tries an error three times, then it waits for the candidate.
	Evaluate(ctx context.Context, r Request, emit func(Partial)) (Judgement, error)
}

// Second is an evaluator that looks at another's judgement, on words alone.
type Second interface {
	Evaluator
	// Supports tells whether a quote has anything to do with a point: a word of it or (unless exact)
	// one near it.
	Supports(q *rubric.Question, point, quote string, exact bool) bool
	// Tampers tells whether an answer speaks to whoever judges it.
	Tampers(q *rubric.Question, answer string) bool
}

// Warmer is an evaluator that can read a question ahead, so that an answer is judged sooner.
type Warmer interface {
	// Warm prepares for an answer on what r holds so far, and calls emit with the phase "loading"
	// where that takes a while. It returns when it is done, or soon after ctx is; that it failed costs
	// nothing but time.
	Warm(ctx context.Context, r Request, emit func(Partial)) error
}

// Similarity compares answers with the ideal answer: always the built-in
// measure, whoever judges. 0 to 1.
type Similarity interface {
	Similarity(q *rubric.Question, answers []string) float64
}

// Speaker reads a turn's text aloud. Speak returns when it has been read, or
// soon after ctx is done; the engine never waits for it.
type Speaker interface {
	Speak(ctx context.Context, text string) error
}

// Library holds the banks.
type Library interface {
	// Banks lists every bank that can be loaded.
	Banks(ctx context.Context) ([]BankInfo, error)
	// Select draws the questions of an interview. recent maps question ids of
	// the bank to when they were last answered; they come last. NotFound for
	// an unknown bank, Invalid when nothing fits.
	Select(ctx context.Context, s Settings, recent map[string]time.Time) (BankRef, []rubric.Question, error)
	// Questions lists the questions of a bank as a browser shows them, in the
	// bank's order. NotFound for an unknown bank.
	Questions(ctx context.Context, bank string) ([]QuestionInfo, error)
}

// BankInfo is a bank as a picker shows it.
type BankInfo struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Version     string      `json:"version"`
	Description string      `json:"description,omitempty"`
	Language    string      `json:"language"`
	License     string      `json:"license,omitempty"`
	Questions   int         `json:"questions"`
	Cases       int         `json:"cases"` // 0: "untested"
	Topics      []TopicInfo `json:"topics"`
	Levels      []int       `json:"levels"` // the levels that occur, ascending
	Source      string      `json:"source"` // "built-in" or "user"
}

// QuestionInfo is a question of a bank as a browser shows it: nothing of what a
// good answer is.
type QuestionInfo struct {
	ID     string      `json:"id"`
	Type   rubric.Type `json:"type"`
	Topic  string      `json:"topic"` // its title
	Level  int         `json:"level"`
	Ask    string      `json:"ask"`
	Points int         `json:"points"` // key points, or dimensions
	Hints  int         `json:"hints"`
	Cases  int         `json:"cases"` // 0: "untested"
}

// TopicInfo is a topic of a bank.
type TopicInfo struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Questions int    `json:"questions"`
}

// Job is work that outlives a process: the evaluation of one turn.
type Job struct {
	Interview string
	Turn      int
	Evaluator string    // the name of the evaluator it needs
	RunAt     time.Time // not before
	Epoch     int64     // raised by each claim; a result of an older one is refused
	Owner     string    // "" when nobody holds it
	Lease     time.Time // until when
	Attempt   int       // 1, 2, 3
}

// JobChange is what a commit does to the job of its interview. There is never
// more than one.
type JobChange struct {
	// Put, when set, replaces the interview's job.
	Put *Job
	// Remove deletes it.
	Remove bool
	// Fence, when not 0, is the epoch the job must still have; else the whole
	// commit is refused with Conflict.
	Fence int64
}

// Commit is everything one command changes, written in one transaction. The draft of a
// turn that has been answered or skipped goes with it.
type Commit struct {
	Before    int64 // Interview.LastSeq before the command; another value in the rows is Stale
	Interview *Interview
	Events    []Event
	Command   *CommandRecord // nil for commands of evaluators and the clock
	Job       JobChange
}

// CommandRecord remembers a command so that it is done once.
type CommandRecord struct {
	Interview string
	ID        string
	Hash      string // of type and content
	Ack       Ack
}

// Store keeps interviews. Every method may return StoreFailed with a message
// for people when the database cannot be used.
type Store interface {
	// Create writes a new interview with its questions and first events.
	// Conflict when the id is taken.
	Create(ctx context.Context, iv *Interview, events []Event) error
	// Load reads an interview with its questions. NotFound for an unknown id.
	Load(ctx context.Context, id string) (*Interview, error)
	// Resolve turns a unique prefix of an id, or "last" (the one of this machine
	// with the latest activity), into the id. NotFound for none, Invalid for several.
	Resolve(ctx context.Context, ref string) (string, error)
	// Commit writes rows, events, command and job in one durable transaction.
	// Conflict when the rows are not at c.Before or the job's epoch is not
	// c.Job.Fence: nothing is written then.
	Commit(ctx context.Context, c Commit) error
	// Command finds what became of a command. NotFound when it is new.
	Command(ctx context.Context, interview, id string) (CommandRecord, error)
	// Events lists events with seq > after, in order, at most limit (0: all).
	Events(ctx context.Context, interview string, after int64, limit int) ([]Event, error)
	// LastSeqs gives the last seq of each of the interviews.
	LastSeqs(ctx context.Context, ids []string) (map[string]int64, error)
	// Changed tells whether another process has written since the last call.
	Changed(ctx context.Context) (bool, error)

	// SaveDraft keeps half-typed text; Draft reads it, "" when there is none.
	SaveDraft(ctx context.Context, interview string, turn int, text string) error
	Draft(ctx context.Context, interview string, turn int) (string, error)

	// List summarises interviews, latest activity first.
	List(ctx context.Context, f Filter) ([]Summary, error)
	// Delete removes an interview and everything of it. NotFound for an
	// unknown id.
	Delete(ctx context.Context, id string) error
	// LastAnswered maps question ids of a bank to when they were last answered in
	// an interview of the token with the id owner, or of this machine ("").
	LastAnswered(ctx context.Context, bank, owner string) (map[string]time.Time, error)

	// ClaimJob takes the interview's job for owner until lease: one that
	// nobody holds, whose lease has run out at now, or whose owner dead says
	// is gone. NotFound when there is no job, Conflict when somebody holds it.
	ClaimJob(ctx context.Context, interview, owner string, now, lease time.Time, dead func(owner string) bool) (Job, error)
	// RenewJob extends the lease of a claimed job. Conflict when its epoch is
	// another by now.
	RenewJob(ctx context.Context, j Job, lease time.Time) error
	// ReleaseJob gives a claimed job back, to be taken at once by anyone.
	// Conflict when its epoch is another by now.
	ReleaseJob(ctx context.Context, j Job) error
}

// Filter narrows a list of interviews. Zero fields do not.
type Filter struct {
	Ref      string    // only interviews whose id begins so
	Owner    string    // only interviews of the token of this id
	Request  string    // only interviews that the message of this id made: of an Owner there is one at most
	Hosted   bool      // only interviews that were made over the wire
	Local    bool      // only interviews that were made on this machine
	State    State     // only interviews in this state
	Bank     string    // its id
	Topic    string    // only COMPLETE interviews with a score in the topic of this title
	Asked    string    // only interviews that asked the question of this id
	Open     bool      // only interviews that are not COMPLETE
	Disputed bool      // only interviews with a verdict that is disputed
	Since    time.Time // active at that time or later
	Until    time.Time // active before that time
	Limit    int
}

// Summary is an interview in a list.
type Summary struct {
	ID        string        `json:"id"`
	Bank      BankRef       `json:"bank"`
	Mode      Mode          `json:"mode"`
	State     State         `json:"state"`
	Paused    bool          `json:"paused,omitempty"`
	Question  int           `json:"question"` // the current one
	Questions int           `json:"questions"`
	Outcome   Outcome       `json:"outcome,omitempty"`
	Evaluator EvaluatorInfo `json:"evaluator"`
	Score     *float64      `json:"score,omitempty"` // 0–100, of a complete interview with a score
	Judged    int           `json:"judged"`
	Topics    []TopicScore  `json:"topics,omitempty"` // of a complete interview
	Settings  Settings      `json:"settings"`
	CreatedAt time.Time     `json:"created_at"`
	ActiveAt  time.Time     `json:"active_at"`
	EndedAt   time.Time     `json:"ended_at,omitzero"`
}
