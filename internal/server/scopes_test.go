package server_test

import (
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

func TestACandidateSeesTheirOwn(t *testing.T) {
	h := servertest.Start(t, nil)
	id := made(t, h, h.Token, "c1")
	other := h.NewToken(session.Token{Scope: session.CandidateScope})
	for _, ref := range []string{id, id[:8], "last"} {
		at := "/v1/interviews/" + ref
		ask(t, h, other, "GET", at, "").problem(404, wire.CodeNotFound)
		ask(t, h, other, "GET", at+"/events", "").problem(404, wire.CodeNotFound)
		ask(t, h, other, "GET", at+"/report", "").problem(404, wire.CodeNotFound)
		ask(t, h, other, "POST", at+"/commands", `{"type":"end","id":"e"}`).problem(404, wire.CodeNotFound)
		ask(t, h, other, "PUT", at+"/draft", `{"turn":1,"text":"x"}`).problem(404, wire.CodeNotFound)
		ask(t, h, other, "DELETE", at, "").problem(404, wire.CodeNotFound)
	}
	ask(t, h, other, "POST", "/v1/interviews", `{"again":{"interview":"`+id+`","question":1}}`, "Idempotency-Key", "x").problem(404, wire.CodeNotFound)
	var list wire.Interviews
	ask(t, h, other, "GET", "/v1/interviews", "").ok(200, "Interviews").in(&list)
	if len(list.Interviews) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestAnObserverWatches(t *testing.T) {
	h := servertest.Start(t, nil)
	l, id := begin(t, h, h.Token)
	coach := h.NewToken(session.Token{Scope: session.ObserverScope})
	w := dial(t, h, nil)
	w.hello(coach, id, 0)
	w.until(wire.TypeWelcome)
	w.send("hint", "h", nil)
	w.refused(wire.CodeForbidden)
	w.send(wire.TypeDraft, "d", wire.Draft{Turn: 1, Text: "not mine"})
	w.refused(wire.CodeForbidden)
	l.send("answer", "a", session.Answer{Turn: 1, Text: facetest.Full})
	w.until("evaluation") // live
	at := "/v1/interviews/" + id
	ask(t, h, coach, "GET", at, "").ok(200, "Snapshot")
	ask(t, h, coach, "GET", at+"/report", "").problem(403, wire.CodeForbidden)
	ask(t, h, coach, "POST", "/v1/interviews", `{"bank":"go"}`, "Idempotency-Key", "c").problem(403, wire.CodeForbidden)
	ask(t, h, coach, "DELETE", at, "").problem(403, wire.CodeForbidden)

	ask(t, h, h.Host, "GET", at+"/report", "").ok(200, "Report")
	ask(t, h, h.Host, "POST", at+"/commands", `{"type":"end","id":"e"}`).problem(403, wire.CodeForbidden)
}

func invitation() session.Token {
	return session.Token{
		Scope: session.CandidateScope, Name: "Ada", ExpiresAt: time.Now().Add(time.Hour),
		Invitation: &session.Invitation{ID: "inv-" + time.Now().Format(time.StampNano), Settings: session.Settings{Bank: "go", Count: 1, Mode: session.Exam}},
	}
}

func TestAnInvitationMakesOneInterview(t *testing.T) {
	h := servertest.Start(t, nil)
	ada := h.NewToken(invitation())
	for _, body := range []string{`{"bank":"other"}`, `{"mode":"practice"}`, `{"count":2}`, `{"seed":3}`, `{"topics":["go"]}`} {
		ask(t, h, ada, "POST", "/v1/interviews", body, "Idempotency-Key", "c1").problem(403, wire.CodeForbidden)
	}
	ask(t, h, ada, "GET", "/v1/banks/go/questions", "").problem(403, wire.CodeForbidden)

	ids := make(chan string, 8)
	var wg sync.WaitGroup
	for i := range 8 { // at once, by both ways, under different ids
		wg.Go(func() {
			if i%2 == 0 {
				var s session.Snapshot
				a := ask(t, h, ada, "POST", "/v1/interviews", "", "Idempotency-Key", string(rune('a'+i)))
				a.in(&s)
				ids <- s.ID
				return
			}
			l := dial(t, h, nil)
			l.hello(ada, "", 0)
			l.send(wire.TypeCreate, string(rune('a'+i)), wire.Create{Bank: "go"})
			ids <- read[wire.Ack](l, wire.TypeAck).Interview
		})
	}
	wg.Wait()
	close(ids)
	only := ""
	for id := range ids {
		if only == "" {
			only = id
		}
		if id != only || id == "" {
			t.Errorf("interviews %q and %q of one invitation", only, id)
		}
	}
	var who wire.WhoAmI
	ask(t, h, ada, "GET", "/v1/whoami", "").ok(200, "WhoAmI").in(&who)
	if who.Token.Interview != only || who.Token.Invitation == nil || who.Token.Invitation.Mode != session.Exam {
		t.Errorf("%+v", who)
	}
	ask(t, h, ada, "DELETE", "/v1/interviews/"+only, "").problem(403, wire.CodeForbidden)
	ask(t, h, ada, "POST", "/v1/interviews/"+only+"/commands", `{"type":"start","id":"s"}`).ok(200, "Ack")
	ask(t, h, ada, "GET", "/v1/interviews/"+only+"/report", "").problem(409, wire.CodeInvalidState) // an exam
}

func TestATokenEndsInTheMiddle(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Limits.PingEvery = 20 * time.Millisecond })
	tok := session.Token{ID: "revoked-later", Scope: session.CandidateScope}
	revoked, _ := begin(t, h, h.NewToken(tok))
	ended, _ := begin(t, h, h.NewToken(session.Token{Scope: session.CandidateScope, ExpiresAt: time.Now().Add(1500 * time.Millisecond)}))
	if _, err := h.Parts.Store.RevokeToken(t.Context(), tok.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	revoked.closed(wire.CloseUnauthorised)
	ended.closed(wire.CloseExpired)
}

// TestAHostSeesWhatBecameOfInvitations, and whose interviews there are.
func TestAHostSeesWhatBecameOfInvitations(t *testing.T) {
	h := servertest.Start(t, nil)
	invited := h.NewToken(invitation())
	of := func() session.Invited {
		t.Helper()
		var list wire.Invitations
		ask(t, h, h.Host, "GET", "/v1/invitations", "").ok(200, "Invitations").in(&list)
		if len(list.Invitations) != 1 || list.Invitations[0].Name != "Ada" {
			t.Fatalf("%+v", list)
		}
		return list.Invitations[0]
	}
	if v := of(); v.State != "open" || v.Interview != "" {
		t.Errorf("%+v", v)
	}
	_, id := begin(t, h, invited)
	made(t, h, h.Token, "another, by no invitation")
	if v := of(); v.State != "started at question 1" || v.Interview != id {
		t.Errorf("%+v", v)
	}
	var list wire.Interviews
	ask(t, h, h.Host, "GET", "/v1/interviews", "").ok(200, "Interviews").in(&list)
	for _, iv := range list.Interviews {
		if want := map[bool]string{true: "Ada", false: "candidate"}[iv.ID == id]; list.Names[iv.Settings.Owner.Token] != want {
			t.Errorf("%s is of %q, want %q", iv.ID, list.Names[iv.Settings.Owner.Token], want)
		}
	}
	for _, secret := range []wire.Secret{invited, h.Token, h.NewToken(session.Token{Scope: session.ObserverScope})} {
		ask(t, h, secret, "GET", "/v1/invitations", "").problem(403, wire.CodeForbidden)
		var own wire.Interviews
		ask(t, h, secret, "GET", "/v1/interviews", "").ok(200, "Interviews").in(&own)
		if own.Names != nil {
			t.Errorf("%v", own.Names)
		}
	}
}
