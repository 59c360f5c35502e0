package conformance

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// Load is what a server is put under.
type Load struct {
	Interviews int           // at once
	Rate       float64       // answers a second over all of them; 0: each answers as soon as it is asked
	Duration   time.Duration // of the measurement
	Drop       float64       // the share of answers after which a client breaks its connection and comes back
	Idle       bool          // nobody answers: the interviews are only connected
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
	Interviews int           `json:"interviews"`
	Seconds    float64       `json:"seconds"`
	Answers    int           `json:"answers"`
	PerSecond  float64       `json:"answers_per_second"`
	Ack        Times         `json:"ack"`        // from when the answer was due to its acknowledgement
	Evaluated  Times         `json:"evaluation"` // from the same moment to the evaluation
	Gaps       int           `json:"gaps"`       // events that were missing
	Duplicates int           `json:"duplicates"` // events that came twice
	Resumes    int           `json:"resumes"`
	Failures   int           `json:"failures"` // of connections, and errors told
	First      string        `json:"first_failure,omitempty"`
	Took       time.Duration `json:"-"`
}

// Progress is how far a load is.
type Progress struct {
	Connected int
	Answers   int
	Failures  int
	Elapsed   time.Duration
}

// loading is a load under way.
type loading struct {
	t    Target
	l    Load
	turn chan time.Time // when an answer is due, nil without a rate

	connected, answers, failures, gaps, duplicates, resumes atomic.Int64

	mu        sync.Mutex
	acks      []time.Duration
	evaluated []time.Duration
	first     error
}

// connecting is how many clients connect at once.
const connecting = 64

// Run puts a server under load and measures. tell hears how far it is, a few
// times a second. It returns what was measured also with ctx's error.
func (l Load) Run(ctx context.Context, t Target, tell func(Progress)) (Measured, error) {
	run := &loading{t: t, l: l}
	work, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	begin := make(chan struct{})
	slots := make(chan struct{}, connecting)
	for range l.Interviews {
		wg.Go(func() { run.client(work, slots, begin) })
	}
	if err := run.connectAll(ctx, tell); err != nil {
		stop()
		wg.Wait()
		return run.measured(0), err
	}
	if l.Rate > 0 {
		run.turn = make(chan time.Time, l.Interviews)
		wg.Go(func() { run.pace(work) })
	}
	begun := time.Now()
	close(begin)
	err := run.watch(ctx, begun, tell)
	took := time.Since(begun)
	stop()
	wg.Wait()
	return run.measured(took), err
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
			tell(Progress{int(r.connected.Load()), int(r.answers.Load()), int(r.failures.Load()), time.Since(begun)})
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
				default: // everybody has work: the rate is more than they can take
				}
			}
		}
	}
}

// client has one interview after the other until ctx is done.
func (r *loading) client(ctx context.Context, slots chan struct{}, begin <-chan struct{}) {
	first := true
	for ctx.Err() == nil {
		c := &player{r: r}
		slots <- struct{}{}
		err := c.start(ctx)
		<-slots
		if err == nil {
			if first {
				first = false
				r.connected.Add(1)
			}
			select {
			case <-begin:
				err = c.play(ctx)
			case <-ctx.Done():
			}
		}
		c.leave()
		if err != nil && ctx.Err() == nil {
			r.failed(err)
			select {
			case <-time.After(wire.FirstWait + rand.N(wire.FirstWait)):
			case <-ctx.Done():
			}
		}
	}
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
		Interviews: r.l.Interviews, Seconds: took.Seconds(), Answers: int(r.answers.Load()), Ack: timesOf(r.acks), Evaluated: timesOf(r.evaluated),
		Gaps: int(r.gaps.Load()), Duplicates: int(r.duplicates.Load()), Resumes: int(r.resumes.Load()), Failures: int(r.failures.Load()), Took: took,
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

// player is one interview of a load.
type player struct {
	r    *loading
	ws   *websocket.Conn
	id   string
	seq  int64
	due  map[string]time.Time // by the id of the answer
	turn map[int]time.Time    // by the turn, until it is evaluated
}

// start connects, makes an interview and starts it.
func (p *player) start(ctx context.Context) error {
	p.due, p.turn = map[string]time.Time{}, map[int]time.Time{}
	if err := p.connect(ctx, wire.Hello{}); err != nil {
		return err
	}
	all, none := 0, 0
	// With a seed the server need not look at what was asked before: a candidate
	// has had a few interviews, this token thousands.
	asked := wire.Create{Bank: p.r.t.Bank, Count: &all, FollowUps: &none, Seed: 1 + rand.Uint64N(1<<62)}
	if err := p.send(ctx, wire.TypeCreate, uuid.NewString(), asked); err != nil {
		return err
	}
	m, err := p.wait(ctx, wire.TypeAck)
	if err != nil {
		return err
	}
	var ack wire.Ack
	if err := m.Into(&ack); err != nil {
		return err
	}
	p.id = ack.Interview
	return p.send(ctx, string(session.CmdStart), "start", nil)
}

func (p *player) connect(ctx context.Context, h wire.Hello) error {
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, p.r.t.URL.String()+"/v1/ws", &websocket.DialOptions{HTTPClient: p.r.t.HTTP, Subprotocols: []string{wire.Subprotocol}})
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	ws.SetReadLimit(wire.MaxServerFrame)
	p.ws = ws
	h.Token = p.r.t.Token
	m, err := wire.HelloMessage(h)
	if err != nil {
		return err
	}
	b, err := wire.Encode(m)
	if err != nil {
		return err
	}
	return p.ws.Write(ctx, websocket.MessageText, b)
}

