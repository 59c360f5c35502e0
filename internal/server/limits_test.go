package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

func TestMessagesPerSecond(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.Messages, p.Server.Limits.Burst = 0.001, 3
	})
	l := dial(t, h, nil)
	l.hello(h.Token, "", 0)
	for range 3 {
		l.send(wire.TypePing, "p", nil)
		l.until(wire.TypePong)
	}
	l.send(wire.TypePing, "p4", nil)
	if e := l.refused(wire.CodeRateLimited); e.RetryAfterMs <= 0 || !e.Recoverable {
		t.Errorf("%+v", e)
	}

	shared := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.TokenMessages, p.Server.Limits.TokenBurst = 0.001, 2
	})
	for range 2 {
		ask(t, shared, shared.Token, "GET", "/v1/whoami", "").ok(200, "")
	}
	a := ask(t, shared, shared.Token, "GET", "/v1/whoami", "").problem(429, wire.CodeRateLimited)
	if a.header.Get("Retry-After") == "" {
		t.Errorf("%v", a.header)
	}
	m := dial(t, shared, nil) // the same bucket for its connections
	m.hello(shared.Token, "", 0)
	m.send(wire.TypePing, "p", nil)
	m.refused(wire.CodeRateLimited)
	for range 5 { // a host is not bounded
		ask(t, shared, shared.Host, "GET", "/v1/whoami", "").ok(200, "")
	}
}

func TestConnectionsOfAToken(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Limits.PerToken = 2 })
	first := dial(t, h, nil)
	first.hello(h.Token, "", 0)
	first.until(wire.TypeWelcome)
	second := dial(t, h, nil)
	second.hello(h.Token, "", 0)
	second.until(wire.TypeWelcome)
	third := dial(t, h, nil)
	third.hello(h.Token, "", 0)
	third.closed(wire.CloseTooMany)
	if err := first.ws.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; { // a place is free once the server has noticed
		again := dial(t, h, nil)
		again.hello(h.Token, "", 0)
		if m, err := again.next(); err == nil && m.Type == wire.TypeWelcome {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the place of a connection that was closed stays taken")
		}
	}
}

func TestStrangers(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.Strangers, p.Server.Limits.HelloWithin = 3, 300*time.Millisecond
	})
	var silent []*line
	for range 3 {
		silent = append(silent, dial(t, h, nil))
	}
	_, res, err := websocket.Dial(t.Context(), h.URL()+"/v1/ws", nil)
	if err == nil || res == nil || res.StatusCode != http.StatusServiceUnavailable {
		t.Fatalf("a fourth stranger: %v", err)
	}
	for _, l := range silent {
		l.closed(wire.CloseTimeout)
	}
	for end := time.Now().Add(patience); ; {
		ws, _, err := websocket.Dial(t.Context(), h.URL()+"/v1/ws", nil)
		if err == nil {
			_ = ws.CloseNow()
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

func TestInterviewsAtOnce(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Limits.PerTokenOpen = 2 })
	made(t, h, h.Token, "c1")
	id := made(t, h, h.Token, "c2")
	ask(t, h, h.Token, "POST", "/v1/interviews", `{"bank":"go"}`, "Idempotency-Key", "c3").problem(403, wire.CodeForbidden)
	ask(t, h, h.Token, "POST", "/v1/interviews", `{"bank":"go","count":2}`, "Idempotency-Key", "c1").ok(200, "Snapshot")
	ask(t, h, h.Token, "POST", "/v1/interviews/"+id+"/commands", `{"type":"end","id":"e"}`).ok(200, "Ack")
	made(t, h, h.Token, "c4")

	full := servertest.Start(t, func(p *servertest.Parts) { p.Server.Limits.Interviews = 1 })
	made(t, full, full.Token, "c1")
	ask(t, full, full.Host, "POST", "/v1/interviews", `{"bank":"go"}`, "Idempotency-Key", "c2").problem(503, wire.CodeOverloaded)
}

// TestInterviewsThatComeAtOnce has many made in the same moment: none slips in.
func TestInterviewsThatComeAtOnce(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Limits.PerTokenOpen = 3 })
	var made, refused atomic.Int64
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			switch a := ask(t, h, h.Token, "POST", "/v1/interviews", `{"bank":"go"}`, "Idempotency-Key", fmt.Sprint("c", n)); a.status {
			case 201:
				made.Add(1)
			case 403:
				refused.Add(1)
			default:
				t.Errorf("HTTP status %d", a.status)
			}
		})
	}
	wg.Wait()
	if made.Load() != 3 || refused.Load() != 17 {
		t.Errorf("%d made, %d refused", made.Load(), refused.Load())
	}
}

