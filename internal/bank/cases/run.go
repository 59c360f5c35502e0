package cases

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/session"
)

// Evaluator is who judges a run, under the name results show.
type Evaluator struct {
	session.Evaluator
	Name    string // builtin, or a model
	Model   bool   // it may judge the same answer differently: a case is run several times
	Missing string // why it cannot be asked; Evaluator is nil then
}

// Options say what of the banks is run, and how.
type Options struct {
	Question    string  // only this one, by its id
	Case        string  // only this one, by its id
	Repeat      int     // runs of a case; 0: the bank's for a model, else 1
	PassRate    float64 // share of the runs that must pass; 0: the bank's
	Metamorphic bool    // also the checks made from the say sentences
	Workers     int     // judging side by side; 0: all processors, and 1 for a model
	// Progress is told how many of the cases and questions are done; from
	// many goroutines, but never from two at once.
	Progress func(done, of int)
}

// Run runs the cases of banks with each evaluator. What an evaluator cannot do
// stands in the report; the only error is that of a context that is done.
func Run(ctx context.Context, banks []*bank.Bank, evaluators []Evaluator, similarity session.Similarity, o Options) (*Report, error) {
	started := time.Now()
	r := &Report{}
	p := &progress{tell: o.Progress}
	var suites []*suite
	for _, b := range banks {
		for i, e := range evaluators {
			s, err := newSuite(b, e, similarity, o)
			if err != nil {
				return nil, err
			}
			s.first = i == 0
			suites = append(suites, s)
			p.of += len(s.work)
		}
	}
	for _, s := range suites {
		if err := s.run(ctx, p); err != nil {
			return nil, err
		}
		r.Suites = append(r.Suites, s.result())
	}
	r.Elapsed = time.Since(started)
	return r, nil
}

// suite is one bank with one evaluator, as it is run.
type suite struct {
	bank      *bank.Bank
	evaluator Evaluator
	judge     judge
	options   Options
	first     bool // of the bank's suites: it carries the warnings
	started   time.Time
	hash      string
	work      []func(context.Context) error // each writes to a place of its own
	cases     []*caseRun
	questions []*metamorphic
}

func newSuite(b *bank.Bank, e Evaluator, similarity session.Similarity, o Options) (*suite, error) {
	hash, err := b.Hash()
	if err != nil {
		return nil, err
	}
	s := &suite{bank: b, evaluator: e, judge: judge{e.Evaluator, similarity}, options: o, hash: hash}
	for i := range b.Questions {
		q := &b.Questions[i]
		if o.Question != "" && q.ID != o.Question {
			continue
		}
		for _, c := range q.Cases {
			if o.Case == "" || c.ID == o.Case {
				s.addCase(q, c)
			}
		}
		if o.Metamorphic && o.Case == "" && b.Test.Metamorphic && e.Missing == "" && readable(b) {
			m := &metamorphic{suite: s, question: q}
			s.questions = append(s.questions, m)
			s.work = append(s.work, m.run)
		}
	}
	return s, nil
}

// addCase plans a case, or notes that nobody can judge it.
func (s *suite) addCase(q *bank.Question, c bank.Case) {
	run := &caseRun{suite: s, question: q, c: c}
	run.result = CaseResult{
		Question: q.ID, Case: c.ID, Skipped: s.evaluator.Missing, Answer: q.AnswerText(c), Answers: c.Answers,
		Aim: aimOf(c.Expect), Tolerance: s.bank.Test.Tolerance, Runs: s.repeat(),
	}
	run.result.Needed = needed(s.repeat(), s.passRate())
	s.cases = append(s.cases, run)
	if s.evaluator.Missing == "" {
		s.work = append(s.work, run.run)
	}
}

func (s *suite) repeat() int {
	switch {
	case s.options.Repeat > 0:
		return s.options.Repeat
	case s.evaluator.Model:
		return max(s.bank.Test.Repeat, 1)
	}
	return 1
}

func (s *suite) passRate() float64 {
	if s.options.PassRate > 0 {
		return s.options.PassRate
	}
	return s.bank.Test.PassRate
}

// needed is how many of n runs have to pass: at least one, for a case that
// always fails proves nothing.
func needed(n int, rate float64) int {
	// The tolerance keeps 0.8 of 5 at 4, whatever the floats say.
	return max(1, int(math.Ceil(rate*float64(n)-1e-9)))
}

// workers is how many goroutines judge. A model works on one answer at a time.
func (s *suite) workers() int {
	switch {
	case s.options.Workers > 0:
		return s.options.Workers
	case s.evaluator.Model:
		return 1
	}
	return runtime.GOMAXPROCS(0)
}

// run does the work side by side. It stops at the first error.
func (s *suite) run(ctx context.Context, p *progress) error {
	s.started = time.Now()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(s.workers(), len(s.work)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(s.work)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				if err := s.work[i](ctx); err != nil {
					cancel(err)
					return
				}
				p.done()
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("test bank %s: %w", s.bank.ID, context.Cause(ctx))
	}
	return nil
}

func (s *suite) result() Suite {
	out := Suite{
		Bank: s.bank.Ref(), Hash: s.hash, Name: s.evaluator.Name, Skipped: s.evaluator.Missing,
		Questions: len(s.bank.Questions), Cases: []CaseResult{}, Warnings: s.warnings(), Elapsed: time.Since(s.started),
	}
	if s.evaluator.Missing == "" {
		out.Evaluator = s.evaluator.Info()
	}
	for _, c := range s.cases {
		out.Cases = append(out.Cases, c.result)
	}
	for _, m := range s.questions {
		out.Checks = append(out.Checks, m.results...)
	}
	if c, ok := s.othersCheck(); ok {
		out.Checks = append(out.Checks, c)
	}
	out.Points = s.points()
	return out
}
