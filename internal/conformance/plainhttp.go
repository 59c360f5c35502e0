package conformance

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// plainHTTP is the same interviews without a WebSocket.
var plainHTTP = []Check{
	{Name: "http/unauthorised", Says: "without a token: 401 and problem details", run: func(p *probe) {
		for _, path := range []string{"/v1/interviews", "/v1/banks", "/v1/whoami"} {
			a := p.request(http.MethodGet, path, "", nil, "Authorization", "")
			a.problem(http.StatusUnauthorized, "")
			want(a.header.Get("WWW-Authenticate") != "", "%s: no WWW-Authenticate", path)
		}
	}},
	{Name: "http/interview", Says: "create, command, draft, snapshot, events and report", run: httpInterview},
	{Name: "http/idempotency", Says: "the Idempotency-Key is the message's id", run: func(p *probe) {
		key := uuid.NewString()
		one := 1
		create := wire.Create{Bank: p.t.Bank, Count: &one}
		a := p.request(http.MethodPost, "/v1/interviews", key, create).is(http.StatusCreated, "Snapshot")
		b := p.request(http.MethodPost, "/v1/interviews", key, create).is(http.StatusOK, "Snapshot")
		want(a.id() == b.id(), "it made two interviews")
		two := 2
		p.request(http.MethodPost, "/v1/interviews", key, wire.Create{Bank: p.t.Bank, Count: &two}).problem(http.StatusConflict, wire.CodeIDReused)
		p.request(http.MethodPost, "/v1/interviews", "", create).problem(http.StatusBadRequest, wire.CodeBadMessage)
	}},
	{Name: "http/stream", Says: "server-sent events, with id = seq", run: httpStream},
	{Name: "http/problems", Says: "errors as problem+json", run: func(p *probe) {
		p.request(http.MethodGet, "/v1/interviews/00000000-0000-0000-0000-000000000000", "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodPost, "/v1/interviews", "x"+uuid.NewString(), wire.Create{Bank: "no-such-bank"}).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodPost, "/v1/interviews", "x"+uuid.NewString(), json.RawMessage(`{"bank":`+"\"x\",\"bank\":\"y\"}")).problem(http.StatusBadRequest, wire.CodeBadMessage)
		p.request(http.MethodPost, "/v1/interviews", "x"+uuid.NewString(), json.RawMessage(`"`+strings.Repeat("x", wire.MaxClientFrame)+`"`)).problem(http.StatusRequestEntityTooLarge, wire.CodeTooLong)
	}},
	{Name: "http/documents", Says: "the documents and the health are served without a token", run: func(p *probe) {
		for _, path := range []string{"/v1/openapi.json", "/v1/asyncapi.json"} {
			a := p.request(http.MethodGet, path, "", nil, "Authorization", "").is(http.StatusOK, "")
			want(json.Valid(a.body), "%s is no JSON", path)
		}
		for _, path := range []string{"/healthz", "/readyz"} {
			p.request(http.MethodGet, path, "", nil, "Authorization", "").is(http.StatusOK, "")
		}
	}},
}

// reply is what a request got.
type reply struct {
	what   string
	status int
	header http.Header
	body   []byte
}

// request asks something, with the token unless headers say otherwise.
func (p *probe) request(method, path, key string, body any, headers ...string) reply {
	res := p.ask(p.ctx, method, path, key, body, headers...)
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 64<<20))
	if err != nil {
		fail("%s %s: %v", method, path, err)
	}
	return reply{method + " " + path, res.StatusCode, res.Header, b}
}

func (p *probe) ask(ctx context.Context, method, path, key string, body any, headers ...string) *http.Response {
	var b []byte
	if body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			b, _ = body.(json.RawMessage) // meant to be wrong
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, p.t.URL.String()+path, bytes.NewReader(b))
	if err != nil {
		fail("%v", err)
	}
	req.Header.Set("Authorization", "Bearer "+p.t.Token.Reveal())
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			req.Header.Del(headers[i])
		}
	}
	res, err := p.t.HTTP.Do(req)
	if err != nil {
		fail("%s %s: %v", method, path, err)
	}
	return res
}

