package engine

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"github.com/elios/elios/internal/session"
)

// maxAttempts is how often an evaluation is tried before elios waits for the
// candidate.
const maxAttempts = 3

// running is an evaluation this process is doing.
type running struct {
	job    session.Job
	cancel context.CancelFunc
	done   chan struct{}
}

// jobFor says what a commit does to the interview's job. A job this process
// can do is claimed in the same transaction: that saves a commit an answer.
func (r *room) jobFor(next *session.Interview, events []session.Event, now time.Time) session.JobChange {
	for i := len(events) - 1; i >= 0; i-- {
		switch data := events[i].Data.(type) {
		case session.Completed, session.Judged, session.TurnSkipped:
			return session.JobChange{Remove: true}
		case session.AnswerAccepted, session.Retried, session.EvaluatorChanged:
			return session.JobChange{Put: r.newJob(next, now, 1)}
		case session.JudgingFailed:
			if data.RetryAt.IsZero() {
				return session.JobChange{Remove: true}
			}
			return session.JobChange{Put: r.newJob(next, data.RetryAt, data.Attempt+1)}
		}
	}
	return session.JobChange{}
}

func (r *room) newJob(next *session.Interview, runAt time.Time, attempt int) *session.Job {
	j := &session.Job{Interview: r.id, Turn: next.Turn, Evaluator: next.Evaluator.Name, RunAt: runAt, Attempt: attempt}
	if _, ok := r.e.evaluator(j.Evaluator); ok {
		j.Owner, j.Lease = r.e.cfg.Owner, r.e.now().Add(r.e.cfg.Lease)
	}
	return j
}

// stopJob calls the running evaluation off; its result is fenced anyway.
func (r *room) stopJob() {
	if r.job != nil {
		r.job.cancel()
		r.job = nil
	}
}

// dropJob calls the running evaluation off when another process has moved the
// interview beyond it. A pause or a mark is no reason.
func (r *room) dropJob() {
	if r.job == nil {
		return
	}
	j := r.job.job
	if r.iv.State != session.Evaluating || r.iv.Turn != j.Turn || r.iv.Evaluator.Name != j.Evaluator {
		r.stopJob()
	}
}

// startJob runs a claimed job. r.mu is held.
func (r *room) startJob(j session.Job) {
	if r.gone != nil {
		return
	}
	ctx, cancel := context.WithCancel(r.e.ctx)
	run := &running{job: j, cancel: cancel, done: make(chan struct{})}
	r.job = run
	req := session.NewRequest(r.iv, j.Turn)
	r.e.wg.Go(func() {
		defer close(run.done)
		defer cancel()
		r.run(ctx, run, req)
	})
}

// run waits for the job's time, judges, and commits what came of it. When it
// is called off the job is given back, so that the next process need not wait
// for the lease.
func (r *room) run(ctx context.Context, run *running, req session.Request) {
	stop := r.keepAlive(ctx, run)
	defer stop()
	if !sleep(ctx, run.job.RunAt.Sub(r.e.now())) {
		r.calledOff(run)
		return
	}
	started := time.Now()
	cmd := r.judge(ctx, run.job, req, started)
	r.meter(ctx, run.job, cmd, started)
	if ctx.Err() != nil {
		r.calledOff(run)
		return
	}
	r.finish(run, cmd)
}

// meter tells what became of an evaluation.
func (r *room) meter(ctx context.Context, j session.Job, cmd session.Command, started time.Time) {
	outcome := "judged"
	if _, failed := cmd.(session.EvaluationFailed); failed {
		outcome = "failed"
	}
	if ctx.Err() != nil {
		outcome = "cancelled"
	}
	if ev, ok := r.e.evaluator(j.Evaluator); ok {
		r.e.cfg.Meter.Evaluated(ev.Info(), outcome, time.Since(started))
	}
}

// calledOff makes room for whoever claims the job next, this process included.
func (r *room) calledOff(run *running) {
	r.release(run.job)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.job == run {
		r.job = nil
	}
}

// finish commits a result unless another process has taken the job over.
func (r *room) finish(run *running, cmd session.Command) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.job != run {
		return
	}
	_, err := r.do(context.WithoutCancel(r.e.ctx), cmd, nil, run.job.Epoch)
	if r.job == run {
		r.job = nil
	}
	if err != nil {
		if session.KindOf(err) == session.Conflict {
			r.e.cfg.Meter.Fenced()
		}
		// Fenced, or the store failed: when the job is still there it is
		// claimed again by whoever comes first, this process a little later.
		r.e.cfg.Log.Warn("evaluation not kept", "interview", r.id, "turn", run.job.Turn, "err", err)
		r.rest = r.e.now().Add(backoff(1))
		r.release(run.job)
	}
}

// release gives a job back after it was called off.
func (r *room) release(j session.Job) {
	err := r.e.cfg.Store.ReleaseJob(context.WithoutCancel(r.e.ctx), j)
	if err != nil && session.KindOf(err) != session.Conflict && session.KindOf(err) != session.NotFound {
		r.e.cfg.Log.Warn("job not released", "interview", r.id, "err", err)
	}
}

// judge calls the evaluator and makes a command of what it says.
func (r *room) judge(ctx context.Context, j session.Job, req session.Request, started time.Time) session.Command {
	ev, ok := r.e.evaluator(j.Evaluator)
	if !ok {
		return r.failed(j, session.Errorf(session.Unavailable, "there is no evaluator %q here", j.Evaluator))
	}
	judgement, err := r.guarded(ctx, ev, req, j.Attempt, started)
	if err != nil {
		return r.failed(j, err)
	}
	return session.Evaluated{
		Turn: j.Turn, By: ev.Info(), Judgement: judgement,
		Similarity: r.similarity(req), Elapsed: r.elapsed(started),
	}
}