// answerTo answers the first turn of an interview by a message with an id.
func answerTo(t *testing.T, h *servertest.Host, interview, id string) answer {
	t.Helper()
	body := fmt.Sprintf(`{"type":"answer","id":%q,"data":{"turn":1,"text":%q}}`, id, facetest.Full)
	return ask(t, h, h.Token, "POST", "/v1/interviews/"+interview+"/commands", body)
}

func TestEvaluationsThatWait(t *testing.T) {
	gate := servertest.NewGate()
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.PerTokenQueue = 2
		p.Engine.Evaluators = []session.Evaluator{gate}
	})
	var ids []string
	for i := range 3 {
		ids = append(ids, made(t, h, h.Token, fmt.Sprint("c", i)))
	}
	answerIn := func(id string) answer { return answerTo(t, h, id, "a") }
	answerIn(ids[0]).ok(200, "Ack")
	answerIn(ids[1]).ok(200, "Ack")
	answerIn(ids[2]).problem(503, wire.CodeOverloaded)
	gate.Open()
	for end := time.Now().Add(patience); ; {
		if a := answerIn(ids[2]); a.status == 200 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the queue never empties")
		}
	}
}

// Answers that come at once do not slip past the limit together.
func TestEvaluationsThatWaitAtOnce(t *testing.T) {
	gate := servertest.NewGate()
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.PerTokenQueue = 2
		p.Engine.Evaluators = []session.Evaluator{gate}
	})
	defer gate.Open()
	var ids []string
	for i := range 10 {
		ids = append(ids, made(t, h, h.Token, fmt.Sprint("c", i)))
	}
	taken := make(chan string, len(ids))
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			switch a := answerTo(t, h, id, "a"); a.status {
			case 200:
				taken <- id
			case 503:
			default:
				t.Errorf("status %d", a.status)
			}
		})
	}
	wg.Wait()
	close(taken)
	if len(taken) != 2 {
		t.Errorf("%d answers wait to be judged, and 2 may", len(taken))
	}
	for id := range taken { // what was taken is acknowledged again, and does not count twice
		answerTo(t, h, id, "a").ok(200, "Ack")
	}
}

// TestAnAnswerRefusedBesideATakenOneKeepsItsPlace answers one interview twice at once:
// that the second is refused does not free the place of the first.
func TestAnAnswerRefusedBesideATakenOneKeepsItsPlace(t *testing.T) {
	gate := servertest.NewGate()
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.PerTokenQueue = 1
		p.Engine.Evaluators = []session.Evaluator{gate}
	})
	defer gate.Open()
	first, second := made(t, h, h.Token, "c1"), made(t, h, h.Token, "c2")
	answer := func(interview, id string) int { return answerTo(t, h, interview, id).status }
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() { answer(first, fmt.Sprint("a", i)) })
	}
	wg.Wait()
	if got := answer(second, "b"); got != 503 {
		t.Errorf("another interview's answer: status %d, and one waits already", got)
	}
}

// sparing judges the interview with an id at once, and others when the gate is open.
type sparing struct {
	*servertest.Gate
	id *atomic.Value
}

func (s sparing) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if r.Interview == s.id.Load() {
		return facetest.ByName{}.Evaluate(ctx, r, emit)
	}
	return s.Gate.Evaluate(ctx, r, emit)
}

// TestAnAnswerThatWasTakenIsAcknowledgedAgain has it come again when it has been judged,
// and others have taken every place.
func TestAnAnswerThatWasTakenIsAcknowledgedAgain(t *testing.T) {
	evaluator := sparing{servertest.NewGate(), new(atomic.Value)}
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.PerTokenQueue = 1
		p.Engine.Evaluators = []session.Evaluator{evaluator}
	})
	defer evaluator.Open()
	first, second := made(t, h, h.Token, "c1"), made(t, h, h.Token, "c2")
	evaluator.id.Store(first)
	answerIn := func(id string) answer { return answerTo(t, h, id, "a") }
	answerIn(first).ok(200, "Ack")
	for end := time.Now().Add(patience); answerIn(second).status != 200; {
		if time.Now().After(end) {
			t.Fatal("the first is never judged")
		}
	}
	answerIn(first).ok(200, "Ack")
}

