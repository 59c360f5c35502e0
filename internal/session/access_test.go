package session_test

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

func TestTokenMayDoWhatItsScopeSays(t *testing.T) {
	own := session.Settings{Owner: &session.Owner{Token: "mine"}}
	others := session.Settings{Owner: &session.Owner{Token: "another"}}
	local := session.Settings{}
	type rights struct{ owns, reads, readsReport, acts bool }
	all, none := rights{true, true, true, true}, rights{}
	for _, c := range []struct {
		scope              session.Scope
		makes              bool
		own, others, local rights
	}{
		{session.CandidateScope, true, all, none, none},
		{session.ObserverScope, false, all, rights{reads: true}, rights{reads: true}},
		{session.HostScope, true, all, rights{reads: true, readsReport: true}, rights{reads: true, readsReport: true, acts: true}},
	} {
		tok := session.Token{ID: "mine", Scope: c.scope}
		if got := tok.Makes(); got != c.makes {
			t.Errorf("%s: makes interviews: %t", c.scope, got)
		}
		for name, of := range map[string]struct {
			s    session.Settings
			want rights
		}{"its own": {own, c.own}, "another's": {others, c.others}, "this machine's": {local, c.local}} {
			got := rights{tok.Owns(of.s), tok.Reads(of.s), tok.ReadsReport(of.s), tok.Acts(of.s)}
			if got != of.want {
				t.Errorf("%s, %s interview: %+v, want %+v", c.scope, name, got, of.want)
			}
		}
	}
}

// TestOwnerWithoutATokenIsNobody: a token without an id, were there one, must
// not own what was made on the machine.
func TestOwnerWithoutATokenIsNobody(t *testing.T) {
	if (session.Token{Scope: session.CandidateScope}).Owns(session.Settings{}) {
		t.Error("the interviews of this machine belong to a token")
	}
}

func TestTokenValid(t *testing.T) {
	never := time.Time{}
	for _, c := range []struct {
		name             string
		expires, revoked time.Time
		valid, expired   bool
	}{
		{"for ever", never, never, true, false},
		{"for a while yet", t0.Add(time.Millisecond), never, true, false},
		{"up to this moment", t0, never, false, true},
		{"long ago", t0.Add(-time.Hour), never, false, true},
		{"revoked", never, t0.Add(-time.Hour), false, false},
		{"revoked, with time left", t0.Add(time.Hour), t0, false, false},
		{"revoked and past", t0.Add(-time.Hour), t0.Add(-time.Hour), false, true},
	} {
		tok := session.Token{ExpiresAt: c.expires, RevokedAt: c.revoked}
		if tok.Valid(t0) != c.valid || tok.Expired(t0) != c.expired {
			t.Errorf("%s: valid %t, expired %t", c.name, tok.Valid(t0), tok.Expired(t0))
		}
	}
}

// TestInvitationsOf: what is over stays over; else a token that may not be used
// is in the way.
func TestInvitationsOf(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	good := session.Token{ExpiresAt: now.Add(time.Hour)}
	past := session.Token{ExpiresAt: now}
	revoked := session.Token{ExpiresAt: now, RevokedAt: now}
	begun := &session.Summary{State: session.Questioning, Question: 3}
	finished := &session.Summary{State: session.Complete, Outcome: session.Finished, Question: 4}
	left := &session.Summary{State: session.Complete, Outcome: session.Expired}
	for _, c := range []struct {
		token session.Token
		iv    *session.Summary
		want  string
	}{
		{good, nil, "open"},
		{good, &session.Summary{State: session.Idle}, "open"},
		{good, begun, "started at question 3"},
		{good, finished, "finished"},
		{good, left, "expired"},
		{past, nil, "expired"},
		{past, begun, "expired"},
		{past, finished, "finished"},
		{revoked, nil, "revoked"},
		{revoked, finished, "finished"},
	} {
		c.token.ID, c.token.Invitation = "ada", &session.Invitation{ID: "ada", Settings: session.Settings{Bank: "go"}}
		made := []session.Summary{{ID: "of another", State: session.Questioning, Question: 9, Settings: session.Settings{Owner: &session.Owner{Token: "bob", Request: session.InvitedRequest}}}}
		if c.iv != nil {
			c.iv.ID, c.iv.Settings.Owner = "made", &session.Owner{Token: "ada", Request: session.InvitedRequest}
			made = append(made, *c.iv)
		}
		list := session.InvitationsOf([]session.Token{{ID: "bob"}, c.token}, made, now)
		if len(list) != 1 || list[0].State != c.want || list[0].Bank != "go" || (list[0].Interview == "made") != (c.iv != nil) {
			t.Errorf("%+v, %+v: %+v, want %q", c.token, c.iv, list, c.want)
		}
	}
}
