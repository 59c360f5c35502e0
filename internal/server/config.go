package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"golang.org/x/time/rate"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// Tokens are those who may come.
type Tokens interface {
	// Token finds a token by the SHA-256 of its secret, in hexadecimal; revoked
	// and expired ones too. NotFound.
	Token(ctx context.Context, hash string) (session.Token, error)
	// Tokens lists every token, the oldest first.
	Tokens(ctx context.Context) ([]session.Token, error)
}

// Config is what a Server is made of. Interviews and Tokens are needed.
type Config struct {
	Interviews session.Interviews
	Tokens     Tokens
	Settings   session.Settings // of an interview that asks for nothing else

	Version string // of the program
	Store   string // names the database, so that clients notice another one

	NoPage  bool     // there is no page for browsers
	Hosts   []string // names this server is asked for by; none: any
	Origins []string // pages of other hosts that may connect, such as https://example.org

	// Report writes a report in a format and says its media type; Invalid for a
	// format there is none of. nil: there are no reports but JSON.
	Report func(ctx context.Context, w io.Writer, r session.Report, format string) error
	// Sound reads a text aloud into a WAV file; nil: questions have no audio.
	Sound func(ctx context.Context, text string) ([]byte, error)
	// Ready says why the server cannot serve; nil: it can.
	Ready func(ctx context.Context) error

	// Retention is how long a complete interview made over the wire is kept; 0:
	// for ever.
	Retention time.Duration

	SendWithin time.Duration // for a client to take a message; 0: ten seconds
	Limits     Limits
	Metrics    *Metrics // nil: nobody counts
	Log        *slog.Logger
	LogAnswers bool // answers may stand in the log
	Now        func() time.Time
}

// Limits keep one client from taking what others need. Those of a token do not
// hold for a host's.
type Limits struct {
	Connections   int // at once, in all
	Strangers     int // connections at once that have not said hello yet
	PerToken      int // connections of a token at once
	Interviews    int // in progress at once, in all; 0: any number
	PerTokenOpen  int // interviews of a token that are not COMPLETE
	PerTokenQueue int // evaluations of a token that run or wait

	Messages      rate.Limit // a second, of a connection
	Burst         int
	TokenMessages rate.Limit // a second, of all connections and requests of a token
	TokenBurst    int

	HelloWithin time.Duration // for the first message
	PingEvery   time.Duration // between heartbeats, at which the token is looked at again
	PongWithin  time.Duration // for the answer to one
}

// DefaultLimits suit a machine of two cores.
var DefaultLimits = Limits{
	Connections: 10_000, Strangers: 256, PerToken: 32, PerTokenOpen: 32, PerTokenQueue: 8,
	Messages: 100, Burst: 200, TokenMessages: 200, TokenBurst: 400,
	HelloWithin: wire.HelloWithin, PingEvery: wire.PingEvery, PongWithin: wire.PongWithin,
}

func (c *Config) fill() error {
	if c.Interviews == nil || c.Tokens == nil {
		return errors.New("server: interviews and tokens are needed")
	}
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits
	}
	if c.SendWithin <= 0 {
		c.SendWithin = sendWithin
	}
	if c.Metrics == nil {
		c.Metrics = NewMetrics()
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Ready == nil {
		c.Ready = func(context.Context) error { return nil }
	}
	return nil
}