func TestNamesAndPages(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Hosts = []string{"127.0.0.1", "interviews.example.org"}
		p.Server.Origins = []string{"https://page.example.org"}
	})
	for _, tc := range []struct {
		host, origin string
		status       int
	}{
		{"", "", 200},
		{"interviews.example.org", "", 200},
		{"interviews.example.org:7777", "", 200},
		{"INTERVIEWS.example.org", "", 200},
		{"rebound.example.net", "", 421},
		{"", "https://page.example.org", 200},
		{"", "https://evil.example.net", 403},
		{"", "null", 403},
		{"interviews.example.org", "https://interviews.example.org", 200},
	} {
		var headers []string
		if tc.host != "" {
			headers = append(headers, "Host", tc.host)
		}
		if tc.origin != "" {
			headers = append(headers, "Origin", tc.origin)
		}
		a := ask(t, h, h.Token, "GET", "/v1/whoami", "", headers...)
		if a.status != tc.status {
			t.Errorf("%+v: %d", tc, a.status)
		}
	}
	_, res, err := websocket.Dial(t.Context(), h.URL()+"/v1/ws", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://evil.example.net"}}})
	if err == nil || res == nil || res.StatusCode != 403 {
		t.Errorf("a page of another origin: %v", err)
	}
}

func TestSubprotocols(t *testing.T) {
	h := servertest.Start(t, nil)
	for _, tc := range []struct {
		offered []string
		want    string
		status  int
	}{
		{nil, "", 101},
		{[]string{"elios.v1"}, "elios.v1", 101},
		{[]string{"elios.v9", "elios.v1"}, "elios.v1", 101},
		{[]string{"elios.v9", "graphql-ws"}, "", 400},
	} {
		ws, res, err := websocket.Dial(t.Context(), h.URL()+"/v1/ws", &websocket.DialOptions{Subprotocols: tc.offered})
		if res == nil || res.StatusCode != tc.status || (err == nil) != (tc.status == 101) {
			t.Fatalf("%v: %v", tc.offered, err)
		}
		if err == nil {
			if ws.Subprotocol() != tc.want {
				t.Errorf("%v: %q was selected", tc.offered, ws.Subprotocol())
			}
			_ = ws.CloseNow()
		}
	}
}

// A client that does not read is cut off, and nobody waits for it.
func TestAHalfOpenSocket(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.Messages, p.Server.Limits.TokenMessages = rate.Inf, rate.Inf // the test asks as fast as it can
		p.Server.Limits.PingEvery, p.Server.Limits.PongWithin, p.Server.SendWithin = 50*time.Millisecond, 500*time.Millisecond, 200*time.Millisecond
	})
	l, id := begin(t, h, h.Token)
	conn, err := net.Dial("tcp", h.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(1024)
	}
	_, err = fmt.Fprintf(conn, "GET /v1/interviews/%s/events HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\n\r\n", id, h.Addr, h.Token.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	dead := dial(t, h, nil) // says hello and never reads again, not even a ping
	dead.hello(h.Token, id, 0)
	l.send("answer", "a", session.Answer{Turn: 1, Text: facetest.Full})
	l.until("evaluation")
	for end := time.Now().Add(patience); ; {
		l.send(wire.TypePing, "p", nil) // this one is served all the while
		l.until(wire.TypePong)
		text := string(ask(t, h, h.Host, "GET", "/metrics", "").body)
		if strings.Contains(text, `elios_connections 1`) {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the dead connection stays")
		}
	}
}

func TestASlowLoris(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the header's five seconds")
	}
	t.Parallel()
	h := servertest.Start(t, nil)
	conn, err := net.Dial("tcp", h.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	if _, err := bufio.NewReader(conn).ReadString('\n'); err == nil {
		_, err = io.Copy(io.Discard, conn) // 408, then the end
		if err != nil {
			t.Error(err)
		}
	} else if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("a request without an end is waited for")
	}
}

// Connections leave nothing behind.
func TestManyConnections(t *testing.T) {
	n := 500
	if os.Getenv("ELIOS_TORTURE") != "" {
		n = 5000
	}
	h := servertest.Start(t, nil)
	id := made(t, h, h.Host, "c")
	before := runtime.NumGoroutine()
	var wg sync.WaitGroup
	slots := make(chan struct{}, 32)
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			ws, _, err := websocket.Dial(ctx, h.URL()+"/v1/ws", nil)
			if err != nil {
				t.Error(err)
				return
			}
			m, _ := wire.HelloMessage(wire.Hello{Token: h.Host, Interview: id})
			b, _ := wire.Encode(m)
			if err := ws.Write(ctx, websocket.MessageText, b); err != nil {
				t.Error(err)
			}
			if _, _, err := ws.Read(ctx); err != nil {
				t.Error(err)
			}
			if i%2 == 0 { // half of them leave without a word
				_ = ws.CloseNow()
				return
			}
			_ = ws.Close(websocket.StatusNormalClosure, "")
		})
	}
	wg.Wait()
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before+5; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines before, %d after %d connections", before, runtime.NumGoroutine(), n)
		}
	}
	t.Logf("%d goroutines before, %d after %d connections", before, runtime.NumGoroutine(), n)
}
