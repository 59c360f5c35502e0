package ollama

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
)

// Client talks to one Ollama server. It is safe for concurrent use.
type Client struct {
	api    *api.Client
	server *url.URL
}

// NewClient makes a client of the server at an address, as ParseHost gives it. Nothing is sent yet.
func NewClient(server *url.URL) *Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	// No limit to a whole request: headers come only with the first word, after loading, waiting and
	// reading the prompt.
	return &Client{api: api.NewClient(server, &http.Client{Transport: t}), server: server}
}

// Server is the address the client talks to.
func (c *Client) Server() string { return c.server.String() }

func (c *Client) failure(model string) failure { return failure{model: model, server: c.Server()} }

// Version asks for the server's version.
func (c *Client) Version(ctx context.Context) (string, error) {
	v, err := c.api.Version(ctx)
	return v, c.failure("").explain(ctx, err)
}

// options are those of every request. The first two make the server load the model anew whenever
// they change, and the repeat penalty would count the prompt's words.
func (o Options) options(tokens int) map[string]any {
	return map[string]any{
		"num_ctx": o.Context, "num_predict": tokens,
		"temperature": 0, "seed": 1, "top_k": 1, "repeat_penalty": 1.0,
	}
}

// Options are what every request to a model has in common.
type Options struct {
	Context   int           // tokens of prompt and reply together
	KeepAlive time.Duration // how long the model stays in memory after a request
}

// DefaultOptions leave room for a rubric and a long answer.
var DefaultOptions = Options{Context: 8192, KeepAlive: 30 * time.Minute}

// wholeReply is a reply that came to its end.
type wholeReply struct {
	text   string
	reason string // "stop", or "length" when it was cut off
}

// asking is one request to a model.
type asking struct {
	model    string
	messages []api.Message
	format   json.RawMessage
	tokens   int
	on       func(string) // told every piece of the reply, may be nil
}

// chat sends a request and waits for the whole reply.
func (c *Client) chat(ctx context.Context, a asking, o Options, p Patience) (wholeReply, error) {
	return c.receive(ctx, a, p, func(ctx context.Context, take taker) error {
		no := false
		return c.api.Chat(ctx, &api.ChatRequest{
			Model: a.model, Messages: a.messages, Format: a.format, Options: o.options(a.tokens),
			KeepAlive: &api.Duration{Duration: o.KeepAlive}, Think: &api.ThinkValue{Value: false}, Truncate: &no, Shift: &no,
		}, func(piece api.ChatResponse) error { return take(piece.Message.Content, piece.Done, piece.DoneReason) })
	})
}

// generate is chat by the server's other way, which holds to the format where chat does not (models
// that think, some parsers).
func (c *Client) generate(ctx context.Context, a asking, o Options, p Patience) (wholeReply, error) {
	return c.receive(ctx, a, p, func(ctx context.Context, take taker) error {
		no := false
		system, prompt := joined(a.messages)
		return c.api.Generate(ctx, &api.GenerateRequest{
			Model: a.model, System: system, Prompt: prompt, Format: a.format, Options: o.options(a.tokens),
			KeepAlive: &api.Duration{Duration: o.KeepAlive}, Think: &api.ThinkValue{Value: false}, Truncate: &no, Shift: &no,
		}, func(piece api.GenerateResponse) error { return take(piece.Response, piece.Done, piece.DoneReason) })
	})
}

// taker takes a piece of a reply; the last one says why the reply ended.
type taker func(piece string, done bool, reason string) error

// receive puts a reply together while the watchdog looks on. One that ends without saying so is an
// error, although the library gives none.
func (c *Client) receive(ctx context.Context, a asking, p Patience, send func(context.Context, taker) error) (wholeReply, error) {
	ctx, dog, stop := watched(ctx, p.First, p.Idle)
	defer stop()
	var r wholeReply
	var b strings.Builder
	ended := false
	err := send(ctx, func(piece string, done bool, reason string) error {
		dog.touch()
		b.WriteString(piece)
		if a.on != nil && piece != "" {
			a.on(piece)
		}
		if done {
			ended, r.reason = true, reason
		}
		return nil
	})
	r.text = b.String()
	return r, c.ended(ctx, a.model, err, ended)
}

// ended tells a reply that is whole from one that broke off.
func (c *Client) ended(ctx context.Context, model string, err error, done bool) error {
	if err == nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	switch {
	case err != nil:
		return c.failure(model).explain(ctx, err)
	case !done:
		return c.failure(model).say(ErrDropped, nil)
	}
	return nil
}

// joined makes one prompt of messages, with the system's apart.
func joined(messages []api.Message) (system, prompt string) {
	var said []string
	for _, m := range messages {
		if m.Role == "system" {
			system = m.Content
		} else {
			said = append(said, m.Content)
		}
	}
	return system, strings.Join(said, "\n\n")
}

// load brings a model into memory. Calling it off would throw away what is loaded so far.
func (c *Client) load(ctx context.Context, model string, o Options, p Patience) error {
	ctx, cancel := context.WithTimeoutCause(ctx, p.Load, ErrSilent)
	defer cancel()
	done := false
	err := c.api.Chat(ctx, &api.ChatRequest{
		Model: model, Options: o.options(1), KeepAlive: &api.Duration{Duration: o.KeepAlive},
	}, func(r api.ChatResponse) error {
		done = done || r.Done
		return nil
	})
	return c.ended(ctx, model, err, done)
}

// unloadIn is how long a server may take to throw a model out.
const unloadIn = 10 * time.Second

// unload throws a model out of memory, and with it whatever hangs there.
func (c *Client) unload(ctx context.Context, model string) error {
	ctx, cancel := context.WithTimeout(ctx, unloadIn)
	defer cancel()
	return c.api.Chat(ctx, &api.ChatRequest{Model: model, KeepAlive: &api.Duration{}}, func(api.ChatResponse) error { return nil })
}

// loaded tells whether a model is in memory, with the context that will be asked for.
func (c *Client) loaded(ctx context.Context, model string, o Options) (bool, error) {
	running, err := c.api.ListRunning(ctx)
	if err != nil {
		return false, c.failure(model).explain(ctx, err)
	}
	for _, m := range running.Models {
		if tagged(m.Name) == tagged(model) {
			return m.ContextLength == 0 || m.ContextLength == o.Context, nil
		}
	}
	return false, nil
}

// tagged is a model's name with its tag.
func tagged(model string) string {
	if !strings.Contains(model[strings.LastIndexByte(model, '/')+1:], ":") {
		return model + ":latest"
	}
	return model
}