func (p *player) leave() {
	if p.ws != nil {
		_ = p.ws.CloseNow() // a load does not wait for goodbyes
	}
}

func (p *player) send(ctx context.Context, kind, id string, data any) error {
	m, err := wire.New(kind, data)
	if err != nil {
		return err
	}
	m.ID = id
	b, err := wire.Encode(m)
	if err != nil {
		return err
	}
	return p.ws.Write(ctx, websocket.MessageText, b)
}

// next reads a message and counts its seq.
func (p *player) next(ctx context.Context) (wire.Message, error) {
	_, b, err := p.ws.Read(ctx)
	if err != nil {
		return wire.Message{}, fmt.Errorf("read: %w", err)
	}
	m, err := wire.Decode(b)
	if err != nil {
		return m, err
	}
	switch {
	case m.Seq == 0:
	case m.Seq <= p.seq:
		p.r.duplicates.Add(1)
	case m.Seq > p.seq+1:
		p.r.gaps.Add(1)
		p.seq = m.Seq
	default:
		p.seq = m.Seq
	}
	if m.Type == wire.TypeError {
		return m, fmt.Errorf("the server refuses: %s", strings.TrimSpace(string(m.Data)))
	}
	return m, nil
}

func (p *player) wait(ctx context.Context, kind string) (wire.Message, error) {
	for {
		m, err := p.next(ctx)
		if err != nil || m.Type == kind {
			return m, err
		}
	}
}

// play answers whatever is asked until the interview is complete.
func (p *player) play(ctx context.Context) error {
	for {
		m, err := p.next(ctx)
		if err != nil {
			return err
		}
		switch m.Type {
		case wire.TypeAck:
			p.acked(m.Re)
			if p.r.l.Drop > 0 && rand.Float64() < p.r.l.Drop {
				if err := p.comeBack(ctx); err != nil {
					return err
				}
			}
		case string(session.EvEvaluation):
			err = p.judged(m)
		case string(session.EvQuestion):
			err = p.answer(ctx, m)
		case string(session.EvCompleted):
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// answer hands an answer in when it is due.
func (p *player) answer(ctx context.Context, m wire.Message) error {
	var q session.QuestionAsked
	if err := m.Into(&q); err != nil {
		return err
	}
	due := time.Now()
	switch {
	case p.r.l.Idle:
		return nil
	case p.r.turn != nil:
		select {
		case due = <-p.r.turn:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	id := fmt.Sprint("a", q.Turn)
	p.due[id], p.turn[q.Turn] = due, due
	return p.send(ctx, string(session.CmdAnswer), id, session.Answer{Turn: q.Turn, Text: said})
}

func (p *player) acked(id string) {
	due, ok := p.due[id]
	if !ok {
		return
	}
	delete(p.due, id)
	p.r.answers.Add(1)
	p.r.mu.Lock()
	p.r.acks = append(p.r.acks, time.Since(due))
	p.r.mu.Unlock()
}

func (p *player) judged(m wire.Message) error {
	var j session.Judged
	if err := m.Into(&j); err != nil {
		return err
	}
	if due, ok := p.turn[j.Turn]; ok {
		delete(p.turn, j.Turn)
		p.r.mu.Lock()
		p.r.evaluated = append(p.r.evaluated, time.Since(due))
		p.r.mu.Unlock()
	}
	return nil
}

// comeBack breaks the connection and resumes.
func (p *player) comeBack(ctx context.Context) error {
	p.leave()
	p.r.resumes.Add(1)
	return p.connect(ctx, wire.Hello{Interview: p.id, After: p.seq})
}
