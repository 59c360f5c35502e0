package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

func TestAWholeInterview(t *testing.T) {
	h := servertest.Start(t, nil)
	l, id := begin(t, h, h.Token)
	turn := 1
	for i := range 2 {
		l.send("answer", fmt.Sprint("half-", i), session.Answer{Turn: turn, Text: facetest.Half})
		j := read[session.Judged](l, "evaluation")
		if len(j.Met) != 1 || j.Open != 1 {
			t.Errorf("%+v", j)
		}
		q := read[session.QuestionAsked](l, "question")
		if q.Kind != session.FollowUpTurn {
			t.Fatalf("%+v", q)
		}
		l.send("answer", fmt.Sprint("full-", i), session.Answer{Turn: q.Turn, Text: facetest.Full})
		l.until("question_over")
		turn = q.Turn + 1
	}
	done := read[session.Completed](l, "completed")
	if done.Score != 100 || done.Judged != 2 {
		t.Errorf("%+v", done)
	}

	// Another connection sees the same events, 1 to N, and none twice.
	other := dial(t, h, http.Header{"Authorization": {"Bearer " + h.Token.Reveal()}})
	other.hello(wire.Secret{}, id, 0)
	w := read[wire.Welcome](other, wire.TypeWelcome)
	if w.Snapshot.State != session.Complete || w.Store == "" || w.Limits.MessageBytes != wire.MaxClientFrame {
		t.Errorf("%+v", w)
	}
	for seq := int64(1); seq <= w.LastSeq; seq++ {
		m, err := other.next()
		if err != nil || m.Seq != seq {
			t.Fatalf("seq %d: %+v, %v", seq, m, err)
		}
		for _, secret := range []string{`"full"`, `"plan"`, `"targets"`} {
			if strings.Contains(string(m.Data), secret) {
				t.Errorf("event %d tells %s", seq, secret)
			}
		}
	}
}

func TestIdempotency(t *testing.T) {
	h := servertest.Start(t, nil)
	l, id := begin(t, h, h.Token)
	watch := dial(t, h, nil)
	watch.hello(h.Token, id, 3)
	answer := session.Answer{Turn: 1, Text: facetest.Full}
	l.send("answer", "a", answer)
	first := read[wire.Ack](l, wire.TypeAck)
	l.send("answer", "a", answer)
	second := read[wire.Ack](l, wire.TypeAck)
	if first.Dup || !second.Dup || first.Seq != second.Seq || second.Interview != id {
		t.Errorf("%+v, then %+v", first, second)
	}
	l.send("answer", "a", session.Answer{Turn: 1, Text: "something else"})
	l.refused(wire.CodeIDReused)
	if q := read[session.QuestionAsked](watch, "question"); q.Turn == 1 {
		watch.until("question") // the second: turn 1 is over
	}
	l.send("answer", "b", session.Answer{Turn: 1, Text: facetest.Full})
	if e := l.refused(wire.CodeStaleTurn); e.Turn != 2 || e.Recoverable {
		t.Errorf("%+v", e)
	}
	l.send(wire.TypeCreate, "create-1", wire.Create{Bank: "go"})
	if a := read[wire.Ack](l, wire.TypeAck); !a.Dup || a.Interview != id {
		t.Errorf("created twice: %+v", a)
	}

	// The same over another connection, which follows nothing yet.
	m := dial(t, h, nil)
	m.hello(h.Token, "", 0)
	m.send(wire.TypeCreate, "create-1", wire.Create{Bank: "go"})
	if a := read[wire.Ack](m, wire.TypeAck); !a.Dup || a.Interview != id {
		t.Errorf("created twice: %+v", a)
	}
	n := dial(t, h, nil)
	n.hello(h.Token, "", 0)
	n.send(wire.TypeCreate, "create-1", wire.Create{Bank: "go", Mode: session.Exam})
	n.refused(wire.CodeIDReused)
}

