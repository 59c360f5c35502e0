package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

const (
	requestWithin = 15 * time.Second // for one try
	tries         = 4
	maxAnswer     = 64 << 20 // bytes of an answer: a host's list or report may be long
)

// get asks for a value.
func (c *Client) get(ctx context.Context, path string, query url.Values, into any) error {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return c.send(ctx, http.MethodGet, path, "", nil, into)
}

// send makes a request, again where that may help: each one can be repeated
// without doing anything twice.
func (c *Client) send(ctx context.Context, method, path, id string, body, into any) error {
	var b []byte
	var err error
	if body != nil {
		if b, err = json.Marshal(body); err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
	}
	for n := range tries {
		err = c.once(ctx, method, path, id, b, into)
		var e *session.Error
		if err == nil || !errors.As(err, &e) || !again(e) || n == tries-1 {
			break
		}
		if !sleep(ctx, max(e.RetryAfter, wait(n))) {
			break
		}
	}
	return err
}

// again tells whether a request may be sent once more as it is.
func again(e *session.Error) bool {
	return e.Kind == session.Unreachable || e.RetryAfter > 0 && e.RetryAfter <= requestWithin
}

func (c *Client) once(ctx context.Context, method, path, id string, body []byte, into any) error {
	ctx, cancel := context.WithTimeout(ctx, requestWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.opts.Token.Reveal())
	if id != "" {
		req.Header.Set("Idempotency-Key", id)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return c.unreachable(ctx, err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case err != nil:
		return c.unreachable(ctx, err)
	case res.StatusCode >= 300:
		return c.problem(res, b)
	case into == nil:
		return nil
	}
	if err := json.Unmarshal(b, into); err != nil {
		return c.stranger(fmt.Errorf("%s %s: %w", method, path, err))
	}
	return nil
}

// problem is what the server refuses a request with.
func (c *Client) problem(res *http.Response, body []byte) error {
	var e wire.Error
	if err := json.Unmarshal(body, &e); err != nil || e.Code == "" {
		return c.stranger(fmt.Errorf("HTTP status %s", res.Status))
	}
	var p struct {
		Detail string `json:"detail"`
	}
	_ = json.Unmarshal(body, &p) // read a moment ago
	e.Message = p.Detail
	return e.Session()
}

// stranger is a server that does not speak as one of elios.
func (c *Client) stranger(err error) error {
	return &session.Error{Kind: session.Internal, Message: fmt.Sprintf("%s does not answer as a server of elios does (%v); is the address right?", c.base.Redacted(), err), Err: err}
}

// unreachable says that the server cannot be reached. What somebody called off
// is no fault of the server's.
func (c *Client) unreachable(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return context.Canceled
	}
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errOtherKey):
		return &session.Error{Kind: session.Forbidden, Message: errOtherKey.Error(), Err: err}
	case errors.As(err, &untrusted):
		return &session.Error{Kind: session.Forbidden, Err: err, Message: fmt.Sprintf(
			"the certificate of %s is not trusted (%v); where it is self-signed, give --pin as elios serve prints it", c.base.Redacted(), untrusted.Err)}
	}
	return &session.Error{Kind: session.Unreachable, Message: fmt.Sprintf("the server at %s cannot be reached (%s); is it running, and the address right?", c.base.Redacted(), cause(err)), Err: err}
}

// cause is the last thing that went wrong, without the address once more.
func cause(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no answer in time"
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
