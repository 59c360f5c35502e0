package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/elios/elios/internal/session"
)

// Create writes a new interview with its questions and first events. Conflict
// when the id is taken.
func (s *Store) Create(ctx context.Context, iv *session.Interview, events []session.Event) error {
	what := fmt.Sprintf("create interview %q", iv.ID)
	if len(iv.Questions) != len(iv.Plan) {
		return fmt.Errorf("%s: %d questions for a plan of %d", what, len(iv.Questions), len(iv.Plan))
	}
	if err := follows(0, iv, events); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	err := s.create(ctx, what, iv, events, s.questions.has)
	if session.KindOf(err) == session.Conflict {
		// A question that was there may have been purged since.
		err = s.create(ctx, what, iv, events, nowhere)
	}
	return err
}

// nowhere is a database without questions.
func nowhere(string) bool { return false }

// create writes an interview without the questions that are there already.
func (s *Store) create(ctx context.Context, what string, iv *session.Interview, events []session.Event, there func(hash string) bool) error {
	var o ops
	o.newInterview(iv, there)
	o.parts(iv, touched{all: true})
	o.events(iv.ID, events)
	if o.err != nil {
		return fmt.Errorf("%s: %w", what, o.err)
	}
	return s.write(ctx, what, func(c *conn) error { return c.run(o.list) })
}

// Commit writes rows, events, command and job in one durable transaction. When it puts
// a job without an epoch, that is set in c.Job.Put. NotFound when the interview does not
// exist; Conflict when its rows are not at c.Before, the job's epoch is not c.Job.Fence,
// or the command's id is taken: nothing is written then.
func (s *Store) Commit(ctx context.Context, c session.Commit) error {
	what := fmt.Sprintf("commit interview %q", c.Interview.ID)
	if err := follows(c.Before, c.Interview, c.Events); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	o := commitOps(c)
	if o.err != nil {
		return fmt.Errorf("%s: %w", what, o.err)
	}
	var put session.Job
	err := s.write(ctx, what, func(db *conn) error {
		if err := guard(db, c, o.list[0]); err != nil {
			return err
		}
		if err := db.run(o.list[1:]); err != nil {
			return err
		}
		var err error
		put, err = changeJob(db, c.Interview.ID, c.Job)
		return err
	})
	if err == nil && c.Job.Put != nil {
		*c.Job.Put = put
	}
	return err
}

// follows refuses events that would leave a hole in the journal.
func follows(before int64, iv *session.Interview, events []session.Event) error {
	for i, e := range events {
		if e.Seq != before+1+int64(i) {
			return fmt.Errorf("event %d after event %d", e.Seq, before+int64(i))
		}
	}
	if last := before + int64(len(events)); iv.LastSeq != last {
		return fmt.Errorf("last_seq is %d after event %d", iv.LastSeq, last)
	}
	return nil
}

// commitOps is everything a commit writes, the guarded update first, the job
// aside.
func commitOps(c session.Commit) *ops {
	var o ops
	next := 0 // how much further the epoch of jobs goes
	if c.Job.Put != nil && c.Job.Put.Epoch == 0 {
		next = 1
	}
	o.add(updateInterview, append(o.mutable(c.Interview), next, c.Interview.ID, c.Before, c.Job.Fence, c.Job.Fence)...)
	o.parts(c.Interview, touchedBy(c.Interview, c.Events))
	o.events(c.Interview.ID, c.Events)
	if c.Command != nil {
		o.command(*c.Command)
	}
	return &o
}

// guard updates the interview's row if nobody else has since c.Before and the job is
// still the one this commit is the result of.
func guard(db *conn, c session.Commit, update op) error {
	n, err := db.exec(update.query, update.args...)
	if err == nil && n == 0 {
		err = staleOrMissing(db, c.Interview.ID, c.Before)
	}
	return err
}

// staleOrMissing says why the guarded update has found nothing.
func staleOrMissing(db *conn, id string, before int64) error {
	var at int64
	err := db.row("SELECT last_seq FROM interviews WHERE id = ?", []any{id}, &at)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return notFound(id)
	case err != nil:
		return err
	case at == before:
		return session.Errorf(session.Conflict, "interview %q: the evaluation was taken over by another process", id)
	}
	return session.Errorf(session.Conflict, "interview %q has gone on to event %d, not %d", id, at, before)
}

// Command finds what became of a command. NotFound when it is new.
func (s *Store) Command(ctx context.Context, interview, id string) (session.CommandRecord, error) {
	r := session.CommandRecord{Interview: interview, ID: id}
	err := s.read(ctx, "command", func(c *conn) error {
		err := c.row("SELECT hash, ack FROM commands WHERE interview = ? AND id = ?", []any{interview, id}, &r.Hash, jsonInto{&r.Ack})
		if errors.Is(err, sql.ErrNoRows) {
			return session.Errorf(session.NotFound, "there is no command %q", id)
		}
		return err
	})
	if err != nil {
		return session.CommandRecord{}, err
	}
	return r, nil
}
