package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// reply is what a request got.
type reply struct {
	p      *probe
	what   string
	status int
	header http.Header
	body   []byte
}

// request asks something, with the token unless headers say otherwise. One that
// came too soon after others is made again, as a client would.
func (p *probe) request(method, path, key string, body any, headers ...string) reply {
	for try := 0; ; try++ {
		r := p.requestOnce(method, path, key, body, headers...)
		if r.status != http.StatusTooManyRequests || try == 5 {
			return r
		}
		p.wait(r.retryAfter())
	}
}

// retryAfter is when the server wants to be asked again; 0 when it does not say.
func (r reply) retryAfter() time.Duration {
	seconds, _ := strconv.Atoi(r.header.Get("Retry-After"))
	return time.Duration(seconds) * time.Second
}

func (p *probe) requestOnce(method, path, key string, body any, headers ...string) reply {
	ctx, cancel := context.WithTimeout(p.ctx, 2*soon)
	defer cancel()
	res := p.ask(ctx, method, path, key, body, headers...)
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 64<<20))
	if err != nil {
		fail("%s %s: %v", method, path, err)
	}
	p.note(&p.came, fmt.Appendf(nil, "%d %s", res.StatusCode, b))
	p.keepsTokens(method+" "+path, b)
	return reply{p, method + " " + path, res.StatusCode, res.Header, b}
}

// ask sends a request. A body that is a json.RawMessage is sent as it is.
func (p *probe) ask(ctx context.Context, method, path, key string, body any, headers ...string) *http.Response {
	b, raw := body.(json.RawMessage)
	if !raw && body != nil {
		b = asBytes(body)
	}
	p.note(&p.sent, []byte(method+" "+path+" "+string(b)))
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
		fail("%s %s has no answer: %v", method, path, err)
	}
	p.watch("http %s %s %d", method, path, res.StatusCode)
	return res
}

// by is the header of another token than the target's.
func by(s wire.Secret) []string { return []string{"Authorization", "Bearer " + s.Reveal()} }

// is wants a status and a body of a schema ("": any).
func (r reply) is(status int, name string) reply {
	want(r.status == status, "%s: status %d, and %d was due: %s", r.what, r.status, status, short(r.body))
	if name == "" {
		return r
	}
	s, err := schema(name)
	if err == nil {
		err = valid(s, r.body)
	}
	if err != nil {
		fail("the answer to %s does not fit the schema %s: %s", r.what, name, misfits(err))
	}
	return r
}

// problem wants problem details of a code ("": any).
func (r reply) problem(status int, code wire.Code) wire.Error {
	r.is(status, "Problem")
	want(strings.HasPrefix(r.header.Get("Content-Type"), "application/problem+json"), "%s: the media type is %q, and application/problem+json was due", r.what, r.header.Get("Content-Type"))
	var e struct {
		wire.Error
		Status int `json:"status"`
	}
	_ = json.Unmarshal(r.body, &e) // fits its schema
	r.p.watch("problem %s", e.Code)
	want(code == "" || e.Code == code, "%s: the error is %s, and %s was due", r.what, e.Code, code)
	want(e.Status == status, "%s: the problem says status %d, and the status is %d", r.what, e.Status, status)
	wholeError(e.Error)
	return e.Error
}

// in reads the body.
func (r reply) in(v any) {
	if err := json.Unmarshal(r.body, v); err != nil {
		fail("%s: %v", r.what, err)
	}
}

// id is that of a snapshot.
func (r reply) id() string {
	var s session.Snapshot
	r.in(&s)
	return s.ID
}

// posted makes an interview by a request and gives its id.
func (p *probe) posted(c wire.Create) string {
	c.Bank = p.t.Bank
	a := p.request(http.MethodPost, "/v1/interviews", "k-"+uuid.NewString(), c).is(http.StatusCreated, "Snapshot")
	var made session.Snapshot
	a.in(&made)
	p.made = append(p.made, madeInterview{made.ID, p.t.Token})
	p.enough(c, made.Questions)
	return made.ID
}

// command sends a command by a request.
func (p *probe) command(id, key string, kind session.CommandType, data any) reply {
	m := wire.Message{Type: string(kind)}
	if data != nil {
		m.Data = asBytes(data)
	}
	return p.request(http.MethodPost, "/v1/interviews/"+id+"/commands", key, m)
}

// fetched makes a request of a token that may be refused; nil when it has no answer.
func (p *probe) fetched(ctx context.Context, method, path string, token wire.Secret) *reply {
	req, err := http.NewRequestWithContext(ctx, method, p.t.URL.String()+path, nil)
	if err != nil {
		return nil
	}
	req.Header.Set("Authorization", "Bearer "+token.Reveal())
	res, err := p.t.HTTP.Do(req)
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return nil
	}
	return &reply{p, method + " " + path, res.StatusCode, res.Header, b}
}