func TestRefusals(t *testing.T) {
	h := servertest.Start(t, nil)
	nowhere := dial(t, h, nil)
	nowhere.hello(h.Token, "", 0)
	nowhere.send("start", "s", nil)
	nowhere.refused(wire.CodeInvalidState)
	nowhere.send(wire.TypeCreate, "c", wire.Create{Bank: "/etc/passwd"})
	nowhere.refused(wire.CodeNotFound)
	nowhere.send(wire.TypeCreate, "c", map[string]any{"bank": "go", "level": "9"})
	nowhere.refused(wire.CodeBadMessage)

	l, _ := begin(t, h, h.Token)
	for frame, want := range map[string]wire.Code{
		`{"type":"answer","id":"x","data":{"turn":"one"}}`:         wire.CodeBadMessage,
		`{"type":"skip","data":{"turn":1}}`:                        wire.CodeBadMessage, // no id
		`not json`:                                                 wire.CodeBadJSON,
		`{"type":"ping"} {}`:                                       wire.CodeBadJSON,
		`{"type":"party","id":"p"}`:                                wire.CodeUnknownType,
		`{"type":"evaluated","id":"p"}`:                            wire.CodeUnknownType,
		`{"type":"resume","id":"r"}`:                               wire.CodeInvalidState,
		`{"type":"hello"}`:                                         wire.CodeInvalidState,
		`{"type":"answer","id":"y","data":{"turn":7,"text":"no"}}`: wire.CodeStaleTurn,
	} {
		l.raw(frame)
		if e := l.refused(want); e.Message == "" {
			t.Errorf("%s: %+v", frame, e)
		}
	}
	l.send("answer", "long", session.Answer{Turn: 1, Text: strings.Repeat("a", session.MaxAnswer+1)})
	l.refused(wire.CodeTooLong)
	l.send("pause", "p1", nil)
	l.until("paused")
	l.send("answer", "p2", session.Answer{Turn: 1, Text: facetest.Full})
	l.refused(wire.CodePaused)
	l.send("resume", "p3", nil)
	l.send("end", "e1", nil)
	l.until("completed")
	l.send("hint", "h1", nil)
	l.refused(wire.CodeComplete)
	l.raw(`{"type":"ping","id":"still","unheard":{"of":1}}`)
	if m := l.until(wire.TypePong); m.Re != "still" {
		t.Errorf("%+v", m)
	}
}

func TestHowAConnectionEnds(t *testing.T) {
	h := servertest.Start(t, nil)
	expired := h.NewToken(session.Token{Scope: session.CandidateScope, ExpiresAt: time.Now().Add(-time.Second)})
	_, theirs := begin(t, h, h.Token)
	stranger := h.NewToken(session.Token{Scope: session.CandidateScope})
	for name, tc := range map[string]struct {
		want wire.CloseCode
		say  func(l *line)
	}{
		"not a hello":       {wire.CloseBadHello, func(l *line) { l.raw(`{"type":"ping"}`) }},
		"not JSON":          {wire.CloseBadHello, func(l *line) { l.raw(`hello`) }},
		"no token":          {wire.CloseUnauthorised, func(l *line) { l.hello(wire.Secret{}, "", 0) }},
		"a wrong token":     {wire.CloseUnauthorised, func(l *line) { l.hello(wire.NewSecret(), "", 0) }},
		"an expired token":  {wire.CloseExpired, func(l *line) { l.hello(expired, "", 0) }},
		"another version":   {wire.CloseVersion, func(l *line) { l.raw(`{"type":"hello","data":{"protocol":"elios.v9"}}`) }},
		"no such interview": {wire.CloseNotFound, func(l *line) { l.hello(h.Token, "0000", 0) }},
		"somebody else's":   {wire.CloseNotFound, func(l *line) { l.hello(stranger, theirs, 0) }},
		"binary": {wire.CloseBinary, func(l *line) {
			if err := l.ws.Write(t.Context(), websocket.MessageBinary, []byte("{}")); err != nil {
				t.Fatal(err)
			}
		}},
		"not UTF-8": {wire.CloseBadUTF8, func(l *line) { l.raw("{\"type\":\"\xff\"}") }},
		"too big":   {wire.CloseTooBig, func(l *line) { l.raw(strings.Repeat("a", wire.MaxClientFrame+1)) }},
		"ten bad messages": {wire.CloseBadHello, func(l *line) {
			l.hello(h.Token, "", 0)
			for range wire.MaxBad {
				l.raw("{")
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			l := dial(t, h, nil)
			tc.say(l)
			l.closed(tc.want)
		})
	}
}

// TestHeartbeatBesideCreate has the heart beat while an interview is made.
func TestHeartbeatBesideCreate(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Limits.PingEvery = time.Millisecond })
	for range 5 {
		l := dial(t, h, nil)
		l.hello(h.Token, "", 0)
		l.until(wire.TypeWelcome)
		l.send(wire.TypeCreate, uuid.NewString(), wire.Create{Bank: "go"})
		l.until(wire.TypeAck)
	}
}
