package server_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

// answer is what a request got.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   []byte
}

// ask makes a request. Headers are given as pairs.
func ask(t testing.TB, h *servertest.Host, secret wire.Secret, method, path, body string, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, h.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if !secret.Empty() {
		req.Header.Set("Authorization", "Bearer "+secret.Reveal())
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	tr := &http.Transport{DisableKeepAlives: true}
	defer tr.CloseIdleConnections()
	res, err := (&http.Client{Transport: tr, Timeout: patience}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{t, res.StatusCode, res.Header, b}
}

// ok wants a status and a body of a schema ("": any).
func (a answer) ok(status int, schema string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	if schema != "" {
		servertest.Valid(a.t, schema, a.body)
	}
	return a
}

// problem wants problem details of a code.
func (a answer) problem(status int, code wire.Code) answer {
	a.t.Helper()
	a.ok(status, "Problem")
	var e struct {
		Code   wire.Code `json:"code"`
		Type   string    `json:"type"`
		Status int       `json:"status"`
	}
	if err := json.Unmarshal(a.body, &e); err != nil {
		a.t.Fatal(err)
	}
	if e.Code != code || e.Type != "urn:elios:error:"+string(code) || e.Status != status || a.header.Get("Content-Type") != "application/problem+json" {
		a.t.Errorf("%s, want %s", a.body, code)
	}
	return a
}

// in reads the body.
func (a answer) in(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		a.t.Fatalf("%v: %s", err, a.body)
	}
}

// made makes an interview by plain HTTP and starts it.
func made(t testing.TB, h *servertest.Host, secret wire.Secret, id string) string {
	t.Helper()
	var s session.Snapshot
	ask(t, h, secret, "POST", "/v1/interviews", `{"bank":"go","count":2}`, "Idempotency-Key", id).ok(201, "Snapshot").in(&s)
	ask(t, h, secret, "POST", "/v1/interviews/"+s.ID+"/commands", `{"type":"start"}`, "Idempotency-Key", "start").ok(200, "Ack")
	return s.ID
}

func TestPlainHTTP(t *testing.T) {
	h := servertest.Start(t, nil)
	id := made(t, h, h.Token, "c1")
	at := "/v1/interviews/" + id
	ask(t, h, h.Token, "GET", "/v1/whoami", "").ok(200, "WhoAmI")
	ask(t, h, h.Token, "GET", "/v1/banks", "").ok(200, "Banks")
	ask(t, h, h.Token, "GET", "/v1/banks/go/questions", "").ok(200, "Questions")
	ask(t, h, h.Token, "GET", "/v1/interviews", "").ok(200, "Interviews")
	ask(t, h, h.Token, "GET", "/v1/interviews?open=true&limit=1&since=2026-01-01T00:00:00Z", "").ok(200, "Interviews")
	ask(t, h, h.Token, "GET", "/v1/interviews?since=yesterday", "").problem(400, wire.CodeBadMessage)
	ask(t, h, h.Token, "PUT", at+"/draft", `{"turn":1,"text":"half"}`).ok(204, "")
	var s session.Snapshot
	ask(t, h, h.Token, "GET", at, "").ok(200, "Snapshot").in(&s)
	if s.Draft != "half" || s.State != session.Questioning {
		t.Errorf("%+v", s)
	}
	body := fmt.Sprintf(`{"type":"answer","id":"a1","data":{"turn":1,"text":%q}}`, facetest.Full)
	var first, second wire.Ack
	ask(t, h, h.Token, "POST", at+"/commands", body).ok(200, "Ack").in(&first)
	ask(t, h, h.Token, "POST", at+"/commands", body, "Idempotency-Key", "a1").ok(200, "Ack").in(&second)
	if first.Dup || !second.Dup || first.Seq != second.Seq {
		t.Errorf("%+v, then %+v", first, second)
	}
	for _, tc := range []struct {
		body, key string
		status    int
		code      wire.Code
	}{
		{`{"type":"answer","data":{"turn":1,"text":"other"}}`, "a1", 409, wire.CodeIDReused},
		{`{"type":"hint","id":"x"}`, "y", 400, wire.CodeBadMessage},
		{`{"type":"hint"}`, "", 400, wire.CodeBadMessage},
		{`{"type":"hint"}`, strings.Repeat("k", 65), 400, wire.CodeBadMessage},
		{`{"type":"hint","type":"end"}`, "z", 400, wire.CodeBadMessage},
		{`{"type":"hint","Type":"end"}`, "z", 400, wire.CodeBadMessage},
		{`{"type":"hint","data":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`, "z", 400, wire.CodeBadMessage},
		{`{"type":"hint"`, "z", 400, wire.CodeBadJSON},
		{"{\"type\":\"\xff\"}", "z", 400, wire.CodeBadJSON},
		{`{"type":"regrade"}`, "z", 400, wire.CodeUnknownType},
		{`{"type":"answer","data":{"turn":9,"text":"x"}}`, "z", 409, wire.CodeStaleTurn},
		{`{"type":"resume"}`, "z", 409, wire.CodeInvalidState},
		{`{"type":"answer","data":{"turn":2,"text":"` + strings.Repeat("a", session.MaxAnswer+1) + `"}}`, "z", 413, wire.CodeTooLong},
		{`{"type":"answer","data":{"turn":2,"text":"` + strings.Repeat("a", wire.MaxClientFrame) + `"}}`, "z", 413, wire.CodeTooLong},
	} {
		ask(t, h, h.Token, "POST", at+"/commands", tc.body, "Idempotency-Key", tc.key).problem(tc.status, tc.code)
	}
	ask(t, h, h.Token, "POST", at+"/commands", `{"type":"end","id":"e"}`).ok(200, "Ack")
	ask(t, h, h.Token, "POST", at+"/commands", `{"type":"hint","id":"h"}`).problem(409, wire.CodeComplete)
	ask(t, h, h.Token, "GET", at+"/report", "").ok(200, "Report")
	ask(t, h, h.Token, "GET", "/v1/banks/go/questions/map/attempts", "").ok(200, "Attempts")
	ask(t, h, h.Token, "GET", at+"/turns/1/audio", "").problem(404, wire.CodeNotFound)
	ask(t, h, h.Token, "GET", "/v1/nothing", "").problem(404, wire.CodeNotFound)
	ask(t, h, h.Token, "DELETE", at, "").ok(204, "")
	ask(t, h, h.Token, "GET", at, "").problem(404, wire.CodeNotFound)
}

func TestCreateByPlainHTTPOnce(t *testing.T) {
	h := servertest.Start(t, nil)
	id := made(t, h, h.Token, "c1")
	var s session.Snapshot
	ask(t, h, h.Token, "POST", "/v1/interviews", `{"count":2,"bank":"go"}`, "Idempotency-Key", "c1").ok(200, "Snapshot").in(&s)
	if s.ID != id {
		t.Errorf("made twice: %s and %s", id, s.ID)
	}
	ask(t, h, h.Token, "POST", "/v1/interviews", `{"bank":"go","count":1}`, "Idempotency-Key", "c1").problem(409, wire.CodeIDReused)
	ask(t, h, h.Token, "POST", "/v1/interviews", `{"bank":"go"}`).problem(400, wire.CodeBadMessage)
	ask(t, h, h.Token, "POST", "/v1/interviews", `{"bank":"../../etc/passwd"}`, "Idempotency-Key", "c2").problem(404, wire.CodeNotFound)
}

func TestEventsAsJSONAndAsAStream(t *testing.T) {
	h := servertest.Start(t, nil)
	id := made(t, h, h.Token, "c1")
	at := "/v1/interviews/" + id
	var all, rest wire.Events
	ask(t, h, h.Token, "GET", at+"/events", "").ok(200, "Events").in(&all)
	ask(t, h, h.Token, "GET", at+"/events?after=2", "").ok(200, "Events").in(&rest)
	if len(all.Events) < 4 || len(rest.Events) != len(all.Events)-2 || rest.Events[0].Seq != 3 {
		t.Errorf("%d events, %d after 2", len(all.Events), len(rest.Events))
	}
	ask(t, h, h.Token, "GET", at+"/events?after=-1", "").problem(400, wire.CodeBadMessage)
	ask(t, h, h.Token, "GET", at+"/events?after=1000", "").ok(200, "Events")

	req, err := http.NewRequestWithContext(t.Context(), "GET", h.URL()+at+"/events?after=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+h.Token.Reveal())
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Last-Event-ID", "2") // a browser that comes back says where it was
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	res, err := (&http.Client{Transport: tr}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%v", res.Header)
	}
	ask(t, h, h.Token, "POST", at+"/commands", `{"type":"end","id":"e"}`).ok(200, "Ack")
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for seq := int64(3); ; {
		if !lines.Scan() {
			t.Fatal("the stream ended before the interview", lines.Err())
		}
		if n, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			if n != fmt.Sprint(seq) {
				t.Fatalf("id %s, want %d", n, seq)
			}
			seq++
		}
		if b, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: ")); ok {
			servertest.Valid(t, "Event", b)
		}
		if lines.Text() == "event: completed" {
			break
		}
	}
	h.Stop() // ends the stream
	for end := time.Now().Add(patience); lines.Scan(); {
		if time.Now().After(end) {
			t.Fatal("the stream outlives the server")
		}
	}
}

