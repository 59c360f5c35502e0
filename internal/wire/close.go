package wire

import "time"

// CloseCode says why a WebSocket was closed (RFC 6455, 7.4).
type CloseCode int

// The close codes.
const (
	CloseNormal       CloseCode = 1000
	CloseGoingAway    CloseCode = 1001
	CloseBinary       CloseCode = 1003 // a binary frame
	CloseBadUTF8      CloseCode = 1007
	CloseTooBig       CloseCode = 1009
	CloseRestart      CloseCode = 1012
	CloseOverload     CloseCode = 1013
	CloseBadHello     CloseCode = 4400 // also ten bad messages within a minute
	CloseUnauthorised CloseCode = 4401
	CloseForbidden    CloseCode = 4403
	CloseNotFound     CloseCode = 4404
	CloseTimeout      CloseCode = 4408 // no hello, or no heartbeat
	CloseExpired      CloseCode = 4410
	CloseVersion      CloseCode = 4426
	CloseTooMany      CloseCode = 4429
)

// CloseMeaning is a line of the table of close codes.
type CloseMeaning struct {
	Code    CloseCode
	Meaning string
	Again   bool // whether a client should connect again by itself
}

// CloseCodes lists the close codes in order.
func CloseCodes() []CloseMeaning {
	return []CloseMeaning{
		{CloseNormal, "the client has left", false},
		{CloseGoingAway, "the server stops", true},
		{CloseBinary, "a binary frame; messages are text", false},
		{CloseBadUTF8, "a message that is not UTF-8", false},
		{CloseTooBig, "a message of more than 256 KiB", false},
		{CloseRestart, "the server starts again", true},
		{CloseOverload, "too much to do", true},
		{CloseBadHello, "no proper hello, or ten bad messages within a minute", false},
		{CloseUnauthorised, "no token, or one that is unknown or revoked", false},
		{CloseForbidden, "the token is not good for this", false},
		{CloseNotFound, "there is no such interview for this token", false},
		{CloseTimeout, "no hello within 5 s, or no answer to a ping", true},
		{CloseExpired, "the token has expired", false},
		{CloseVersion, "a version of the protocol that the server does not speak", false},
		{CloseTooMany, "too many connections of this token or address", true},
	}
}

// Reconnect tells whether a client should connect again by itself after a
// close. A connection that broke without a code (1005, 1006) counts as one that
// should; an unknown code of an application does not.
func Reconnect(code CloseCode) bool {
	for _, c := range CloseCodes() {
		if c.Code == code {
			return c.Again
		}
	}
	return code < 4000
}

// Waits of a client before it connects again: a random time up to FirstWait,
// which doubles up to LastWait (full jitter).
const (
	FirstWait = 500 * time.Millisecond
	LastWait  = 15 * time.Second
)
