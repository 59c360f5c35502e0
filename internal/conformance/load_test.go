package conformance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

func TestLoad(t *testing.T) {
	h := servertest.Start(t, nil)
	to := target(t, h.URL(), h.Host)
	for name, l := range map[string]conformance.Load{
		"closed": {Interviews: 5},
		"rate":   {Interviews: 10, Rate: 50},
		"drops":  {Interviews: 5, Drop: 0.5},
		"idle":   {Interviews: 10, Idle: true},
	} {
		t.Run(name, func(t *testing.T) {
			l.Duration = time.Second
			told := 0
			m, err := l.Run(t.Context(), to, func(p conformance.Progress) {
				if told++; p.Connected > l.Interviews || p.Elapsed > 3*time.Second {
					t.Errorf("%+v", p)
				}
			})
			if err != nil || m.Gaps+m.Duplicates+m.Failures+m.Overdue+m.Left > 0 || told == 0 {
				t.Errorf("%+v, %v", m, err)
			}
			if list, err := h.Interviews().List(t.Context(), session.Filter{}); err != nil || len(list) > 0 {
				t.Errorf("%d interviews are left, %v", len(list), err)
			}
			switch {
			case l.Idle && m.Answers != 0, !l.Idle && m.Answers < 10:
				t.Errorf("%d answers", m.Answers)
			case l.Rate > 0 && m.PerSecond > 1.3*l.Rate:
				t.Errorf("%.0f answers a second, want %.0f", m.PerSecond, l.Rate)
			case l.Drop > 0 && m.Resumes == 0:
				t.Error("nobody came back")
			case m.Answers > 0 && (m.Ack.P50 <= 0 || m.Ack.P50 > m.Ack.P99 || m.Ack.P99 > m.Ack.Max || m.Evaluated.Count == 0):
				t.Errorf("%+v", m)
			}
		})
	}
}

// TestALoadThatIsTooMuch waits no shorter than what is due: nothing is left out of the times
// because the server was late.
func TestALoadThatIsTooMuch(t *testing.T) {
	h := host(t) // its evaluator takes 700 ms
	m, err := conformance.Load{Interviews: 1, Rate: 20, Duration: 3 * time.Second}.Run(t.Context(), target(t, h.URL(), h.Host), func(conformance.Progress) {})
	if err != nil || m.Overdue < 20 || m.Ack.Max < 1000 {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestARefusalIsFitToBeShown has a server that speaks to the terminal.
func TestARefusalIsFitToBeShown(t *testing.T) {
	h := servertest.Start(t, nil)
	b := broken{message: only("ack", func(m wire.Message) []wire.Message {
		bad, err := wire.New(wire.TypeError, wire.Error{Code: wire.CodeForbidden, Message: "no\x1b[31m red\u202e\u009b"})
		if err != nil {
			t.Fatal(err)
		}
		bad.Re = m.Re
		return []wire.Message{bad}
	})}
	m, err := conformance.Load{Interviews: 1, Duration: time.Second / 10}.Run(t.Context(), target(t, behind(t, h, &b), h.Host), func(conformance.Progress) {})
	if err == nil || m.First != "the server refuses: no red (forbidden)" {
		t.Errorf("%q, %v", m.First, err)
	}
}

// A load sees what a server does wrong.
func TestALoadSeesGapsAndDuplicates(t *testing.T) {
	h := servertest.Start(t, nil)
	for name, b := range map[string]broken{
		"gaps":       {message: only("answer_accepted", drop)},
		"duplicates": {message: only("answer_accepted", twice)},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := conformance.Load{Interviews: 3, Duration: time.Second / 2}.Run(t.Context(), target(t, behind(t, h, &b), h.Host), func(conformance.Progress) {})
			if err != nil || (name == "gaps") != (m.Gaps > 0) || (name == "duplicates") != (m.Duplicates > 0) {
				t.Errorf("%+v, %v", m, err)
			}
		})
	}
}

func TestALoadOnNobody(t *testing.T) {
	m, err := conformance.Load{Interviews: 2, Duration: time.Second}.Run(t.Context(), target(t, "http://127.0.0.1:1", servertest.Start(t, nil).Host), func(conformance.Progress) {})
	if err == nil || m.Answers != 0 || !strings.Contains(err.Error(), "connect") {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestJUnit(t *testing.T) {
	h := servertest.Start(t, nil)
	b := broken{message: only("pong", drop)}
	var list []conformance.Check
	for _, c := range conformance.Checks() {
		if c.Name == "messages/ping" || c.Name == "handshake/no-token" {
			list = append(list, c)
		}
	}
	var results []conformance.Result
	if err := conformance.Run(t.Context(), target(t, behind(t, h, &b), h.Host), list, func(r conformance.Result) { results = append(results, r) }); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := conformance.WriteJUnit(&out, results); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`tests="2" failures="1"`, `classname="elios.v1.messages" name="ping"`, `<failure message="a pong did not come`, "ping is answered with pong</failure>"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s lacks %s", out.String(), want)
		}
	}
}