func TestWhatIsPublic(t *testing.T) {
	h := servertest.Start(t, nil)
	for _, path := range []string{"/v1/openapi.json", "/v1/asyncapi.json", "/healthz", "/readyz"} {
		ask(t, h, wire.Secret{}, "GET", path, "").ok(200, "")
	}
	for _, path := range []string{"/v1/whoami", "/v1/banks", "/v1/interviews", "/v1/interviews/last", "/metrics"} {
		a := ask(t, h, wire.Secret{}, "GET", path, "").problem(401, wire.CodeForbidden)
		if !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%s: %v", path, a.header)
		}
		ask(t, h, wire.NewSecret(), "GET", path, "").problem(401, wire.CodeForbidden)
	}
	ask(t, h, h.Token, "GET", "/metrics", "").problem(403, wire.CodeForbidden)
}

func TestThePageIsForEverybody(t *testing.T) {
	h := servertest.Start(t, nil)
	for _, path := range []string{"/", "/web/main.js"} {
		a := ask(t, h, wire.Secret{}, "GET", path, "").ok(200, "")
		if !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", path, a.header)
		}
	}
	ask(t, h, wire.Secret{}, "POST", "/", "").problem(404, wire.CodeNotFound)
	without := servertest.Start(t, func(p *servertest.Parts) { p.Server.NoPage = true })
	for _, path := range []string{"/", "/web/main.js"} {
		ask(t, without, wire.Secret{}, "GET", path, "").problem(404, wire.CodeNotFound)
	}
}

