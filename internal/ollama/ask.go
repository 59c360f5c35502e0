package ollama

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/sony/gobreaker/v2"

	"github.com/elios/elios/internal/session"
)

// asked is one thing to ask a model: the words, the shape of the reply, and who hears it arrive.
type asked struct {
	prompt prompt
	form   form
	hear   func() func(string) // makes a listener for each try; nil: nobody listens
}

// Tries of one request that failed in passing, and the pauses between them.
const (
	maxTries   = 3
	firstPause = 200 * time.Millisecond
	mostPause  = 2 * time.Second
)

// ask gets the fields of one reply. What a reply lacks is mended in the order of what it costs: cut
// off, it is asked for again with twice the room; not in the form, once more by the server's other
// way.
func (e *Evaluator) ask(ctx context.Context, a asked) (map[string]string, error) {
	c, room := e.cfg.Client, a.form.tokens()
	r, err := e.try(ctx, a, room, c.chat)
	if err == nil && r.reason == "length" {
		r, err = e.try(ctx, a, 2*room, c.chat)
	}
	if err != nil {
		return nil, err
	}
	in, why := a.read(r)
	if why == nil {
		return in, nil
	}
	if r.reason == "length" {
		return nil, e.failure().say(ErrCut, why)
	}
	if r, err = e.try(ctx, a, room, c.generate); err != nil {
		return nil, err
	}
	if in, why = a.read(r); why != nil {
		return nil, e.failure().say(ErrReply, why)
	}
	return in, nil
}

// read gives the fields of a reply. One that did not end by itself has none, even where what is
// there is a whole.
func (a asked) read(r wholeReply) (map[string]string, error) {
	if r.reason != "stop" {
		return nil, fmt.Errorf("it ended for the reason %q", r.reason)
	}
	return a.form.read(r.text)
}

// try sends one request, again when an error may pass by itself.
func (e *Evaluator) try(ctx context.Context, a asked, tokens int, by func(context.Context, asking, Options, Patience) (wholeReply, error)) (wholeReply, error) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = firstPause, mostPause
	stuck := false
	r, err := backoff.Retry(ctx, func() (wholeReply, error) {
		q := asking{model: e.cfg.Model, messages: a.prompt.messages(), format: a.form.schema(), tokens: tokens}
		if a.hear != nil {
			q.on = a.hear()
		}
		r, err := by(ctx, q, e.cfg.Options, e.cfg.Patience)
		if errors.Is(err, ErrSilent) && !stuck {
			stuck = true
			return r, e.unstick(err)
		}
		if err != nil && !passing(err) {
			return r, backoff.Permanent(err)
		}
		return r, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(maxTries))
	return r, unwrapped(err)
}

// unstick throws the model out of memory, so that the next try loads it anew: Ollama 0.17.4 hangs now and
// then after a client has left in the middle of a reply (about one time in forty), and stays so for
// whoever comes next. It gives the error that was met, to be tried again.
func (e *Evaluator) unstick(met error) error {
	if err := e.cfg.Client.unload(e.ctx, e.cfg.Model); err != nil {
		return backoff.Permanent(met)
	}
	return met
}

// unwrapped is the error without the retrying library's own around it.
func unwrapped(err error) error {
	var permanent *backoff.PermanentError
	if errors.As(err, &permanent) {
		return permanent.Unwrap()
	}
	return err
}

// The breaker opens after so many failures in a row and lets one through again a little later, within the
// pauses of a job, so that a candidate who says "retry" is not turned away by it: who
// waits for a dead server should be told at once.
const (
	failuresToOpen = 3
	openFor        = 2 * time.Second
)

func newBreaker() *gobreaker.CircuitBreaker[session.Judgement] {
	return gobreaker.NewCircuitBreaker[session.Judgement](gobreaker.Settings{
		Name: Name, Timeout: openFor,
		ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= failuresToOpen },
		// What this answer or this model does is no sign of the server's health.
		IsSuccessful: func(err error) bool {
			return err == nil || !passing(err) && !errors.Is(err, ErrSilent)
		},
		IsExcluded: func(err error) bool {
			return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
		},
	})
}

func (e *Evaluator) guarded(judge func() (session.Judgement, error)) (session.Judgement, error) {
	j, err := e.breaker.Execute(judge)
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return j, e.failure().say(ErrOpen, err)
	}
	return j, err
}

// Breaker tells whether the evaluator asks its server: closed (it does), open (it has failed too
// often, and rests), half-open (it tries again).
func (e *Evaluator) Breaker() string { return e.breaker.State().String() }
