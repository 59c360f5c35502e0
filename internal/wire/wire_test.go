package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

func TestDecodeRefuses(t *testing.T) {
	for frame, want := range map[string]wire.Code{
		``:                                     wire.CodeBadJSON,
		`{`:                                    wire.CodeBadJSON,
		`{"type":"ping"}x`:                     wire.CodeBadJSON,
		`{"type":"ping"}{"type":"ping"}`:       wire.CodeBadJSON,
		`[]`:                                   wire.CodeBadMessage,
		`null`:                                 wire.CodeBadMessage,
		`{}`:                                   wire.CodeBadMessage,
		`{"type":7}`:                           wire.CodeBadMessage,
		`{"type":"ping","seq":"one"}`:          wire.CodeBadMessage,
		`{"type":"ping","type":"end"}`:         wire.CodeBadMessage,
		`{"type":"ping","TYPE":"end"}`:         wire.CodeBadMessage,
		`{"type":"ping","data":{"a":1,"a":2}}`: wire.CodeBadMessage,
		`{"type":"ping","data":` + nested(wire.MaxDepth) + `}`:   wire.CodeBadMessage,
		`{"type":"ping","id":"` + strings.Repeat("ä", 65) + `"}`: wire.CodeBadMessage,
	} {
		_, err := wire.Decode([]byte(frame))
		var e *wire.Error
		if !errors.As(err, &e) || e.Code != want || e.Message == "" || strings.Contains(e.Message, "wire.") {
			t.Errorf("%s: %+v, want %s", frame, err, want)
		}
	}
	for _, frame := range []string{
		`{"type":"ping","data":` + nested(wire.MaxDepth-1) + `}`,
		`{"type":"ping","id":"` + strings.Repeat("ä", 64) + `","more":{"unheard":["of"]}}`,
		` {"type" : "ping"} `,
	} {
		if m, err := wire.Decode([]byte(frame)); err != nil || m.Type != wire.TypePing {
			t.Errorf("%s: %v", frame, err)
		}
	}
}

