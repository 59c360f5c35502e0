package conformance

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/elios/elios/internal/wire"
)

// Load is what a server is put under.
type Load struct {
	Interviews int           // at once
	Rate       float64       // answers a second over all of them; 0: each answers as soon as it is asked
	Duration   time.Duration // of the measurement
	Drop       float64       // the share of answers after which a client breaks its connection and comes back
	Idle       bool          // nobody answers: the interviews are only connected

	// Begin and End, where they are set, are called when the measurement begins and
	// when it ends, both times with every client connected.
	Begin, End func()
}

// Times are how long something took, over all of it.
type Times struct {
	Count int     `json:"count"`
	P50   float64 `json:"p50_ms"`
	P95   float64 `json:"p95_ms"`
	P99   float64 `json:"p99_ms"`
	Max   float64 `json:"max_ms"`
}

// Measured is what a load came to.
type Measured struct {
	Interviews int     `json:"interviews"`
	Seconds    float64 `json:"seconds"`
	Answers    int     `json:"answers"`
	PerSecond  float64 `json:"answers_per_second"`
	Ack        Times   `json:"ack"`        // from when the answer was due to its acknowledgement
	Evaluated  Times   `json:"evaluation"` // from the same moment to the evaluation
	Gaps       int     `json:"gaps"`       // events that were missing
	Duplicates int     `json:"duplicates"` // events that came twice
	Resumes    int     `json:"resumes"`
	Failures   int     `json:"failures"` // of connections, and errors told
	First      string  `json:"first_failure,omitempty"`
	Overdue    int     `json:"overdue"` // answers that were due for over a second at the end, and that nobody was free to hand in
	Left       int     `json:"left"`    // interviews of the load that could not be removed
}

// Progress is how far a load is.
type Progress struct {
	Connected int
	Answers   int
	Failures  int
	Elapsed   time.Duration
	Removing  int // interviews that are still to be removed, once the measurement is over
}

// loading is a load under way.
type loading struct {
	t     Target
	l     Load
	begin chan struct{}  // closed when all are connected
	turn  chan time.Time // when an answer is due; without a rate it is as soon as it is asked

	connected, answers, failures, gaps, duplicates, resumes atomic.Int64

	over atomic.Bool

	mu        sync.Mutex
	made      []string // interviews
	acks      []time.Duration
	evaluated []time.Duration
	first     error
}

// connecting is how many clients connect at once.
const connecting = 64

// apart is how many questions the first interview of a client has at most.
const apart = 14

// Run puts a server under load and measures; then it removes the interviews it has made.
// tell hears how far it is, a few times a second. It returns what was measured also with
// ctx's error.
func (l Load) Run(ctx context.Context, t Target, tell func(Progress)) (Measured, error) {
	run := &loading{t: t, l: l, begin: make(chan struct{}), turn: make(chan time.Time, l.mostDue())}
	work, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	slots := make(chan struct{}, connecting)
	for range l.Interviews {
		wg.Go(func() { run.client(work, slots) })
	}
	if err := run.connectAll(ctx, tell); err != nil {
		stop()
		wg.Wait()
		return run.ended(ctx, 0, tell), err
	}
	call(l.Begin)
	if l.Rate > 0 {
		wg.Go(func() { run.pace(work) })
	}
	begun := time.Now()
	close(run.begin)
	err := run.watch(ctx, begun, tell)
	took := time.Since(begun)
	run.over.Store(true) // what comes now is no part of it
	call(l.End)
	stop()
	wg.Wait()
	return run.ended(ctx, took, tell), err
}

// mostDue is how many answers may be due at once: all of them, should the server take
// none, but no more than fit into some memory.
func (l Load) mostDue() int {
	return max(l.Interviews, int(min(l.Rate*l.Duration.Seconds(), 1<<20)))
}

// ended removes what was made and gives what was measured.
func (r *loading) ended(ctx context.Context, took time.Duration, tell func(Progress)) Measured {
	m := r.measured(took)
	m.Overdue = r.overdue()
	m.Left = r.remove(ctx, tell)
	return m
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// every is how often progress is told.
const every = 250 * time.Millisecond

// connectAll waits until every client is connected.
func (r *loading) connectAll(ctx context.Context, tell func(Progress)) error {
	t := time.NewTicker(every)
	defer t.Stop()
	for int(r.connected.Load()) < r.l.Interviews {
		if n := int(r.failures.Load()); n > r.l.Interviews {
			return fmt.Errorf("connect: %w", r.firstFailure())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			tell(Progress{Connected: int(r.connected.Load()), Failures: int(r.failures.Load())})
		}
	}
	return nil
}

// watch tells how far it is until the time is over.
func (r *loading) watch(ctx context.Context, begun time.Time, tell func(Progress)) error {
	t := time.NewTicker(every)
	defer t.Stop()
	end := time.After(r.l.Duration)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-end:
			return nil
		case <-t.C:
			tell(Progress{Connected: int(r.connected.Load()), Answers: int(r.answers.Load()), Failures: int(r.failures.Load()), Elapsed: time.Since(begun)})
		}
	}
}

