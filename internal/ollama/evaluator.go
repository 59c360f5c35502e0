package ollama

import (
	"context"
	"crypto/rand"
	"sync"

	"github.com/sony/gobreaker/v2"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// Name is the evaluator's in settings, jobs and evaluations.
const Name = "ollama"

// Config is what an Evaluator is made of. Client and Model are needed; the rest has defaults.
type Config struct {
	Client   *Client
	Model    string
	Digest   string // of the model; looked up when it is empty
	Options  Options
	Patience Patience
	AtOnce   int // requests at a time, default 1
	Waiting  int // answers that may wait for their turn, default 16
}

// Evaluator judges with a model. It implements session.Evaluator and is safe for concurrent use.
type Evaluator struct {
	cfg     Config
	ctx     context.Context
	cancel  context.CancelFunc
	queue   *queue
	loader  loader
	breaker *gobreaker.CircuitBreaker[session.Judgement]
	key     []byte // of the fences around answers

	mu     sync.Mutex
	digest string
}

// New makes an evaluator. It sends nothing before it is asked to.
func New(cfg Config) *Evaluator {
	cfg.fill()
	e := &Evaluator{cfg: cfg, queue: newQueue(cfg.AtOnce, cfg.Waiting), key: make([]byte, 32), digest: cfg.Digest, breaker: newBreaker()}
	rand.Read(e.key) // never fails
	e.ctx, e.cancel = context.WithCancel(context.Background())
	e.loader.ctx, e.loader.load = e.ctx, e.load
	return e
}

func (c *Config) fill() {
	if c.Options == (Options{}) {
		c.Options = DefaultOptions
	}
	if c.Patience == (Patience{}) {
		c.Patience = DefaultPatience
	}
	if c.AtOnce <= 0 {
		c.AtOnce = 1
	}
	if c.Waiting <= 0 {
		c.Waiting = 16
	}
}

// Close calls everything off that is under way.
func (e *Evaluator) Close() error {
	e.cancel()
	return nil
}

// Info names the model. The digest is known from the first time the server was asked.
func (e *Evaluator) Info() session.EvaluatorInfo {
	e.mu.Lock()
	defer e.mu.Unlock()
	return session.EvaluatorInfo{Name: Name, Model: e.cfg.Model, Digest: e.digest, Version: PromptVersion}
}

// Evaluate judges everything said on a question. Besides ctx's own error it returns session errors
// of the kind Unavailable around one of this package's.
func (e *Evaluator) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if j, ok := trivial(r); ok {
		return j, nil
	}
	if emit == nil {
		emit = func(session.Partial) {}
	}
	of := len(r.Question.Criteria())
	leave, err := e.queue.enter(ctx, func() { emit(session.Partial{Phase: "queued", Of: of}) })
	if err != nil {
		return session.Judgement{}, e.queueError(err)
	}
	told := func(p session.Partial) {
		if ctx.Err() == nil {
			emit(p)
		}
	}
	return apart(ctx, func() (session.Judgement, error) {
		defer leave()
		return e.guarded(func() (session.Judgement, error) {
			if err := e.ready(ctx, func() { told(session.Partial{Phase: "loading", Of: of}) }); err != nil {
				return session.Judgement{}, err
			}
			return e.judge(ctx, r, told)
		})
	})
}

// apart lets work end by itself when nobody waits for it any more: it keeps its place in the queue until
// the server is free again.
func apart[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type result struct {
		v   T
		err error
	}
	done := make(chan result, 1)
	go func() {
		v, err := work()
		done <- result{v, err}
	}()
	select {
	case r := <-done:
		return r.v, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func (e *Evaluator) queueError(err error) error {
	if err == ErrQueue {
		return e.failure().say(ErrQueue, nil)
	}
	return err
}

func (e *Evaluator) failure() failure { return e.cfg.Client.failure(e.cfg.Model) }

// judge asks for the whole judgement, and once more for each point whose quote is none.
func (e *Evaluator) judge(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	p := newPrompt(r, e.key)
	in, err := e.ask(ctx, asked{prompt: p, form: p.form, hear: func() func(string) { return listen(r, emit) }})
	if err != nil {
		return session.Judgement{}, err
	}
	j := judgementOf(in, r)
	j.Verdicts = e.requote(ctx, p, j.Verdicts, r.Question.Criteria(), r.Answers)
	if r.FollowUp != nil {
		j.Own = e.requote(ctx, p, j.Own, r.FollowUp.Criteria(), r.Answers)
	}
	return j, ctx.Err()
}

// requote asks once more for every point that is said to be met without a quote that stands in an
// answer, each alone. What still has none becomes cannot_assess when the session checks it.
func (e *Evaluator) requote(ctx context.Context, p prompt, verdicts []rubric.Verdict, criteria []rubric.Criterion, answers []rubric.Answer) []rubric.Verdict {
	checked := rubric.Verify(criteria, verdicts, answers)
	for i, c := range criteria {
		if checked[i].Status != rubric.CannotAssess || checked[i].Reason != rubric.ReasonEvidence {
			continue
		}
		again := p
		again.said = append(append(again.said[:0:0], p.said[:len(p.said)-1]...), message("user", quoteTask(c)))
		in, err := e.ask(ctx, asked{prompt: again, form: pointFields("", []rubric.Criterion{c})})
		if err != nil {
			return verdicts // the others stand all the same
		}
		verdicts[i] = verdictsOf(in, "", []rubric.Criterion{c})[0]
	}
	return verdicts
}

// trivial settles an answer that says nothing without asking anybody: no words, fewer than three, or
// some way of "I don't know". What was met before stays met.
func trivial(r session.Request) (session.Judgement, bool) {
	if len(r.Answers) == 0 {
		return session.Judgement{}, false
	}
	last := r.Answers[len(r.Answers)-1].Text
	if !text.Trivial(last) && text.Words(last) >= rubric.MinQuoteWords {
		return session.Judgement{}, false
	}
	j := session.Judgement{Verdicts: allMissed(r.Question.Criteria())}
	if r.FollowUp != nil {
		j.Own = allMissed(r.FollowUp.Criteria())
	}
	return j, true
}

func allMissed(criteria []rubric.Criterion) []rubric.Verdict {
	out := make([]rubric.Verdict, len(criteria))
	for i, c := range criteria {
		out[i] = rubric.Verdict{Point: c.ID, Status: rubric.Missed, Confidence: rubric.High}
		if c.Leveled {
			out[i].Level = new(int)
		}
	}
	return out
}

var _ session.Evaluator = (*Evaluator)(nil)