// elapsed is how long a judgement took; a fixed clock stands still here too.
func (r *room) elapsed(started time.Time) time.Duration {
	if r.e.cfg.Replace {
		return 0
	}
	return time.Since(started)
}

// guarded keeps a panic of an evaluator from ending the program.
func (r *room) guarded(ctx context.Context, ev session.Evaluator, req session.Request, attempt int, started time.Time) (j session.Judgement, err error) {
	defer func() {
		if p := recover(); p != nil {
			r.e.cfg.Log.Error("evaluator panicked", "interview", r.id, "panic", p, "stack", string(debug.Stack()))
			err = session.Errorf(session.Internal, "the evaluator stopped unexpectedly")
		}
	}()
	return ev.Evaluate(ctx, req, r.partial(req, attempt, started))
}

func (r *room) similarity(req session.Request) (s float64) {
	defer func() {
		if p := recover(); p != nil {
			r.e.cfg.Log.Error("similarity panicked", "interview", r.id, "panic", p)
			s = 0
		}
	}()
	texts := make([]string, len(req.Answers))
	for i, a := range req.Answers {
		texts[i] = a.Text
	}
	return r.e.cfg.Similarity.Similarity(&req.Question, texts)
}

// failed says when an evaluation is tried again, if at all.
func (r *room) failed(j session.Job, err error) session.Command {
	f := session.EvaluationFailed{Turn: j.Turn, Why: why(err), Attempt: j.Attempt}
	if j.Attempt < maxAttempts {
		f.RetryAt = r.e.now().Add(backoff(j.Attempt))
	}
	return f
}

// backoff doubles from one second.
func backoff(attempt int) time.Duration { return time.Second << (attempt - 1) }

// why is the reason people read; strangers' words stay in the log.
func why(err error) string {
	if session.KindOf(err) == session.Internal {
		if _, ok := err.(*session.Error); !ok {
			return "the evaluator failed"
		}
	}
	return err.Error()
}

// partial shows a judgement as it arrives.
func (r *room) partial(req session.Request, attempt int, started time.Time) func(session.Partial) {
	r.mu.Lock()
	progress := session.NewProgress(r.iv, req.Turn)
	r.mu.Unlock()
	var mu sync.Mutex
	var unseen []session.Partial
	return func(p session.Partial) {
		mu.Lock()
		if p.Phase == "" && time.Since(started) < r.e.cfg.Unseen {
			unseen = append(unseen, p)
			mu.Unlock()
			return
		}
		for _, earlier := range unseen {
			progress.Add(earlier)
		}
		unseen = nil
		l := progress.Add(p)
		mu.Unlock()
		l.Attempt, l.Elapsed = attempt, r.elapsed(started)
		r.tell(l)
	}
}

// keepAlive renews the lease while the job runs; when that fails because
// somebody else has it, the work is called off.
func (r *room) keepAlive(ctx context.Context, run *running) (stop func()) {
	t := time.NewTicker(r.e.cfg.Lease / 3)
	ended := make(chan struct{})
	stopped := make(chan struct{})
	r.e.wg.Go(func() {
		defer close(ended)
		defer t.Stop()
		for {
			select {
			case <-stopped:
				return
			case <-ctx.Done():
				return
			case <-t.C:
				err := r.e.cfg.Store.RenewJob(ctx, run.job, r.e.now().Add(r.e.cfg.Lease))
				if session.KindOf(err) == session.Conflict {
					run.cancel()
					return
				}
			}
		}
	})
	return func() { close(stopped); <-ended }
}

// takeOver claims the job of an interview that waits for its evaluation and
// that nobody alive is doing. r.mu is held.
func (r *room) takeOver() {
	if r.job != nil || r.gone != nil || r.iv.State != session.Evaluating || r.e.now().Before(r.rest) {
		return
	}
	if p := r.iv.Pending; p != nil && p.RetryAt.IsZero() {
		return // waits for the candidate
	}
	if _, ok := r.e.evaluator(r.iv.Evaluator.Name); !ok {
		return
	}
	now := r.e.now()
	dead := func(owner string) bool { return owner == r.e.cfg.Owner || r.e.cfg.Dead(owner) }
	j, err := r.e.cfg.Store.ClaimJob(context.WithoutCancel(r.e.ctx), r.id, r.e.cfg.Owner, now, now.Add(r.e.cfg.Lease), dead)
	switch session.KindOf(err) {
	case "":
		r.e.cfg.Meter.TookOver()
		r.startClaimed(j)
	case session.NotFound, session.Conflict: // gone, or being done elsewhere
	default:
		r.e.cfg.Log.Warn("job not claimed", "interview", r.id, "err", err)
	}
}

// startClaimed runs a job after a claim. Another process may have gone on
// between our reading of the interview and the claim: then the rows are read
// again, since the turn of the job may be new to us. r.mu is held.
func (r *room) startClaimed(j session.Job) {
	if j.Turn != r.iv.Turn {
		err := r.reload(context.WithoutCancel(r.e.ctx))
		if err != nil || j.Turn != r.iv.Turn || r.iv.State != session.Evaluating {
			r.release(j)
			return
		}
		r.publish()
	}
	r.startJob(j)
}

// sleep waits for d; false when ctx was done first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
