package wire

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/elios/elios/internal/session"
)

// Hello is the first message of a connection.
type Hello struct {
	Token     Secret `json:"token,omitzero"`      // where no Authorization header can be sent
	Interview string `json:"interview,omitempty"` // to go on with; none: only create and ping follow
	After     int64  `json:"after,omitempty"`     // the last seq the client has
	Client    *Agent `json:"client,omitempty"`
	Protocol  string `json:"protocol,omitempty"` // elios.v1; none: the same
}

// Agent names a client's program, for the host's log.
type Agent struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

// HelloMessage makes a hello that really carries its token, which no other way
// of encoding a Hello does.
func HelloMessage(h Hello) (Message, error) {
	return New(TypeHello, struct {
		Token     string `json:"token,omitempty"`
		Interview string `json:"interview,omitempty"`
		After     int64  `json:"after,omitempty"`
		Client    *Agent `json:"client,omitempty"`
		Protocol  string `json:"protocol,omitempty"`
	}{h.Token.Reveal(), h.Interview, h.After, h.Client, h.Protocol})
}

// Create asks for an interview. What is left out is the host's choice; a token
// of an invitation leaves out everything.
type Create struct {
	Bank       string        `json:"bank,omitempty"` // an id
	Topics     []string      `json:"topics,omitempty"`
	Level      Level         `json:"level,omitzero"`
	Count      *int          `json:"count,omitempty"`      // 0: all that fit
	FollowUps  *int          `json:"follow_ups,omitempty"` // most of them a question, 0–3
	Mode       session.Mode  `json:"mode,omitempty"`
	Seed       uint64        `json:"seed,omitempty"`         // the same seed draws the same questions; 0: any
	TimeLimitS int           `json:"time_limit_s,omitempty"` // seconds a question; 0: none, in an exam the question's own
	Again      *session.Link `json:"again,omitempty"`        // one question of an earlier interview instead
}

// maxTopics is how many topics a create may name.
const maxTopics = 100

// Settings gives the settings asked for, on top of the host's. CodeBadMessage.
func (c Create) Settings(base session.Settings) (session.Settings, error) {
	s := base
	if c.Bank != "" {
		s.Bank = c.Bank
	}
	if c.Count != nil {
		s.Count = *c.Count
	}
	if c.FollowUps != nil {
		s.FollowUps = c.FollowUps
	}
	if c.Mode != "" {
		s.Mode = c.Mode
	}
	if c.TimeLimitS != 0 {
		s.TimeLimit = time.Duration(c.TimeLimitS) * time.Second
	}
	s.Topics, s.MinLevel, s.MaxLevel, s.Seed, s.Again = c.Topics, c.Level.Min, c.Level.Max, c.Seed, c.Again
	switch {
	case s.Bank == "" && s.Again == nil:
		return s, Errorf(CodeBadMessage, "create names no bank")
	case s.Count < 0:
		return s, Errorf(CodeBadMessage, "count %d: there cannot be fewer than no questions", s.Count)
	case s.FollowUps != nil && (*s.FollowUps < 0 || *s.FollowUps > session.MaxFollowUps):
		return s, Errorf(CodeBadMessage, "follow_ups %d: it is 0 to %d", *s.FollowUps, session.MaxFollowUps)
	case s.Mode != "" && s.Mode != session.Practice && s.Mode != session.Exam:
		return s, Errorf(CodeBadMessage, "mode %q: it is practice or exam", s.Mode)
	case s.TimeLimit < 0 || c.TimeLimitS > int((24*time.Hour).Seconds()):
		return s, Errorf(CodeBadMessage, "time_limit_s %d: it is 0 to a day", c.TimeLimitS)
	case len(s.Topics) > maxTopics:
		return s, Errorf(CodeBadMessage, "create names more than %d topics", maxTopics)
	case s.Seed > 1<<63-1:
		return s, Errorf(CodeBadMessage, "seed %d: it is at most %d", s.Seed, uint64(1<<63-1))
	}
	return s, nil
}

