// Package conformance holds a server against the protocol elios.v1, from the
// outside: it is a client that does right and wrong on purpose and looks at what
// comes back. It is also the load that a server is measured under.
package conformance

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
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

	// What only some checks need. They are skipped without it.
	Others  Tokens
	Failing string                          // an answer that the server's evaluator fails to judge
	Restart func(ctx context.Context) error // stops the server and starts it again
	// Watch hears of everything that is sent and seen, by the name of the check.
	// nil: nobody listens.
	Watch func(check, what string)
}

// Tokens are further ones, each of another kind than Target.Token. Any may be
// missing.
type Tokens struct {
	Candidate  wire.Secret // another candidate's
	Observer   wire.Secret
	Host       wire.Secret
	Invitation wire.Secret
	Expired    wire.Secret
	Revoked    wire.Secret
}

// Check is one thing a server has to do.
type Check struct {
	Name  string // group/what
	Says  string // the sentence of docs/protocol.md that it checks
	Slow  bool   // it waits for a time the protocol names
	Alone bool   // it takes what the others need, or has to be the latest
	run   func(p *probe)
}

// Result is what became of a check.
type Result struct {
	Check
	Err  error  // nil: the server does as it should; else mostly a *Fault
	Skip string // why the check could not be made, "" when it was
	Took time.Duration
}

// Checks lists every check, by group.
func Checks() []Check {
	var all []Check
	for _, group := range [][]Check{
		handshake, frames, messages, creating, interview, exams, timing, telling, drafts, once, resuming, scopes, plainHTTP, streams, limits, restarting,
	} {
		all = append(all, group...)
	}
	return all
}

// atOnce is how many checks run side by side.
const atOnce = 6

// Run makes checks and tells each result as it comes: the slow ones first, side
// by side with the rest, then those that have to be alone. It returns when all
// are done, or with ctx's error.
func Run(ctx context.Context, t Target, checks []Check, tell func(Result)) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	slots := make(chan struct{}, atOnce)
	do := func(c Check) {
		begun := time.Now()
		skip, err := one(ctx, t, c)
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() == nil { // else it was not the server's fault
			tell(Result{c, err, skip, time.Since(begun)})
		}
	}
	for _, slow := range []bool{true, false} {
		for _, c := range checks {
			if c.Alone || c.Slow != slow {
				continue
			}
			if slow { // it waits, and takes nobody's place
				wg.Go(func() { do(c) })
				continue
			}
			select {
			case slots <- struct{}{}:
				wg.Go(func() { defer func() { <-slots }(); do(c) })
			case <-ctx.Done():
			}
		}
	}
	wg.Wait()
	for _, c := range checks {
		if c.Alone && ctx.Err() == nil {
			do(c)
		}
	}
	return ctx.Err()
}

// within is how long a check may take besides evaluations.
const within = 60 * time.Second

// one makes a check. A fault is what it throws.
func one(ctx context.Context, t Target, c Check) (skip string, err error) {
	ctx, cancel := context.WithTimeout(ctx, within+10*t.Patience)
	defer cancel()
	p := &probe{ctx: ctx, t: t, name: c.Name}
	defer p.close()
	defer func() {
		switch v := recover().(type) {
		case nil:
		case skipped:
			skip = string(v)
		case *Fault:
			v.Sent, v.Came = p.excerpts()
			v.Found = p.masked(v.Found)
			err = v
		default: // what came is not even what the check goes on with
			f := &Fault{Found: fmt.Sprintf("what came lacks something that has to be there (%v)", v)}
			f.Sent, f.Came = p.excerpts()
			err = f
		}
	}()
	c.run(p)
	return "", nil
}

// Fault is what is wrong with a server. A check reads as the dialogue it is; it
// throws a fault where that goes wrong.
type Fault struct {
	Found string // what was due, and what came instead
	Sent  string // the last that was sent, shortened; "" for nothing
	Came  string // the last that came
}

func (f *Fault) Error() string { return f.Found }

// skipped is what a check throws when it cannot be made.
type skipped string

// fail ends a check.
func fail(format string, args ...any) { panic(&Fault{Found: fmt.Sprintf(format, args...)}) }

// skip ends a check that lacks something.
func skip(format string, args ...any) { panic(skipped(fmt.Sprintf(format, args...))) }

// want ends a check unless something holds.
func want(ok bool, format string, args ...any) {
	if !ok {
		fail(format, args...)
	}
}
