package session_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

func TestEventsHaveOneJSONForm(t *testing.T) {
	e := session.Event{Seq: 3, At: t0, Data: session.StateChanged{From: session.Idle, To: session.Questioning}}
	const want = `{"seq":3,"type":"state","at":"2026-01-02T03:04:05Z","data":{"from":"IDLE","to":"QUESTIONING"}}`
	if got := asJSON(t, e); got != want {
		t.Errorf("got %s", got)
	}
	var back session.Event
	if err := json.Unmarshal([]byte(want), &back); err != nil || back != e {
		t.Errorf("%+v %v", back, err)
	}
}

func TestEventJSONRefusesWhatItDoesNotKnow(t *testing.T) {
	for in, want := range map[string]string{
		`{"seq":1,"type":"party","data":{}}`:       `unknown type "party"`,
		`{"seq":1,"type":"state","data":[]}`:       "event 1 (state)",
		`{"seq":"x","type":"state","data":{}}`:     "event:",
		`{"seq":1,"type":"question","data":"who"}`: "event 1 (question)",
	} {
		var e session.Event
		if err := json.Unmarshal([]byte(in), &e); err == nil || !strings.Contains(err.Error(), want) || e.Data != nil {
			t.Errorf("%s: %v", in, err)
		}
	}
	bad := session.Event{Seq: 1, Data: session.Completed{Score: inf()}}
	if _, err := json.Marshal(bad); err == nil || !strings.Contains(err.Error(), "event 1") {
		t.Errorf("marshalled what JSON cannot hold: %v", err)
	}
}

func TestErrorsHaveAKind(t *testing.T) {
	cause := errors.New("disk")
	err := session.Errorf(session.StoreFailed, "not written: %w", cause)
	if session.KindOf(err) != session.StoreFailed || !errors.Is(err, cause) || err.Error() != "not written: disk" {
		t.Errorf("%+v", err)
	}
	if session.KindOf(nil) != "" || session.KindOf(cause) != session.Internal {
		t.Error("a stranger's kind")
	}
}

func TestEvaluatorsHaveNames(t *testing.T) {
	for want, e := range map[string]session.EvaluatorInfo{
		"built-in evaluator": {Name: session.Builtin, Version: "1"},
		"gemma3:4b":          {Name: "ollama", Model: "gemma3:4b"},
		"ollama":             {Name: "ollama"},
	} {
		if e.String() != want {
			t.Errorf("%+v is called %q", e, e)
		}
	}
	if (session.EvaluatorInfo{}).String() != "built-in evaluator" {
		t.Error("nobody has a name")
	}
}

func TestStatesInTheirOrder(t *testing.T) {
	if s := session.States(); len(s) != 5 || s[0] != session.Idle || s[4] != session.Complete {
		t.Error(s)
	}
}
