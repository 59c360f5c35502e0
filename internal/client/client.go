// Package client is interviews that run on a server, seen from here: the ports
// of package session over the protocol elios.v1. It goes on through broken
// connections, and what a candidate types while there is none is kept here.
package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// Options say which server, and who comes.
type Options struct {
	URL   string      // http or https
	Token wire.Secret // of the candidate
	// Pin is the server's key, for one whose certificate no authority has
	// signed, as Pin tells it; "": the system's authorities decide.
	Pin    string
	Drafts string // the folder of what was typed and has not reached the server; "": none is kept
	Agent  wire.Agent

	Dial func(ctx context.Context, network, addr string) (net.Conn, error) // nil: the system's
}

// Client is session.Interviews on a server. It is safe for concurrent use.
type Client struct {
	base   *url.URL
	opts   Options
	http   *http.Client
	drafts drafts
}

// New makes a client, which has not spoken to the server yet. Invalid for an
// address that is none.
func New(o Options) (*Client, error) {
	base, err := ParseURL(o.URL)
	if err != nil {
		return nil, err
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 4
	if o.Dial != nil {
		t.DialContext = o.Dial
	}
	if o.Pin != "" {
		if t.TLSClientConfig, err = pinned(o.Pin); err != nil {
			return nil, err
		}
	}
	t.ForceAttemptHTTP2 = false // the same connections carry WebSockets
	t.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	hc := &http.Client{
		Transport: t,
		// A token is not for whoever the server points to.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Client{base: base, opts: o, http: hc, drafts: drafts{dir: o.Drafts}}, nil
}

// ParseURL reads the address of a server, such as https://example.org or
// localhost:7777. Invalid.
func ParseURL(s string) (*url.URL, error) {
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err == nil && (u.Scheme == "ws" || u.Scheme == "wss") {
		u.Scheme = strings.Replace(u.Scheme, "ws", "http", 1)
	}
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return nil, session.Errorf(session.Invalid, "%q is not the address of a server; it looks like https://example.org or localhost:7777", s)
	}
	u.RawQuery, u.Fragment = "", ""
	u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "/v1/ws"), "/")
	return u, nil
}

// Close gives idle connections back.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

// HTTP is the client that requests go through, with the key it trusts.
func (c *Client) HTTP() *http.Client { return c.http }

// Base is the address of the server.
func (c *Client) Base() *url.URL {
	u := *c.base
	return &u
}

// Server names the server for people.
func (c *Client) Server() string { return c.base.String() }

// WhoAmI tells what the server knows of the token.
func (c *Client) WhoAmI(ctx context.Context) (wire.WhoAmI, error) {
	var out wire.WhoAmI
	err := c.get(ctx, "/v1/whoami", nil, &out)
	return out, err
}

// List summarises interviews, latest activity first.
func (c *Client) List(ctx context.Context, f session.Filter) ([]session.Summary, error) {
	var out wire.Interviews
	err := c.get(ctx, "/v1/interviews", queryOf(f), &out)
	return out.Interviews, err
}

// Create makes an interview, still IDLE, and enters it.
func (c *Client) Create(ctx context.Context, s session.Settings) (session.Room, error) {
	return c.create(ctx, wire.CreateOf(s))
}

// Invited makes the interview an invitation is for, or comes back to it.
func (c *Client) Invited(ctx context.Context) (session.Room, error) {
	return c.create(ctx, wire.Create{})
}

// Again makes a new interview of one question of an earlier one.
func (c *Client) Again(ctx context.Context, ref string, question int) (session.Room, error) {
	return c.create(ctx, wire.Create{Again: &session.Link{Interview: ref, Question: question}})
}

func (c *Client) create(ctx context.Context, asked wire.Create) (session.Room, error) {
	var snap session.Snapshot
	if err := c.send(ctx, http.MethodPost, "/v1/interviews", uuid.NewString(), asked, &snap); err != nil {
		return nil, err
	}
	return c.enter(ctx, snap.ID)
}

// Open enters an interview by id, unique prefix or "last".
func (c *Client) Open(ctx context.Context, ref string) (session.Room, error) {
	var snap session.Snapshot
	if err := c.get(ctx, pathOf(ref), nil, &snap); err != nil {
		return nil, err
	}
	return c.enter(ctx, snap.ID)
}

// Delete removes an interview for good.
func (c *Client) Delete(ctx context.Context, ref string) error {
	return c.send(ctx, http.MethodDelete, pathOf(ref), "", nil, nil)
}

// Banks lists the banks to choose from.
func (c *Client) Banks(ctx context.Context) ([]session.BankInfo, error) {
	var out wire.Banks
	err := c.get(ctx, "/v1/banks", nil, &out)
	return out.Banks, err
}

// Questions lists the questions of a bank.
func (c *Client) Questions(ctx context.Context, bank string) ([]session.QuestionInfo, error) {
	var out wire.Questions
	err := c.get(ctx, "/v1/banks/"+url.PathEscape(bank)+"/questions", nil, &out)
	return out.Questions, err
}

// Attempts gathers every answer to a question that is over, the earliest first.
func (c *Client) Attempts(ctx context.Context, f session.Filter) ([]session.Attempt, error) {
	var out wire.Attempts
	err := c.get(ctx, "/v1/banks/"+url.PathEscape(f.Bank)+"/questions/"+url.PathEscape(f.Asked)+"/attempts", nil, &out)
	return out.Attempts, err
}

// Report gathers what a report shows.
func (c *Client) Report(ctx context.Context, ref string) (session.Report, error) {
	var out session.Report
	err := c.get(ctx, pathOf(ref)+"/report", nil, &out)
	return out, err
}

func pathOf(ref string) string { return "/v1/interviews/" + url.PathEscape(ref) }

// queryOf asks for a list as the server reads it.
func queryOf(f session.Filter) url.Values {
	q := url.Values{}
	for name, s := range map[string]string{"bank": f.Bank, "topic": f.Topic, "asked": f.Asked} {
		if s != "" {
			q.Set(name, s)
		}
	}
	for name, on := range map[string]bool{"open": f.Open, "disputed": f.Disputed} {
		if on {
			q.Set(name, "true")
		}
	}
	for name, at := range map[string]time.Time{"since": f.Since, "until": f.Until} {
		if !at.IsZero() {
			q.Set(name, at.UTC().Format(time.RFC3339Nano))
		}
	}
	if f.Limit > 0 {
		q.Set("limit", fmt.Sprint(f.Limit))
	}
	return q
}

var _ session.Interviews = (*Client)(nil)
