package session

import "time"

// Owner says whose interview it is when it was made over the wire. Token and
// Request together are unique, so that a message that is sent again makes no
// second interview.
type Owner struct {
	Token   string `json:"token"`   // the id of the token
	Request string `json:"request"` // the id of the message that made it
	Hash    string `json:"hash"`    // of what the message asked for
}

// Scope is what a token is good for.
type Scope string

// The scopes: a candidate has interviews of their own, an observer watches any
// interview and changes none, a host besides reads every report.
const (
	CandidateScope Scope = "candidate"
	ObserverScope  Scope = "observer"
	HostScope      Scope = "host"
)

// Token is what is known of a token; its secret is not.
type Token struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"` // for people: whose it is
	Scope      Scope       `json:"scope"`
	Invitation *Invitation `json:"invitation,omitempty"` // the one thing it is good for
	CreatedAt  time.Time   `json:"created_at"`
	ExpiresAt  time.Time   `json:"expires_at,omitzero"` // zero: never
	RevokedAt  time.Time   `json:"revoked_at,omitzero"` // zero: not
}

// Invitation is the interview that the candidate with its token may make, once.
type Invitation struct {
	ID       string   `json:"id"`
	Settings Settings `json:"settings"`
}

// InvitedRequest is the request id of an interview made by invitation: there is
// never more than one.
const InvitedRequest = "invitation"

// Valid tells whether the token may be used at a time.
func (t Token) Valid(now time.Time) bool {
	return t.RevokedAt.IsZero() && !t.Expired(now)
}

// Expired tells whether the token's time is up.
func (t Token) Expired(now time.Time) bool {
	return !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt)
}

// Makes tells whether the token may make interviews.
func (t Token) Makes() bool { return t.Scope == CandidateScope || t.Scope == HostScope }

// Reads tells whether the token may see an interview, of which s says whose it
// is: everybody their own, an observer and a host any.
func (t Token) Reads(s Settings) bool { return t.Scope != CandidateScope || t.Owns(s) }

// Owns tells whether an interview is the token's own.
func (t Token) Owns(s Settings) bool { return s.Owner != nil && s.Owner.Token == t.ID }

// ReadsReport tells whether the token may read the report: a candidate their
// own, a host any.
func (t Token) ReadsReport(s Settings) bool { return t.Scope == HostScope || t.Owns(s) }

// Acts tells whether the token may send commands to an interview: its own ones,
// and a host also those that were made on the host's machine.
func (t Token) Acts(s Settings) bool { return t.Owns(s) || t.Scope == HostScope && s.Owner == nil }