func TestMetricsTellWhatHappened(t *testing.T) {
	h := servertest.Start(t, nil)
	l, id := begin(t, h, h.Token)
	l.send("answer", "a", session.Answer{Turn: 1, Text: facetest.Full})
	l.until("evaluation")
	l.raw("{")
	l.refused(wire.CodeBadJSON)
	l.raw(`{"type":"party <script>"}`)
	l.refused(wire.CodeUnknownType)
	ask(t, h, h.Token, "GET", "/v1/interviews/"+id+"<script>", "")
	text := string(ask(t, h, h.Host, "GET", "/metrics", "").ok(200, "").body)
	for _, want := range []string{
		`elios_transitions_total{from="IDLE",reason="started",to="QUESTIONING"} 1`,
		`elios_transitions_total{from="QUESTIONING",reason="answer_accepted",to="EVALUATING"} 1`,
		`elios_answers_total{result="accepted"} 1`, `elios_ack_seconds_count 2`, `elios_commit_seconds_count`,
		`elios_evaluation_seconds_count{evaluator="builtin",outcome="judged"} 1`, `elios_connections 1`,
		`elios_messages_total{dir="in",type="answer"} 1`, `elios_messages_total{dir="out",type="ack"}`, `elios_errors_total{code="bad_json"} 1`,
		`elios_messages_total{dir="in",type="unknown"}`, `elios_resumes_total 0`, `elios_takeovers_total 0`, `elios_fenced_total 0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if strings.Contains(text, "<script") || strings.Contains(text, id) {
		t.Error("metrics hold what a stranger sent")
	}
}