func nested(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

func TestWhatAnErrorTells(t *testing.T) {
	secret := fmt.Errorf("open /home/host/elios.db: %w", errors.New("SELECT failed"))
	for _, tc := range []struct {
		err         error
		code        wire.Code
		recoverable bool
		retry       int64
	}{
		{secret, wire.CodeInternal, true, 0},
		{&session.Error{Kind: session.StoreFailed, Message: "the disk of /home/host is full", Err: secret}, wire.CodeInternal, true, 0},
		{session.Errorf(session.Conflict, "somebody was faster"), wire.CodeOverloaded, true, 100},
		{&session.Error{Kind: session.RateLimited, Message: "wait", RetryAfter: 2 * time.Second}, wire.CodeRateLimited, true, 2000},
		{session.Errorf(session.NotFound, "there is no interview"), wire.CodeNotFound, false, 0},
		{fmt.Errorf("command: %w", session.Errorf(session.IsPaused, "it is paused")), wire.CodePaused, true, 0},
		{wire.Errorf(wire.CodeUnknownType, "what?"), wire.CodeUnknownType, false, 0},
	} {
		e := wire.ErrorOf(tc.err, "ab12")
		if e.Code != tc.code || e.Recoverable != tc.recoverable || e.RetryAfterMs != tc.retry || strings.Contains(e.Message, "/home") {
			t.Errorf("%v: %+v", tc.err, e)
		}
		if (e.Code == wire.CodeInternal) != (e.Ref == "ab12") {
			t.Errorf("%v: reference %q", tc.err, e.Ref)
		}
		if back := e.Session(); back.Message != e.Message || back.RetryAfter.Milliseconds() != e.RetryAfterMs {
			t.Errorf("%+v comes back as %+v", e, back)
		}
	}
	stale := &session.Error{Kind: session.StaleTurn, Message: "turn 2 now", Turn: 2, State: session.FollowUp, Command: session.CmdAnswer, Allowed: []session.CommandType{session.CmdSkip}}
	if e := wire.ErrorOf(stale, ""); e.Turn != 2 || e.State != session.FollowUp || e.Session().Turn != 2 || len(e.Session().Allowed) != 1 {
		t.Errorf("%+v", e)
	}
}

func TestReconnect(t *testing.T) {
	for code, want := range map[wire.CloseCode]bool{
		wire.CloseRestart: true, wire.CloseOverload: true, wire.CloseTimeout: true, 1006: true, 1005: true, 1011: true,
		wire.CloseNormal: false, wire.CloseUnauthorised: false, wire.CloseNotFound: false, wire.CloseExpired: false, 4999: false,
	} {
		if wire.Reconnect(code) != want {
			t.Errorf("%d: %v", code, !want)
		}
	}
}

func TestLevel(t *testing.T) {
	for in, want := range map[string]wire.Level{
		`3`: {Min: 3, Max: 3}, `"3"`: {Min: 3, Max: 3}, `"2..4"`: {Min: 2, Max: 4}, `""`: {}, `0`: {}, `6`: {}, `"4..2"`: {}, `"x"`: {}, `[]`: {}, `2.5`: {},
	} {
		var l wire.Level
		err := json.Unmarshal([]byte(in), &l)
		if l != want || (err == nil) != (want != wire.Level{} || in == `""`) {
			t.Errorf("%s: %+v, %v", in, l, err)
		}
	}
}

// A snapshot or an exam's end too long for one message is cut to what fits.
func TestWhatIsTooLongForOneMessage(t *testing.T) {
	long := strings.Repeat("a", session.MaxAnswer)
	s := session.Snapshot{ID: "x", State: session.Questioning, Question: 90, Turn: 90}
	var over []session.QuestionOver
	for n := 1; n <= 90; n++ {
		s.Turns = append(s.Turns, session.TurnView{Asked: session.QuestionAsked{Turn: n, Question: n}, Answer: long, Answered: true})
		over = append(over, session.QuestionOver{Question: n, Reveal: &session.Reveal{ID: "q", Ideal: long}})
	}
	s.Over = over
	w := wire.Welcome{Snapshot: &s}
	w.Trim()
	m, err := wire.New(wire.TypeWelcome, w)
	if err != nil || len(m.Data) > wire.MaxServerFrame || len(w.Snapshot.Turns) != 1 || !w.Trimmed || len(s.Turns) != 90 {
		t.Errorf("%d bytes, %d turns, %v", len(m.Data), len(w.Snapshot.Turns), err)
	}
	e := session.Event{Seq: 9, Data: session.Completed{Outcome: session.Finished, Score: 50, Over: over}}
	whole, err := wire.Event(e)
	if err != nil || len(whole.Data) < wire.MaxServerFrame {
		t.Fatal(len(whole.Data), err)
	}
	if short := wire.Fit(whole, e); len(short.Data) > 4096 || short.Seq != 9 || !strings.Contains(string(short.Data), `"score":50`) {
		t.Errorf("%d bytes", len(short.Data))
	}
	if len(e.Data.(session.Completed).Over) != 90 {
		t.Error("the event itself was cut")
	}
}

func TestTimer(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		s    session.Snapshot
		want int64
		ok   bool
	}{
		"no limit": {session.Snapshot{Turn: 1}, 0, false},
		"running":  {session.Snapshot{Turn: 1, Deadline: now.Add(time.Minute), Limit: 2 * time.Minute}, 60_000, true},
		"over":     {session.Snapshot{Turn: 1, Deadline: now.Add(-time.Minute)}, 0, true},
		"paused":   {session.Snapshot{Turn: 1, Paused: true, Remaining: time.Second}, 1000, true},
	} {
		if got, ok := wire.TimerOf(tc.s, now); ok != tc.ok || got.RemainingMs != tc.want {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
}
