package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/wire"
)

// broken stands before a good server and does one thing wrong.
type broken struct {
	upstream *url.URL
	message  func(m wire.Message) []wire.Message // of the server
	toServer func(frame []byte) []byte           // of the client
	close    func(code websocket.StatusCode) websocket.StatusCode
	status   func(r *http.Request, status int) int // of plain HTTP
	body     func(r *http.Request, b []byte) []byte
	anyProto bool // subprotocols are not looked at
}

func (b *broken) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/v1/ws" {
		b.webSocket(w, r)
		return
	}
	proxy := httputil.NewSingleHostReverseProxy(b.upstream)
	proxy.FlushInterval = -1
	proxy.ModifyResponse = func(res *http.Response) error {
		if b.status != nil {
			res.StatusCode = b.status(r, res.StatusCode)
		}
		if b.body == nil || strings.Contains(res.Header.Get("Content-Type"), "event-stream") {
			return nil
		}
		old, err := io.ReadAll(res.Body)
		if err != nil {
			return err
		}
		text := b.body(r, old)
		res.Body = io.NopCloser(bytes.NewReader(text))
		res.ContentLength = int64(len(text))
		res.Header.Del("Content-Length")
		return nil
	}
	r.Host = b.upstream.Host
	proxy.ServeHTTP(w, r)
}

// webSocket relays a connection, wrongly.
func (b *broken) webSocket(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var offered []string
	if h := r.Header.Get("Sec-WebSocket-Protocol"); h != "" {
		offered = strings.Split(strings.ReplaceAll(h, " ", ""), ",")
	}
	header := http.Header{}
	if a := r.Header.Get("Authorization"); a != "" {
		header.Set("Authorization", a)
	}
	asked := offered
	if b.anyProto {
		asked = []string{wire.Subprotocol}
	}
	up, res, err := websocket.Dial(ctx, b.upstream.String()+"/v1/ws", &websocket.DialOptions{Subprotocols: asked, HTTPHeader: header})
	if err != nil {
		status := http.StatusBadGateway
		if res != nil {
			status = res.StatusCode
		}
		http.Error(w, "refused", status)
		return
	}
	defer up.CloseNow()
	down, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: append(offered, wire.Subprotocol), InsecureSkipVerify: true})
	if err != nil {
		return
	}
	defer down.CloseNow()
	up.SetReadLimit(-1)
	down.SetReadLimit(-1)
	go b.fromClient(ctx, cancel, down, up)
	b.fromServer(ctx, up, down)
}

func (b *broken) fromClient(ctx context.Context, cancel context.CancelFunc, down, up *websocket.Conn) {
	defer cancel()
	for {
		kind, frame, err := down.Read(ctx)
		if err != nil {
			return
		}
		if b.toServer != nil {
			if frame = b.toServer(frame); frame == nil {
				continue
			}
		}
		if up.Write(ctx, kind, frame) != nil {
			return
		}
	}
}

func (b *broken) fromServer(ctx context.Context, up, down *websocket.Conn) {
	for {
		kind, frame, err := up.Read(ctx)
		var ce websocket.CloseError
		if errors.As(err, &ce) {
			code := ce.Code
			if b.close != nil {
				code = b.close(code)
			}
			_ = down.Close(code, ce.Reason)
		}
		if err != nil {
			return
		}
		var m wire.Message
		if err := json.Unmarshal(frame, &m); err != nil {
			return
		}
		out := []wire.Message{m}
		if b.message != nil {
			out = b.message(m)
		}
		for _, m := range out {
			text, err := wire.Encode(m)
			if err != nil || down.Write(ctx, kind, text) != nil {
				return
			}
		}
	}
}

// only changes messages of a type.
func only(kind string, change func(wire.Message) []wire.Message) func(wire.Message) []wire.Message {
	return func(m wire.Message) []wire.Message {
		if m.Type == kind {
			return change(m)
		}
		return []wire.Message{m}
	}
}

// swap replaces words in the data of messages of a type.
func swap(kind, old, by string) func(wire.Message) []wire.Message {
	return only(kind, func(m wire.Message) []wire.Message {
		m.Data = []byte(strings.ReplaceAll(string(m.Data), old, by))
		return []wire.Message{m}
	})
}

func drop(wire.Message) []wire.Message    { return nil }
func twice(m wire.Message) []wire.Message { return []wire.Message{m, m} }

// becomes changes a close code.
func becomes(old, by websocket.StatusCode) func(websocket.StatusCode) websocket.StatusCode {
	return func(c websocket.StatusCode) websocket.StatusCode {
		if c == old {
			return by
		}
		return c
	}
}

// behind puts a broken server before a good one, and gives its address.
func behind(t *testing.T, h *servertest.Host, b *broken) string {
	t.Helper()
	var err error
	if b.upstream, err = url.Parse(h.URL()); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(b)
	t.Cleanup(srv.Close)
	return srv.URL
}

