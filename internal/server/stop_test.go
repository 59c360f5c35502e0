package server_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

func TestStopInOrder(t *testing.T) {
	gate := servertest.NewGate()
	h := servertest.Start(t, func(p *servertest.Parts) { p.Engine.Evaluators = []session.Evaluator{gate} })
	l, id := begin(t, h, h.Token)
	l.send("answer", "a", session.Answer{Turn: 1, Text: facetest.Full})
	l.until(wire.TypeAck)
	var others []*line
	for range 5 {
		o := dial(t, h, nil)
		o.hello(h.Host, id, 0)
		o.until(wire.TypeWelcome)
		others = append(others, o)
	}
	silent := dial(t, h, nil) // does not answer the close
	silent.hello(h.Host, id, 0)

	var wg sync.WaitGroup
	for _, o := range append(others, l) {
		wg.Go(func() { o.closed(wire.CloseRestart) })
	}
	begun := time.Now()
	h.Stop()
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("stopping took %s", took)
	}
	wg.Wait()

	h.Change = nil // the next process judges at once
	h.Run()
	for end := time.Now().Add(patience); ; { // nobody connects: the server takes the evaluation over by itself
		events, err := h.Parts.Store.Events(t.Context(), id, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		judged := 0
		for _, e := range events {
			if e.Data.EventType() == session.EvEvaluation {
				judged++
			}
		}
		if judged == 1 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the evaluation was left behind")
		}
	}
}

// written is a log that tests read while it is written.
type written struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *written) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(b)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

const said = "an answer that is nobody's business, alpha"

func TestTheLogHoldsNoSecrets(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		for _, answers := range []bool{false, true} {
			t.Run(fmt.Sprint(form, " answers ", answers), func(t *testing.T) {
				var out written
				opts := &slog.HandlerOptions{Level: slog.LevelDebug}
				log := slog.New(slog.NewTextHandler(&out, opts))
				if form == "json" {
					log = slog.New(slog.NewJSONHandler(&out, opts))
				}
				h := servertest.Start(t, func(p *servertest.Parts) {
					p.Server.Log, p.Engine.Log, p.Server.LogAnswers = log, log, answers
				})
				ada, wrong := h.NewToken(invitation()), wire.NewSecret()
				wholeRun(t, h, ada, wrong)
				h.Stop()
				for name, s := range map[string]wire.Secret{"candidate": h.Token, "host": h.Host, "invited": ada, "wrong": wrong} {
					if strings.Contains(out.String(), strings.TrimPrefix(s.Reveal(), "elios_")) || strings.Contains(out.String(), s.Hash()) {
						t.Errorf("the log holds the token of the %s", name)
					}
				}
				if got := strings.Contains(out.String(), said); got != answers {
					t.Errorf("the log holds an answer: %v, want %v", got, answers)
				}
				if !strings.Contains(out.String(), "command") || !strings.Contains(out.String(), "disconnected") {
					t.Error("the log tells nothing")
				}
			})
		}
	}
}

// wholeRun does what clients do, right and wrong.
func wholeRun(t *testing.T, h *servertest.Host, ada, wrong wire.Secret) {
	t.Helper()
	l, id := begin(t, h, h.Token)
	l.send(wire.TypeDraft, "d", wire.Draft{Turn: 1, Text: said})
	l.until(wire.TypeAck)
	l.send("answer", "a", session.Answer{Turn: 1, Text: said})
	l.until("evaluation")
	bad := dial(t, h, nil)
	bad.hello(wrong, "", 0)
	bad.closed(wire.CloseUnauthorised)
	for _, s := range []wire.Secret{h.Token, h.Host, ada, wrong} {
		ask(t, h, s, "GET", "/v1/interviews/"+id, "")
		ask(t, h, s, "POST", "/v1/interviews", `{"token":"`+s.Reveal()+`"`, "Idempotency-Key", "x")
		ask(t, h, s, "GET", "/v1/whoami?token="+s.Reveal(), "")
	}
}

// What goes wrong inside is told to nobody outside.
func TestAStoreThatFailsTellsOnlyAReference(t *testing.T) {
	var out written
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Log = slog.New(slog.NewTextHandler(&out, nil)) })
	l, id := begin(t, h, h.Token)
	broken := h.Parts.Store
	if err := broken.Close(); err != nil {
		t.Fatal(err)
	}
	l.send("hint", "h", nil)
	e := l.refused(wire.CodeInternal)
	if e.Ref == "" || !e.Recoverable || !strings.Contains(out.String(), e.Ref) {
		t.Errorf("%+v", e)
	}
	a := ask(t, h, h.Token, "GET", "/v1/interviews/"+id, "").problem(500, wire.CodeInternal)
	for _, text := range []string{e.Message, string(a.body)} {
		for _, secret := range []string{h.Path, "elios.db", "SELECT", "sqlite", "goroutine", "database"} {
			if strings.Contains(text, secret) {
				t.Errorf("the client is told %q", text)
			}
		}
	}
	if got := ask(t, h, wire.Secret{}, "GET", "/readyz", ""); got.status != 200 && got.status != 503 {
		t.Errorf("%d", got.status)
	}
}

// panicking is an evaluator with a mistake in it.
type panicking struct{ facetest.ByName }

func (panicking) Evaluate(context.Context, session.Request, func(session.Partial)) (session.Judgement, error) {
	panic("a mistake at /home/host/elios.go")
}

func TestAnEvaluatorThatPanics(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) { p.Engine.Evaluators = []session.Evaluator{panicking{}} })
	l, _ := begin(t, h, h.Token)
	l.send("answer", "a", session.Answer{Turn: 1, Text: facetest.Full})
	f := read[session.JudgingFailed](l, "evaluation_failed")
	if strings.Contains(f.Why, "mistake") || f.Why == "" {
		t.Errorf("%+v", f)
	}
	l.send(wire.TypePing, "p", nil)
	l.until(wire.TypePong)
}