// pace says when answers are due, evenly, whether or not the server keeps up: a
// latency counts from there (no coordinated omission; G. Tene, "How NOT to Measure
// Latency", 2013).
func (r *loading) pace(ctx context.Context) {
	step := time.Duration(float64(time.Second) / r.l.Rate)
	t := time.NewTicker(max(step, time.Millisecond))
	defer t.Stop()
	for due := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case now := <-t.C:
			for ; !due.After(now); due = due.Add(step) {
				select {
				case r.turn <- due:
				case <-ctx.Done():
					return
				}
			}
		}
	}
}

// overdue counts the answers that nobody was free to hand in.
func (r *loading) overdue() (n int) {
	for {
		select {
		case due := <-r.turn:
			if time.Since(due) > time.Second {
				n++
			}
		default:
			return n
		}
	}
}

// wait waits until an answer is due; false when there will be none.
func (r *loading) wait(ctx context.Context) (time.Time, bool) {
	select {
	case <-r.begin:
	case <-ctx.Done():
		return time.Time{}, false
	}
	if r.l.Rate == 0 {
		return time.Now(), true
	}
	select {
	case due := <-r.turn:
		return due, true
	case <-ctx.Done():
		return time.Time{}, false
	}
}

// client has one interview after the other until ctx is done.
func (r *loading) client(ctx context.Context, slots chan struct{}) {
	first := true
	for ctx.Err() == nil {
		p := newPlayer(r)
		questions := 0
		if first && !r.l.Idle {
			questions = 1 + rand.IntN(apart) // else all end, and begin again, at the same time
		}
		slots <- struct{}{}
		err := ctx.Err()
		if err == nil {
			err = r.start(ctx, p, questions)
		}
		<-slots
		if err == nil {
			if first {
				first = false
				r.connected.Add(1)
			}
			err = p.play(ctx)
		}
		p.leave()
		if err != nil && ctx.Err() == nil {
			r.failed(err)
			select {
			case <-time.After(wire.FirstWait + rand.N(wire.FirstWait)):
			case <-ctx.Done():
			}
		}
	}
}

// start begins an interview, with a server that answers within a while. It goes on also
// when the load is over: else an interview would be left of which nobody knows.
func (r *loading) start(ctx context.Context, p *player, questions int) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), soon)
	defer cancel()
	err := p.start(ctx, questions)
	if p.id != "" {
		r.mu.Lock()
		r.made = append(r.made, p.id)
		r.mu.Unlock()
	}
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("an interview did not begin within %s: %w", soon, err)
	}
	return err
}

// took notes how long something took, in one of the lists.
func (r *loading) took(list *[]time.Duration, since time.Time) {
	if r.over.Load() {
		return
	}
	d := time.Since(since)
	r.mu.Lock()
	*list = append(*list, d)
	r.mu.Unlock()
}

func (r *loading) failed(err error) {
	r.failures.Add(1)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == nil {
		r.first = err
	}
}

func (r *loading) firstFailure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == nil {
		return errors.New("no client was let in")
	}
	return r.first
}

func (r *loading) measured(took time.Duration) Measured {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := Measured{
		Interviews: r.l.Interviews, Seconds: took.Seconds(), Answers: len(r.acks), Ack: timesOf(r.acks), Evaluated: timesOf(r.evaluated),
		Gaps: int(r.gaps.Load()), Duplicates: int(r.duplicates.Load()), Resumes: int(r.resumes.Load()), Failures: int(r.failures.Load()),
	}
	if took > 0 {
		m.PerSecond = float64(m.Answers) / took.Seconds()
	}
	if r.first != nil {
		m.First = r.first.Error()
	}
	return m
}

// timesOf sorts what it is given.
func timesOf(list []time.Duration) Times {
	if len(list) == 0 {
		return Times{}
	}
	slices.Sort(list)
	at := func(share float64) float64 {
		return float64(list[min(len(list)-1, int(share*float64(len(list))))].Microseconds()) / 1000
	}
	return Times{len(list), at(0.5), at(0.95), at(0.99), at(1)}
}
