package session

import (
	"fmt"
	"time"
)

// Invited is an invitation with what has become of it, as its host sees it.
type Invited struct {
	ID        string    `json:"id"` // also its token's
	Name      string    `json:"name"`
	Bank      string    `json:"bank"`
	Mode      Mode      `json:"mode"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at,omitzero"` // zero: never
	State     string    `json:"state"`               // for people: open, started at question 2, finished, expired, revoked …
	Interview string    `json:"interview,omitempty"` // its id, "" before it is made
	Questions int       `json:"questions,omitempty"` // of the interview
	Score     *float64  `json:"score,omitempty"`     // 0–100
	Judged    int       `json:"judged,omitempty"`    // questions with a score
}

// InvitationsOf puts every invitation among the tokens together with the
// interview that it made, if it has, in the order of the tokens.
func InvitationsOf(tokens []Token, made []Summary, now time.Time) []Invited {
	of := map[string]*Summary{}
	for i, iv := range made {
		if o := iv.Settings.Owner; o != nil && o.Request == InvitedRequest {
			of[o.Token] = &made[i]
		}
	}
	out := []Invited{}
	for _, t := range tokens {
		if t.Invitation != nil {
			out = append(out, invitedOf(t, of[t.ID], now))
		}
	}
	return out
}

// invitedOf says what became of an invitation; iv is its interview, nil before
// it is made.
func invitedOf(t Token, iv *Summary, now time.Time) Invited {
	out := Invited{
		ID: t.ID, Name: t.Name, Bank: t.Invitation.Settings.Bank, Mode: t.Invitation.Settings.Mode,
		CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, State: invitedState(t, iv, now),
	}
	if iv != nil {
		out.Interview, out.Questions, out.Score, out.Judged = iv.ID, iv.Questions, iv.Score, iv.Judged
	}
	return out
}

// invitedState says where an invitation stands. What is over stays over; else a
// token that may not be used any more is in the way of all the rest.
func invitedState(t Token, iv *Summary, now time.Time) string {
	switch {
	case iv != nil && iv.State == Complete:
		return string(iv.Outcome)
	case !t.Valid(now):
		return t.State(now)
	case iv == nil || iv.Question == 0:
		return "open"
	}
	return fmt.Sprintf("started at question %d", iv.Question)
}

// State says in a word whether the token may be used: valid, expired, revoked.
func (t Token) State(now time.Time) string {
	switch {
	case !t.RevokedAt.IsZero():
		return "revoked"
	case t.Expired(now):
		return "expired"
	}
	return "valid"
}
