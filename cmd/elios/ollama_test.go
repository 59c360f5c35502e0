package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/ollama/ollamatest"
	"github.com/elios/elios/internal/session"
)

// valveBank holds the question of valve twice, for an interview with the tiny model.
const valveBank = `elios: bank/v1
id: valves
title: Valves
version: 1.0.0
language: en
topics: [{id: water, title: Water}]
questions:
  - id: valve
    type: open
    topic: water
    level: 2
    max_follow_ups: 0
    ask: A pump feeds a tank through one pipe. What has to happen when the tank is full?
    key_points:
      - {id: shu, weight: 2, must: true, point: A float closes the inlet valve., say: A float rises and closes the inlet valve.}
      - {id: mot, weight: 1, point: The motor is switched off so that pressure does not rise., say: "The motor is switched off, else pressure builds up."}
    misconceptions: [{id: ove, penalty: 10, point: Claims that overflow is the normal way to get rid of water.}]
    ideal: "A float rises and closes the inlet valve. The motor is switched off, else pressure builds up."
  - id: pump
    type: open
    topic: water
    level: 2
    max_follow_ups: 0
    ask: The same pump runs dry. What protects it?
    key_points:
      - {id: dry, weight: 2, must: true, point: A sensor notices that no water flows., say: A flow sensor notices that nothing arrives.}
      - {id: off, weight: 1, point: The motor is switched off before the seals burn., say: The controller cuts the current before the seals burn.}
    ideal: "A flow sensor notices that nothing arrives. The controller cuts the current before the seals burn."
`

// newOllamaApp is a program whose model is on a server, with a database of its own.
func newOllamaApp(t *testing.T, s *ollamatest.Server, model string) *app {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "valves.yaml"), []byte(valveBank), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{
		"HOME": dir, "XDG_DATA_HOME": dir, "XDG_CONFIG_HOME": dir, "OLLAMA_HOST": s.URL.Host, "ELIOS_BANKS_DIR": dir,
		"ELIOS_EVALUATOR": "ollama", "ELIOS_MODEL": model,
	}
	a := &app{streams: streams{out: os.Stdout, err: os.Stderr}, getenv: func(k string) string { return env[k] }, notices: make(chan string, 1)}
	t.Cleanup(func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// playing follows one room.
type playing struct {
	t    *testing.T
	room session.Room
	ids  int
}

func (p *playing) do(c session.Command) {
	p.t.Helper()
	p.ids++
	if _, err := p.room.Do(p.t.Context(), session.Envelope{ID: string(rune('a' + p.ids)), Command: c}); err != nil {
		p.t.Fatal(err)
	}
}

// until waits for the interview to be as wanted.
func (p *playing) until(what string, ok func(session.Snapshot) bool) session.Snapshot {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	for after := int64(0); ; {
		s, err := p.room.Snapshot(ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		if ok(s) {
			return s
		}
		after = s.LastSeq
		if _, err := p.room.Events(ctx, after); err != nil {
			p.t.Fatalf("waiting for %s: %v\n%+v", what, err, s)
		}
	}
}

// playValves begins an interview on valves that the model judges, and answers the first question.
func playValves(t *testing.T, s *ollamatest.Server) (*engine.Engine, *playing) {
	t.Helper()
	a := newOllamaApp(t, s, "echo")
	e, err := a.engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings, err := a.defaults()
	if err != nil {
		t.Fatal(err)
	}
	settings.Bank, settings.Seed = "valves", 1
	room, err := e.Create(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { room.Close() })
	p := &playing{t: t, room: room}
	p.do(session.Start{})
	p.do(session.Answer{Turn: 1, Text: "A float goes up and shuts the inlet when it is full."})
	return e, p
}

// The server dies while the second answer is judged. The candidate waits, it is started again, and the
// interview ends with every answer judged by the model.
func TestInterviewOutlivesTheServer(t *testing.T) {
	s := ollamatest.Start(t)
	s.Echo(t, "echo")
	_, p := playValves(t, s)
	p.until("the second question", func(s session.Snapshot) bool { return s.Turn == 2 && s.State == session.Questioning })
	s.Stop()
	p.do(session.Answer{Turn: 2, Text: "The current is cut by a sensor before anything burns."})
	waiting := p.until("elios to wait", func(s session.Snapshot) bool { return s.Pending != nil && s.Pending.RetryAt.IsZero() })
	if waiting.State != session.Evaluating || waiting.Pending.Attempt != 3 || waiting.Turns[1].Answer == "" {
		t.Errorf("%+v", waiting.Pending)
	}
	s.Restart(t)
	p.do(session.Retry{})
	end := p.until("the end", func(s session.Snapshot) bool {
		return s.State == session.Complete || s.Pending != nil && s.Pending.RetryAt.IsZero()
	})
	if end.State != session.Complete {
		t.Fatalf("%+v", end.Pending)
	}
	for _, turn := range end.Turns {
		if j := turn.Evaluation; j == nil || j.By.Name != "ollama" || j.By.Model != "echo:latest" || j.By.Digest == "" {
			t.Errorf("turn %d: %+v", turn.Asked.Turn, j)
		}
	}
}

// The candidate may also go on without the model; the report names who judged which answer.
func TestGoingOnWithTheBuiltIn(t *testing.T) {
	s := ollamatest.Start(t)
	s.Echo(t, "echo")
	e, p := playValves(t, s)
	p.until("the second question", func(s session.Snapshot) bool { return s.Turn == 2 })
	s.Stop()
	p.do(session.Answer{Turn: 2, Text: "The controller cuts the current before the seals burn."})
	p.until("a failure", func(s session.Snapshot) bool { return s.Pending != nil })
	p.do(session.UseBuiltin{})
	p.until("the end", func(s session.Snapshot) bool { return s.State == session.Complete })
	report, err := e.Report(t.Context(), p.room.ID())
	if err != nil || len(report.Evaluators) != 2 || report.Evaluators[0].Name != "ollama" || report.Evaluators[1].Name != session.Builtin {
		t.Errorf("%+v, %v", report.Evaluators, err)
	}
}
