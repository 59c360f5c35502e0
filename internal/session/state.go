package session

// State is where an interview stands.
type State string

// The states.
const (
	Idle        State = "IDLE"
	Questioning State = "QUESTIONING"
	Evaluating  State = "EVALUATING"
	FollowUp    State = "FOLLOW_UP"
	Complete    State = "COMPLETE"
)

// States lists them in the order of an interview.
func States() []State { return []State{Idle, Questioning, Evaluating, FollowUp, Complete} }

// Answering tells whether the state waits for the candidate's answer.
func (s State) Answering() bool { return s == Questioning || s == FollowUp }

// Mode is how much an interview tells while it runs.
type Mode string

// The modes: practice shows verdicts and gives hints, exam shows nothing
// before the end.
const (
	Practice Mode = "practice"
	Exam     Mode = "exam"
)

// Outcome is how an interview became COMPLETE.
type Outcome string

// The outcomes: every question was over, somebody ended it, or a week passed
// without a command.
const (
	Finished Outcome = "finished"
	Ended    Outcome = "ended"
	Expired  Outcome = "expired"
)
