package store

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Two hashes that begin alike.
var hashOne, hashTwo = strings.Repeat("a", 63) + "1", strings.Repeat("a", 63) + "2"

func TestTokens(t *testing.T) {
	s := fresh(t)
	now := time.UnixMilli(1_700_000_000_000).UTC()
	plain := session.Token{ID: "aa1", Name: "Ada", Scope: session.CandidateScope, CreatedAt: now}
	invited := session.Token{
		ID: "aa2", Name: "Bob", Scope: session.CandidateScope, CreatedAt: now.Add(time.Second), ExpiresAt: now.Add(time.Hour),
		Invitation: &session.Invitation{ID: "inv", Settings: session.Settings{Bank: "go", Count: 2}},
	}
	for hash, tok := range map[string]session.Token{hashOne: plain, hashTwo: invited} {
		if err := s.CreateToken(t.Context(), tok, hash); err != nil {
			t.Fatal(err)
		}
	}
	wantKind(t, s.CreateToken(t.Context(), session.Token{ID: "aa3", Scope: session.HostScope}, hashOne), session.Conflict)
	for hash, want := range map[string]session.Token{hashOne: plain, hashTwo: invited} {
		if got, err := s.Token(t.Context(), hash); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
	}
	_, err := s.Token(t.Context(), strings.Repeat("c", 64))
	wantKind(t, err, session.NotFound)
	if list, err := s.Tokens(t.Context()); err != nil || !reflect.DeepEqual(list, []session.Token{plain, invited}) {
		t.Errorf("%+v, %v", list, err)
	}

	_, err = s.RevokeToken(t.Context(), "aa", now)
	wantKind(t, err, session.Invalid)
	_, err = s.RevokeToken(t.Context(), "b", now)
	wantKind(t, err, session.NotFound)
	for later := range 2 { // the second time changes nothing
		got, err := s.RevokeToken(t.Context(), "aa1", now.Add(time.Duration(later)*time.Minute))
		if err != nil || got.RevokedAt != now {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if got, err := s.Token(t.Context(), hashOne); err != nil || got.Valid(now) || got.RevokedAt != now {
		t.Errorf("%+v, %v", got, err)
	}

	if err := s.DeleteToken(t.Context(), "aa2"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.DeleteToken(t.Context(), "aa2"), session.NotFound)
	wantKind(t, s.DeleteToken(t.Context(), "aa"), session.NotFound) // a prefix will not do
	if list, err := s.Tokens(t.Context()); err != nil || len(list) != 1 || list[0].ID != "aa1" {
		t.Errorf("%+v, %v", list, err)
	}
	if err := s.CreateToken(t.Context(), invited, hashTwo); err != nil {
		t.Error("something of it is left:", err)
	}
}

func TestIdentityStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elios.db")
	s := mustOpen(t, path)
	a, err := s.Identity(t.Context())
	if err != nil || len(a) != 32 {
		t.Fatal(a, err)
	}
	if b, _ := mustOpen(t, path).Identity(t.Context()); b != a {
		t.Error("another identity:", b)
	}
	if c, _ := fresh(t).Identity(t.Context()); c == a {
		t.Error("two databases are one")
	}
	if n, err := s.Size(t.Context()); err != nil || n < 4096 {
		t.Error(n, err)
	}
}

func TestWhoseInterviewsAreListed(t *testing.T) {
	s := fresh(t)
	newGame(t, s, "local")
	for _, o := range []session.Owner{{Token: "ada", Request: "1"}, {Token: "ada", Request: "2"}, {Token: "bob", Request: "1"}} {
		iv, events, err := session.Create(o.Token+o.Request, session.Settings{Bank: "go", Owner: &o}, session.BankRef{ID: "go"},
			[]rubric.Question{question("map")}, session.EvaluatorInfo{}, day.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Create(t.Context(), iv, events); err != nil {
			t.Fatal(err)
		}
		iv.ID = "again"
		wantKind(t, s.Create(t.Context(), iv, events), session.Conflict) // the same message made one already
	}
	for _, tc := range []struct {
		f    session.Filter
		want string
	}{
		{session.Filter{}, "bob1 ada2 ada1 local"},
		{session.Filter{Local: true}, "local"},
		{session.Filter{Hosted: true}, "bob1 ada2 ada1"},
		{session.Filter{Owner: "ada"}, "ada2 ada1"},
		{session.Filter{Owner: "ada", Request: "2"}, "ada2"},
		{session.Filter{Request: "2"}, "ada2"},
		{session.Filter{Owner: "ad"}, ""},
		{session.Filter{Ref: "ada"}, "ada2 ada1"},
		{session.Filter{Ref: "a", Owner: "bob"}, ""},
		{session.Filter{State: session.Complete}, ""},
		{session.Filter{State: session.Idle, Local: true}, "local"},
	} {
		list, err := s.List(t.Context(), tc.f)
		var ids []string
		for _, sum := range list {
			ids = append(ids, sum.ID)
		}
		if got := strings.Join(ids, " "); err != nil || got != tc.want {
			t.Errorf("%+v: %q, %v; want %q", tc.f, got, err, tc.want)
		}
	}
	if id, err := s.Resolve(t.Context(), "last"); err != nil || id != "local" {
		t.Errorf("last is %s, %v", id, err)
	}
}
