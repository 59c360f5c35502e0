package wire

import (
	"errors"
	"fmt"
	"time"

	"github.com/elios/elios/internal/session"
)

// Code says what is wrong in a way programs can act on.
type Code string

// The error codes. After each of them the connection stays.
const (
	CodeBadJSON      Code = "bad_json"
	CodeBadMessage   Code = Code(session.Invalid)
	CodeUnknownType  Code = "unknown_type"
	CodeTooLong      Code = Code(session.TooLong)
	CodeStaleTurn    Code = Code(session.StaleTurn)
	CodeIDReused     Code = Code(session.IDReused)
	CodeNotFound     Code = Code(session.NotFound)
	CodeForbidden    Code = Code(session.Forbidden)
	CodeInvalidState Code = Code(session.InvalidState)
	CodePaused       Code = Code(session.IsPaused)
	CodeComplete     Code = Code(session.IsComplete)
	CodeRateLimited  Code = Code(session.RateLimited)
	CodeOverloaded   Code = Code(session.Overloaded)
	CodeUnavailable  Code = Code(session.Unavailable)
	CodeInternal     Code = Code(session.Internal)
)

// Codes lists every error code.
func Codes() []Code {
	return []Code{
		CodeBadJSON, CodeBadMessage, CodeUnknownType, CodeTooLong, CodeStaleTurn, CodeIDReused, CodeNotFound, CodeForbidden,
		CodeInvalidState, CodePaused, CodeComplete, CodeRateLimited, CodeOverloaded, CodeUnavailable, CodeInternal,
	}
}

// Error is the data of an error message, and a Go error.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"` // for people
	// Recoverable tells whether the same message may succeed later as it is.
	Recoverable  bool                  `json:"recoverable"`
	RetryAfterMs int64                 `json:"retry_after_ms,omitempty"`
	Ref          string                `json:"ref,omitempty"`     // of an internal error, for the host's log
	Turn         int                   `json:"turn,omitempty"`    // the current turn, when another was named
	State        session.State         `json:"state,omitempty"`   // of the interview, when a command was refused
	Command      session.CommandType   `json:"command,omitempty"` // the refused command
	Allowed      []session.CommandType `json:"allowed,omitempty"` // what may be sent instead
}

// Error is the message for people.
func (e *Error) Error() string { return e.Message }

// Errorf makes an error of a code.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Recoverable: recoverable(code)}
}

// recoverable tells whether trying again may help.
func recoverable(c Code) bool {
	switch c {
	case CodePaused, CodeRateLimited, CodeOverloaded, CodeUnavailable, CodeInternal:
		return true
	}
	return false
}

// soon is when a command that lost a race may be sent again.
const soon = 100 * time.Millisecond

// ErrorOf makes what may be told of an error. Of one that is not for people, or
// tells of this machine, only ref goes out, under which the host's log has it.
func ErrorOf(err error, ref string) *Error {
	var told *Error
	if errors.As(err, &told) {
		return told
	}
	var e *session.Error
	if !errors.As(err, &e) {
		e = &session.Error{Kind: session.Internal}
	}
	switch e.Kind {
	case session.Internal, session.StoreFailed:
		out := Errorf(CodeInternal, "something went wrong on the server; try again, or tell the host: reference %s", ref)
		out.Ref = ref
		return out
	case session.Conflict:
		out := Errorf(CodeOverloaded, "the interview changes too fast; send the message again")
		out.RetryAfterMs = soon.Milliseconds()
		return out
	}
	out := Errorf(Code(e.Kind), "%s", e.Message)
	out.Turn, out.State, out.Command, out.Allowed = e.Turn, e.State, e.Command, e.Allowed
	out.RetryAfterMs = e.RetryAfter.Milliseconds()
	return out
}

// Session is the error as the faces of this program know it.
func (e *Error) Session() *session.Error {
	kind := session.Kind(e.Code)
	switch e.Code {
	case CodeBadJSON, CodeUnknownType:
		kind = session.Invalid
	}
	return &session.Error{
		Kind: kind, Message: e.Message, State: e.State, Command: e.Command, Turn: e.Turn, Allowed: e.Allowed,
		RetryAfter: time.Duration(e.RetryAfterMs) * time.Millisecond, Err: e,
	}
}