// is wants a status and a body of a schema ("": any).
func (r reply) is(status int, name string) reply {
	want(r.status == status, "%s: status %d, and %d was due: %s", r.what, r.status, status, short(r.body))
	if name == "" {
		return r
	}
	s, err := schema(name)
	if err == nil {
		var v any
		if v, err = jsonschema.UnmarshalJSON(bytes.NewReader(r.body)); err == nil {
			err = s.Validate(v)
		}
	}
	if err != nil {
		fail("%s does not fit the schema %s: %s", r.what, name, firstLines(err.Error()))
	}
	return r
}

// problem wants problem details of a code ("": any).
func (r reply) problem(status int, code wire.Code) {
	r.is(status, "Problem")
	want(strings.HasPrefix(r.header.Get("Content-Type"), "application/problem+json"), "%s: the media type is %s", r.what, r.header.Get("Content-Type"))
	var e wire.Error
	_ = json.Unmarshal(r.body, &e) // fits its schema
	want(code == "" || e.Code == code, "%s: the error is %s, and %s was due", r.what, e.Code, code)
}

// id is that of a snapshot.
func (r reply) id() string {
	var s session.Snapshot
	_ = json.Unmarshal(r.body, &s) // fits its schema
	return s.ID
}

// httpInterview has an interview by requests alone.
func httpInterview(p *probe) {
	one := 1
	id := p.request(http.MethodPost, "/v1/interviews", uuid.NewString(), wire.Create{Bank: p.t.Bank, Count: &one}).is(http.StatusCreated, "Snapshot").id()
	at := "/v1/interviews/" + id
	p.request(http.MethodGet, "/v1/whoami", "", nil).is(http.StatusOK, "WhoAmI")
	p.request(http.MethodGet, "/v1/banks", "", nil).is(http.StatusOK, "Banks")
	p.request(http.MethodGet, "/v1/interviews?limit=3", "", nil).is(http.StatusOK, "Interviews")
	p.request(http.MethodPost, at+"/commands", "start", wire.Message{Type: "start"}).is(http.StatusOK, "Ack")
	p.request(http.MethodPut, at+"/draft", "", wire.Draft{Turn: 1, Text: "half"}).is(http.StatusNoContent, "")
	p.request(http.MethodPost, at+"/commands", "resume", wire.Message{Type: "resume"}).problem(http.StatusConflict, wire.CodeInvalidState)
	p.request(http.MethodPost, at+"/commands", "end", wire.Message{Type: "end"}).is(http.StatusOK, "Ack")
	p.request(http.MethodGet, at, "", nil).is(http.StatusOK, "Snapshot")
	var all, rest wire.Events
	_ = json.Unmarshal(p.request(http.MethodGet, at+"/events?after=0", "", nil).is(http.StatusOK, "Events").body, &all)
	_ = json.Unmarshal(p.request(http.MethodGet, at+"/events?after=2", "", nil).is(http.StatusOK, "Events").body, &rest)
	want(len(all.Events) > 3 && len(rest.Events) == len(all.Events)-2, "%d events, and %d after 2", len(all.Events), len(rest.Events))
	for i, e := range all.Events {
		want(e.Seq == int64(i+1), "event %d stands at place %d", e.Seq, i+1)
	}
	p.request(http.MethodGet, at+"/report", "", nil).is(http.StatusOK, "Report")
}

// httpStream reads server-sent events while the interview goes on.
func httpStream(p *probe) {
	_, id := p.begun(wire.Create{})
	ctx, cancel := context.WithTimeout(p.ctx, 2*soon)
	defer cancel()
	res := p.ask(ctx, http.MethodGet, "/v1/interviews/"+id+"/events", "", nil, "Accept", "text/event-stream", "Last-Event-ID", "1")
	defer res.Body.Close()
	want(strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream"), "the media type is %s", res.Header.Get("Content-Type"))
	p.request(http.MethodPost, "/v1/interviews/"+id+"/commands", "end", wire.Message{Type: "end"}).is(http.StatusOK, "Ack")
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, wire.MaxServerFrame+1024)
	for seq := 2; lines.Scan(); {
		text, ok := strings.CutPrefix(lines.Text(), "id: ")
		if !ok {
			if strings.HasPrefix(lines.Text(), "data: ") && strings.Contains(lines.Text(), `"type":"completed"`) {
				return
			}
			continue
		}
		want(text == fmt.Sprint(seq), "id %s came, and %d was due", text, seq)
		seq++
	}
	fail("the stream ended before the interview: %v", lines.Err())
}
