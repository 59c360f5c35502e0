package session

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what went wrong in a way programs can act on. It is the code on
// the wire and chooses the exit code.
type Kind string

// The kinds of errors.
const (
	Internal     Kind = "internal"
	NotFound     Kind = "not_found"
	InvalidState Kind = "invalid_state"
	StaleTurn    Kind = "stale_turn"
	IsPaused     Kind = "paused"
	IsComplete   Kind = "complete"
	IDReused     Kind = "id_reused"
	TooLong      Kind = "too_long"
	Invalid      Kind = "bad_message"
	Conflict     Kind = "conflict" // somebody else changed it first
	Unavailable  Kind = "evaluator_unavailable"
	StoreFailed  Kind = "store" // the database cannot be used; the message says why
	Forbidden    Kind = "forbidden"
	RateLimited  Kind = "rate_limited" // too many messages; RetryAfter says when it may be tried again
	Overloaded   Kind = "overloaded"   // too much to do; RetryAfter says when it may be tried again
	Unreachable  Kind = "unreachable"  // the server of a remote interview
)

// Error is an error a person may read. Message says what happened and what to
// do next; Err, when there is one, is for the log.
type Error struct {
	Kind    Kind          `json:"kind"`
	Message string        `json:"message"`
	State   State         `json:"state,omitempty"`   // of the interview, when a command was refused
	Command CommandType   `json:"command,omitempty"` // the refused command
	Turn    int           `json:"turn,omitempty"`    // the current turn, when another was named
	Allowed []CommandType `json:"allowed,omitempty"` // what may be sent instead

	RetryAfter time.Duration `json:"-"` // when it may be tried again; 0: nobody knows
	Err        error         `json:"-"`
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a kind. A %w in the format is kept as the cause.
func Errorf(kind Kind, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Message: err.Error(), Err: errors.Unwrap(err)}
}

// KindOf is the kind of an error, Internal for a stranger and "" for nil.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Kind
	}
	return Internal
}