// CreateOf asks for settings.
func CreateOf(s session.Settings) Create {
	return Create{
		Bank: s.Bank, Topics: s.Topics, Level: Level{s.MinLevel, s.MaxLevel}, Count: &s.Count, FollowUps: s.FollowUps,
		Mode: s.Mode, Seed: s.Seed, TimeLimitS: int(s.TimeLimit / time.Second), Again: s.Again,
	}
}

// Level is a level 1 to 5 or a range of them; on the wire 3, "3" or "2..4".
type Level struct{ Min, Max int }

// UnmarshalJSON reads 3, "3" or "2..4"; "" is any level.
func (l *Level) UnmarshalJSON(b []byte) error {
	s := string(b)
	if len(b) > 0 && b[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	*l = Level{}
	if s == "" {
		return nil
	}
	low, high, isRange := strings.Cut(s, "..")
	if !isRange {
		high = low
	}
	a, errLow := strconv.Atoi(low)
	z, errHigh := strconv.Atoi(high)
	if errLow != nil || errHigh != nil || a < 1 || z > 5 || a > z {
		return fmt.Errorf("level %q: it is 1 to 5, or a range such as \"2..4\"", s)
	}
	*l = Level{a, z}
	return nil
}

// MarshalJSON writes "2..4".
func (l Level) MarshalJSON() ([]byte, error) {
	if l == (Level{}) {
		return []byte(`""`), nil
	}
	return json.Marshal(fmt.Sprintf("%d..%d", l.Min, l.Max))
}

// Draft is half-typed text of a turn. It replaces the one before.
type Draft struct {
	Turn int    `json:"turn"`
	Text string `json:"text"`
}

// CommandOf reads a command. CodeUnknownType for what is none of a person's,
// CodeBadMessage for data that does not fit.
func CommandOf(m Message) (session.Command, error) {
	read, ok := commands[session.CommandType(m.Type)]
	if !ok {
		return nil, Errorf(CodeUnknownType, "there is no message %q", m.Type)
	}
	return read(m)
}

// commands reads each command of people; it is never written to.
var commands = map[session.CommandType]func(Message) (session.Command, error){
	session.CmdStart:      commandAs[session.Start],
	session.CmdAnswer:     commandAs[session.Answer],
	session.CmdSkip:       commandAs[session.Skip],
	session.CmdHint:       commandAs[session.Hint],
	session.CmdPause:      commandAs[session.Pause],
	session.CmdResume:     commandAs[session.Resume],
	session.CmdRetry:      commandAs[session.Retry],
	session.CmdUseBuiltin: commandAs[session.UseBuiltin],
	session.CmdEnd:        commandAs[session.End],
	session.CmdMark:       commandAs[session.Mark],
	session.CmdDispute:    commandAs[session.Dispute],
}

func commandAs[T session.Command](m Message) (session.Command, error) {
	var c T
	if err := m.Into(&c); err != nil {
		return nil, err
	}
	if p, ok := any(c).(session.Pause); ok && p.Reason != "" {
		return nil, Errorf(CodeBadMessage, "pause: a person gives no reason")
	}
	return c, nil
}

// Command makes the message of a command.
func Command(e session.Envelope) (Message, error) {
	m, err := New(string(e.Command.Type()), e.Command)
	m.ID = e.ID
	return m, err
}

// Fits tells whether a create asks for nothing but what an invitation says.
func (c Create) Fits(invited session.Settings) bool {
	asked, err := c.Settings(invited)
	if err != nil {
		return false
	}
	// What was left out is the invitation's.
	if len(c.Topics) == 0 {
		asked.Topics = invited.Topics
	}
	if c.Level == (Level{}) {
		asked.MinLevel, asked.MaxLevel = invited.MinLevel, invited.MaxLevel
	}
	if c.Seed == 0 {
		asked.Seed = invited.Seed
	}
	same, errSame := json.Marshal(asked)
	want, errWant := json.Marshal(invited)
	return errSame == nil && errWant == nil && string(same) == string(want)
}
