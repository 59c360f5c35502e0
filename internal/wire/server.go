package wire

import (
	"slices"
	"time"

	"github.com/elios/elios/internal/session"
)

// Welcome answers a hello, and says where the interview stands.
type Welcome struct {
	Version     string            `json:"version"` // of the server's program
	Store       string            `json:"store"`   // of the database: another one knows nothing of what this one knew
	Token       TokenInfo         `json:"token"`
	Snapshot    *session.Snapshot `json:"snapshot,omitempty"` // nil without an interview
	LastSeq     int64             `json:"last_seq"`
	Limits      Limits            `json:"limits"`
	HeartbeatMs int64             `json:"heartbeat_ms"`      // how often the server pings
	Trimmed     bool              `json:"trimmed,omitempty"` // the snapshot lacks the questions before the current one; ask for the events after 0
}

// Trim leaves out of a snapshot too large for one message what is behind the
// candidate.
func (w *Welcome) Trim() {
	w.Trimmed = true
	s := *w.Snapshot
	s.Over, s.Marks, s.Disputes = nil, nil, nil
	s.Turns = slices.DeleteFunc(slices.Clone(s.Turns), func(t session.TurnView) bool { return t.Asked.Question != s.Question })
	if s.Completed != nil {
		done := *s.Completed
		done.Over = nil
		s.Completed = &done
	}
	w.Snapshot = &s
}

// Fit gives the message of an event, without the questions of a long exam's end
// when they are too many for one message: the report has them.
func Fit(m Message, e session.Event) Message {
	done, ok := e.Data.(session.Completed)
	if !ok || len(m.Data) < MaxServerFrame-1024 {
		return m
	}
	done.Over = nil
	e.Data = done
	if short, err := Event(e); err == nil {
		return short
	}
	return m
}

// TokenInfo is what a client may know of its own token.
type TokenInfo struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Scope      session.Scope     `json:"scope"`
	ExpiresAt  time.Time         `json:"expires_at,omitzero"`
	Invitation *session.Settings `json:"invitation,omitempty"` // the one interview it is good for
	Interview  string            `json:"interview,omitempty"`  // made by the invitation, to go on with
}

// Limits is what a client has to keep to.
type Limits struct {
	MessageBytes      int     `json:"message_bytes"`
	AnswerCharacters  int     `json:"answer_characters"`
	MessagesPerSecond float64 `json:"messages_per_second"`
}

// Ack says that a message is on disk.
type Ack struct {
	Interview string        `json:"interview"`
	Seq       int64         `json:"seq"` // the last event of the command
	State     session.State `json:"state"`
	Turn      int           `json:"turn"`
	Dup       bool          `json:"dup,omitempty"` // it had been done before
}

// AckOf is the ack of a command.
func AckOf(interview string, a session.Ack) Ack {
	return Ack{Interview: interview, Seq: a.Seq, State: a.State, Turn: a.Turn, Dup: a.Dup}
}

// Session is the ack as the faces of this program know it.
func (a Ack) Session() session.Ack {
	return session.Ack{Seq: a.Seq, State: a.State, Turn: a.Turn, Dup: a.Dup}
}

// Evaluating says how far an evaluation is. It may be dropped.
type Evaluating struct {
	Turn      int    `json:"turn"`
	Phase     string `json:"phase"` // queued, loading, judging; before an answer loading and ready
	Attempt   int    `json:"attempt,omitempty"`
	Position  int    `json:"position,omitempty"` // in the queue, 1, 2, 3…
	Done      int    `json:"done"`               // points judged
	Of        int    `json:"of"`                 // points in all
	ElapsedMs int64  `json:"elapsed_ms"`
}

// Partial is what is known of an evaluation before it is whole. It may be
// dropped, and each holds all of the one before.
type Partial struct {
	Turn     int                `json:"turn"`
	Met      []session.MetPoint `json:"met,omitempty"`
	Feedback string             `json:"feedback,omitempty"`
}

// Live gives the messages of a partial result: how far it is, then what is known.
func Live(l session.Live) ([]Message, error) {
	m, err := New(TypeEvaluating, Evaluating{
		Turn: l.Turn, Phase: l.Phase, Attempt: l.Attempt, Position: l.Position, Done: l.Done, Of: l.Of, ElapsedMs: l.Elapsed.Milliseconds(),
	})
	if err != nil || len(l.Met) == 0 && l.Feedback == "" {
		return []Message{m}, err
	}
	p, err := New(TypePartial, Partial{Turn: l.Turn, Met: l.Met, Feedback: l.Feedback})
	return []Message{m, p}, err
}

// Timer tells how much time is left for the current turn, for clients whose
// clock is wrong.
type Timer struct {
	Turn        int       `json:"turn"`
	RemainingMs int64     `json:"remaining_ms"`
	LimitMs     int64     `json:"limit_ms"` // the whole time of the turn
	Deadline    time.Time `json:"deadline,omitzero"`
	Paused      bool      `json:"paused,omitempty"`
}

// TimerOf is the timer of a snapshot; false when nothing runs out.
func TimerOf(s session.Snapshot, now time.Time) (Timer, bool) {
	t := Timer{Turn: s.Turn, LimitMs: s.Limit.Milliseconds(), Deadline: s.Deadline, Paused: s.Paused}
	switch {
	case !s.Deadline.IsZero():
		t.RemainingMs = max(0, s.Deadline.Sub(now).Milliseconds())
	case s.Paused && s.Remaining > 0:
		t.RemainingMs = s.Remaining.Milliseconds()
	default:
		return Timer{}, false
	}
	return t, true
}

// Bye comes before the server closes.
type Bye struct {
	Code         CloseCode `json:"code"`
	Message      string    `json:"message"`
	RetryAfterMs int64     `json:"retry_after_ms,omitempty"` // connect again after about this long; 0: do not, unless the code says so
}

// WhoAmI tells a client of plain HTTP what a welcome tells one of WebSocket.
type WhoAmI struct {
	Version string    `json:"version"`
	Store   string    `json:"store"`
	Token   TokenInfo `json:"token"`
}

// The lists that plain HTTP answers with.
type (
	// Banks are the banks to choose from.
	Banks struct {
		Banks []session.BankInfo `json:"banks"`
	}
	// Questions are those of a bank.
	Questions struct {
		Questions []session.QuestionInfo `json:"questions"`
	}
	// Attempts are the times a question was asked.
	Attempts struct {
		Attempts []session.Attempt `json:"attempts"`
	}
	// Interviews are those a token may see.
	Interviews struct {
		Interviews []session.Summary `json:"interviews"`
		Names      map[string]string `json:"names,omitempty"` // for a host: whose they are, by the id of the owner's token
	}
	// Invitations are those of the host, the oldest first.
	Invitations struct {
		Invitations []session.Invited `json:"invitations"`
	}
	// Events are those of an interview after a seq.
	Events struct {
		Events []session.Event `json:"events"`
	}
)
