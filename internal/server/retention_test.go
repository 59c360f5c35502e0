package server_test

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

func TestRetention(t *testing.T) {
	h := servertest.Start(t, nil)
	done := made(t, h, h.Token, "c1")
	ask(t, h, h.Token, "POST", "/v1/interviews/"+done+"/commands", `{"type":"end","id":"e"}`).ok(200, "Ack")
	open := made(t, h, h.Token, "c2")
	local, err := h.Interviews().Create(t.Context(), session.Settings{Bank: "go", Count: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := local.Do(t.Context(), session.Envelope{ID: "e", Command: session.End{}}); err != nil {
		t.Fatal(err)
	}
	id := local.ID()
	_ = local.Close()
	h.Stop()
	h.Change = func(p *servertest.Parts) { p.Server.Retention = time.Nanosecond }
	h.Run()
	for end := time.Now().Add(patience); ; {
		if a := ask(t, h, h.Token, "GET", "/v1/interviews/"+done, ""); a.status == 404 {
			a.problem(404, wire.CodeNotFound)
			break
		}
		if time.Now().After(end) {
			t.Fatal("an old interview is kept")
		}
	}
	ask(t, h, h.Token, "GET", "/v1/interviews/"+open, "").ok(200, "Snapshot")
	if _, err := h.Parts.Store.Load(t.Context(), id); err != nil {
		t.Error("an interview of this machine was deleted:", err)
	}
}
