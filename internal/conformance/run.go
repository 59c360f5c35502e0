// Package conformance holds a server against the protocol elios.v1, from the
// outside: it is a client that does right and wrong on purpose and looks at what
// comes back. It is also the load that a server is measured under.
package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"sync"
	"time"

	"github.com/elios/elios/internal/wire"
)

// Target is the server to look at.
type Target struct {
	URL   *url.URL    // http or https
	Token wire.Secret // of a candidate or a host
	Bank  string      // to ask questions of, an id
	HTTP  *http.Client
	// Patience is how long an evaluation may take.
	Patience time.Duration
}

// Check is one thing a server has to do.
type Check struct {
	Name string // group/what
	Says string // the sentence of the protocol that it checks
	Slow bool   // it waits for a time the protocol names
	run  func(p *probe)
}

// Result is what became of a check.
type Result struct {
	Check
	Err  error // nil: the server does as it should
	Took time.Duration
}

// Checks lists every check.
func Checks() []Check {
	var all []Check
	for _, group := range [][]Check{handshake, frames, messages, interview, once, resuming, plainHTTP, limits} {
		all = append(all, group...)
	}
	return all
}

// atOnce is how many checks run side by side.
const atOnce = 4

// Run makes checks and tells each result as it comes. It returns when all are
// done, or with ctx's error.
func Run(ctx context.Context, t Target, checks []Check, tell func(Result)) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	slots := make(chan struct{}, atOnce)
	for _, c := range checks {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			wg.Wait()
			return ctx.Err()
		}
		wg.Go(func() {
			defer func() { <-slots }()
			begun := time.Now()
			err := one(ctx, t, c)
			mu.Lock()
			defer mu.Unlock()
			tell(Result{c, err, time.Since(begun)})
		})
	}
	wg.Wait()
	return ctx.Err()
}

// within is how long a check may take besides evaluations.
const within = 60 * time.Second

// one makes a check. A fault is what it throws.
func one(ctx context.Context, t Target, c Check) (err error) {
	ctx, cancel := context.WithTimeout(ctx, within+10*t.Patience)
	defer cancel()
	p := &probe{ctx: ctx, t: t}
	defer p.close()
	defer func() {
		switch v := recover().(type) {
		case nil:
		case fault:
			err = errors.New(string(v))
		default:
			err = fmt.Errorf("the check itself failed: %v\n%s", v, debug.Stack())
		}
	}()
	c.run(p)
	return nil
}

// fault is what a check throws when the server does not do as it should. A check
// reads as the dialogue it is; it ends where that goes wrong.
type fault string

// fail ends a check.
func fail(format string, args ...any) { panic(fault(fmt.Sprintf(format, args...))) }

// want ends a check unless something holds.
func want(ok bool, format string, args ...any) {
	if !ok {
		fail(format, args...)
	}
}
