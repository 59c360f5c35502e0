package main

import (
	"context"
	"math"
	"time"

	"github.com/elios/elios/internal/server"
	"github.com/elios/elios/internal/store"
)

// askWithin is how long a gauge may ask the database.
const askWithin = 2 * time.Second

// gauges are what metrics ask for each time they are read.
func (o *serveOptions) gauges(ctx context.Context, m *server.Metrics) {
	ask := func(value func(context.Context) (float64, error)) func() float64 {
		return func() float64 {
			ctx, cancel := context.WithTimeout(ctx, askWithin)
			defer cancel()
			v, err := value(ctx)
			if err != nil {
				o.log.Warn("gauge", "err", err)
				return math.NaN()
			}
			return v
		}
	}
	backlog := func(of func(store.Backlog) float64) func() float64 {
		return ask(func(ctx context.Context) (float64, error) {
			b, err := o.opened.Backlog(ctx, time.Now())
			return of(b), err
		})
	}
	m.Gauge("jobs_ready", "Evaluations that wait and that nobody makes.", backlog(func(b store.Backlog) float64 { return float64(b.Ready) }))
	m.Gauge("jobs_oldest_seconds", "How long the first of them has waited.", backlog(func(b store.Backlog) float64 { return b.Oldest.Seconds() }))
	m.Gauge("database_bytes", "Size of the database, its journal aside.", ask(func(ctx context.Context) (float64, error) {
		n, err := o.opened.Size(ctx)
		return float64(n), err
	}))
	m.Gauge("breaker_open", "Whether the model's server is given a rest: 0 no, 0.5 it is tried again, 1 yes.", o.breakerOpen)
}

// breakerOpen is the state of the model evaluator's breaker.
func (o *serveOptions) breakerOpen() float64 {
	for _, c := range o.closers {
		b, ok := c.(interface{ Breaker() string })
		if !ok {
			continue
		}
		switch b.Breaker() {
		case "open":
			return 1
		case "half-open":
			return 0.5
		}
	}
	return 0
}