// TestEveryFaultIsFound breaks a server in one way after the other.
func testOld(t *testing.T) {
	h := host(t)
	for name, tc := range map[string]struct {
		b     broken
		found string // a check that has to fail
	}{
		"selects no subprotocol at all": {broken{anyProto: true}, "handshake/unknown-subprotocols"},
		"an event is missing":           {broken{message: only("question", drop)}, "interview/whole"},
		"an event comes twice":          {broken{message: only("state", twice)}, "resume/every-seq"},
		"an ack says no dup":            {broken{message: swap("ack", `,"dup":true`, "")}, "once/command"},
		"no acks":                       {broken{message: only("ack", drop)}, "interview/draft"},
		"the journal is told":           {broken{message: swap("created", `"questions":`, `"plan":["x"],"questions":`)}, "interview/whole"},
		"a field has another name":      {broken{message: swap("welcome", `"last_seq"`, `"lastSeq"`)}, "handshake/token-in-hello"},
		"an exam tells the score":       {broken{message: swap("evaluation", `"open":`, `"feedback":"Good.","open":`)}, "interview/exam"},
		"no pong":                       {broken{message: only("pong", drop)}, "messages/ping"},
		"pongs answer nothing":          {broken{message: only("pong", func(m wire.Message) []wire.Message { m.Re = ""; return []wire.Message{m} })}, "messages/ping"},
		"no bye":                        {broken{message: only("bye", drop)}, "handshake/no-token"},
		"errors name another code":      {broken{message: swap("error", `"unknown_type"`, `"bad_json"`)}, "messages/unknown-type"},
		"stale turns name no turn":      {broken{message: swap("error", `"turn":1`, `"turn":3`)}, "interview/stale-turn"},
		"nothing says what is allowed":  {broken{message: swap("error", `"allowed":`, `"permitted":`)}, "interview/states"},
		"rate limits name no time":      {broken{message: swap("error", `"retry_after_ms":`, `"later":`)}, "limits/messages"},
		"4401 is 1008":                  {broken{close: becomes(4401, 1008)}, "handshake/wrong-token"},
		"4400 is 1000":                  {broken{close: becomes(4400, 1000)}, "handshake/hello-first"},
		"4404 is 4403":                  {broken{close: becomes(4404, 4403)}, "handshake/unknown-interview"},
		"4426 is 1002":                  {broken{close: becomes(4426, 1002)}, "handshake/version"},
		"1003 is 1000":                  {broken{close: becomes(1003, 1000)}, "frames/binary"},
		"1007 is 1002":                  {broken{close: becomes(1007, 1002)}, "frames/utf-8"},
		"1009 is 1000":                  {broken{close: becomes(1009, 1000)}, "frames/too-big"},
		"duplicate keys are taken":      {broken{toServer: replaced(`"type":"ping","type":"end"`, `"type":"ping"`)}, "messages/duplicate-keys"},
		"after is not looked at":        {broken{toServer: replaced(`"after":2`, `"after":0`)}, "resume/every-seq"},
		"drafts are dropped":            {broken{toServer: replaced(`half a sentence`, `half`)}, "interview/draft"},
		"ids are not kept":              {broken{toServer: replaced(`"id":"a"`, `"id":"a`+strings.Repeat("x", 3)+`"`)}, "once/other-content"},
		"401 is 403": {broken{status: func(_ *http.Request, s int) int {
			if s == 401 {
				return 403
			}
			return s
		}}, "http/unauthorised"},
		"created is 200": {broken{status: func(_ *http.Request, s int) int {
			if s == 201 {
				return 200
			}
			return s
		}}, "http/interview"},
		"problems have no title":  {broken{body: renamed(`"title":`, `"name":`)}, "http/problems"},
		"events are not in order": {broken{body: renamed(`{"seq":1,`, `{"seq":9,`)}, "http/interview"},
		"no documents":            {broken{body: renamed(`{"asyncapi"`, `"asyncapi"`)}, "http/documents"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var list []conformance.Check
			for _, c := range conformance.Checks() {
				if c.Name == tc.found {
					list = append(list, c)
				}
			}
			if len(list) != 1 {
				t.Fatalf("there is no check %s", tc.found)
			}
			to := whole(t, behind(t, h, &tc.b), h)
			found := results(t, to, list)
			if found[tc.found].Err == nil {
				t.Errorf("%s did not find it", tc.found)
			}
			t.Log(found[tc.found])
		})
	}
}

// replaced changes what a client sends.
func replaced(old, by string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(by)) }
}

// renamed changes a body of plain HTTP.
func renamed(old, by string) func(*http.Request, []byte) []byte {
	return func(_ *http.Request, b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(by)) }
}
