package server_test

import (
	"context"
	"errors"
	"testing"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

func TestAQuestionNamesItsAudio(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Sound = func(_ context.Context, text string) ([]byte, error) {
			if text != "What is a map?" {
				return nil, errors.New("no voice at /dev/snd")
			}
			return []byte("RIFF " + text), nil
		}
	})
	l := dial(t, h, nil)
	l.hello(h.Token, "", 0)
	l.send(wire.TypeCreate, "c", wire.Create{Bank: "go"})
	id := read[wire.Ack](l, wire.TypeAck).Interview
	l.send("start", "s", nil)
	q := read[session.QuestionAsked](l, "question")
	if q.Audio == nil || q.Audio.Format != "audio/wav" || q.Audio.Path != "/v1/interviews/"+id+"/turns/1/audio" {
		t.Fatalf("%+v", q.Audio)
	}
	a := ask(t, h, h.Token, "GET", q.Audio.Path, "").ok(200, "")
	if string(a.body) != "RIFF What is a map?" || a.header.Get("Content-Type") != "audio/wav" {
		t.Errorf("%q %v", a.body, a.header)
	}
	ask(t, h, wire.Secret{}, "GET", q.Audio.Path, "").problem(401, wire.CodeForbidden)
	ask(t, h, h.NewToken(session.Token{Scope: session.CandidateScope}), "GET", q.Audio.Path, "").problem(404, wire.CodeNotFound)
	ask(t, h, h.Token, "GET", "/v1/interviews/"+id+"/turns/9/audio", "").problem(404, wire.CodeNotFound)
	ask(t, h, h.Token, "GET", "/v1/interviews/"+id+"/turns/x/audio", "").problem(404, wire.CodeNotFound)
	var s session.Snapshot
	ask(t, h, h.Token, "GET", "/v1/interviews/"+id, "").ok(200, "Snapshot").in(&s)
	if s.Turns[0].Asked.Audio == nil {
		t.Error("the snapshot names no audio")
	}
	l.send("skip", "k", session.Skip{Turn: 1})
	next := read[session.QuestionAsked](l, "question")
	ask(t, h, h.Token, "GET", next.Audio.Path, "").problem(500, wire.CodeInternal)
	events, err := h.Parts.Store.Events(t.Context(), id, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if q, ok := e.Data.(session.QuestionAsked); ok && q.Audio != nil {
			t.Error("the journal names audio")
		}
	}
}
