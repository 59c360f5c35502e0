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
