package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/elios/elios/internal/session"
)

const (
	selectJob = `SELECT interview, turn, evaluator, run_at_ms, epoch, owner, lease_ms, attempt FROM jobs WHERE interview = ?`
	upsertJob = `INSERT INTO jobs (interview, kind, turn, evaluator, run_at_ms, epoch, owner, lease_ms, attempt)
		VALUES (?, 'evaluate', ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (interview) DO UPDATE SET turn = excluded.turn, evaluator = excluded.evaluator, run_at_ms = excluded.run_at_ms,
		epoch = excluded.epoch, owner = excluded.owner, lease_ms = excluded.lease_ms, attempt = excluded.attempt`
	claimJob   = `UPDATE jobs SET epoch = ?, owner = ?, lease_ms = ? WHERE interview = ?`
	renewJob   = `UPDATE jobs SET lease_ms = ? WHERE interview = ? AND epoch = ? AND owner <> ''`
	releaseJob = `UPDATE jobs SET owner = '', lease_ms = 0 WHERE interview = ? AND epoch = ?`
	raiseEpoch = `UPDATE interviews SET job_epoch = ? WHERE id = ?`
)

// changeJob does what a commit wants of its interview's job and gives the job
// as it stands then.
func changeJob(c *conn, interview string, change session.JobChange) (session.Job, error) {
	switch {
	case change.Put != nil:
		return putJob(c, interview, *change.Put)
	case change.Remove:
		_, err := c.exec("DELETE FROM jobs WHERE interview = ?", interview)
		return session.Job{}, err
	}
	return session.Job{}, nil
}

// putJob replaces the interview's job. The highest epoch is kept with the interview, so
// that a result of a job that is long gone is still refused; the guard has raised it for
// a job without one.
func putJob(c *conn, interview string, j session.Job) (session.Job, error) {
	last, err := lastEpoch(c, interview)
	switch {
	case err != nil:
		return j, err
	case j.Epoch == 0:
		j.Epoch = last
	case j.Epoch < last:
		return j, session.Errorf(session.Conflict, "interview %q: a job of epoch %d comes after one of epoch %d", interview, j.Epoch, last)
	default:
		if _, err := c.exec(raiseEpoch, j.Epoch, interview); err != nil {
			return j, err
		}
	}
	j.Interview = interview
	_, err = c.exec(upsertJob, interview, j.Turn, j.Evaluator, ms(j.RunAt), j.Epoch, j.Owner, ms(j.Lease), j.Attempt)
	return j, err
}

func lastEpoch(c *conn, interview string) (n int64, err error) {
	err = c.row("SELECT job_epoch FROM interviews WHERE id = ?", []any{interview}, &n)
	return n, err
}

func loadJob(c *conn, interview string) (j session.Job, err error) {
	err = c.row(selectJob, []any{interview}, &j.Interview, &j.Turn, &j.Evaluator,
		msInto{&j.RunAt}, &j.Epoch, &j.Owner, msInto{&j.Lease}, &j.Attempt)
	if errors.Is(err, sql.ErrNoRows) {
		return j, session.Errorf(session.NotFound, "interview %q has no job", interview)
	}
	return j, err
}

// ClaimJob takes the interview's job for owner until lease: one that nobody
// holds, whose lease has run out at now, or whose owner dead says is gone. dead
// may be nil; it must answer quickly and not call the store. NotFound when
// there is no job, Conflict when somebody holds it.
func (s *Store) ClaimJob(ctx context.Context, interview, owner string, now, lease time.Time, dead func(owner string) bool) (session.Job, error) {
	var got session.Job
	err := s.write(ctx, "claim job", func(c *conn) error {
		j, err := loadJob(c, interview)
		if err != nil {
			return err
		}
		held := j.Owner != "" && j.Lease.After(now) && (dead == nil || !dead(j.Owner))
		if held {
			return session.Errorf(session.Conflict, "the evaluation of interview %q is being made by %s", interview, j.Owner)
		}
		got, err = claim(c, j, owner, lease)
		return err
	})
	if err != nil {
		return session.Job{}, err
	}
	return got, nil
}

func claim(c *conn, j session.Job, owner string, lease time.Time) (session.Job, error) {
	last, err := lastEpoch(c, j.Interview)
	if err != nil {
		return j, err
	}
	j.Epoch, j.Owner, j.Lease = max(last, j.Epoch)+1, owner, fromMs(ms(lease))
	if _, err := c.exec(raiseEpoch, j.Epoch, j.Interview); err != nil {
		return j, err
	}
	_, err = c.exec(claimJob, j.Epoch, j.Owner, ms(j.Lease), j.Interview)
	return j, err
}

// RenewJob extends the lease of a claimed job. Conflict when its epoch is
// another by now, or when it was given back or is gone.
func (s *Store) RenewJob(ctx context.Context, j session.Job, lease time.Time) error {
	return s.ifHeld(ctx, "renew job", j, renewJob, ms(lease), j.Interview, j.Epoch)
}

// ReleaseJob gives a claimed job back, to be taken at once by anyone. Conflict
// when its epoch is another by now, or when it is gone.
func (s *Store) ReleaseJob(ctx context.Context, j session.Job) error {
	return s.ifHeld(ctx, "release job", j, releaseJob, j.Interview, j.Epoch)
}

func (s *Store) ifHeld(ctx context.Context, what string, j session.Job, query string, args ...any) error {
	return s.write(ctx, what, func(c *conn) error {
		n, err := c.exec(query, args...)
		if err == nil && n == 0 {
			return session.Errorf(session.Conflict, "interview %q: the evaluation was taken over by another process", j.Interview)
		}
		return err
	})
}
