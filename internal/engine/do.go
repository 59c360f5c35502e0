package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/elios/elios/internal/session"
)

// maxStale is how often a command is decided again because somebody else was
// faster, before the sender is told to.
const maxStale = 16

// maxCommandID is the longest id of a command, in characters.
const maxCommandID = 64

// Do sends a command and returns when it is on disk, or refused.
func (g *guest) Do(ctx context.Context, env session.Envelope) (session.Ack, error) {
	r := g.room
	if n := utf8.RuneCountInString(env.ID); n == 0 || n > maxCommandID {
		return session.Ack{}, session.Errorf(session.Invalid, "a command needs an id of 1 to %d characters", maxCommandID)
	}
	if env.Command == nil {
		return session.Ack{}, session.Errorf(session.Invalid, "the command is empty")
	}
	if !env.Command.Type().OfPeople() {
		return session.Ack{}, session.Errorf(session.Invalid, "%s is not a command of a person", env.Command.Type())
	}
	rec := &session.CommandRecord{Interview: r.id, ID: env.ID, Hash: hashOf(env.Command)}
	// A commit that has begun is not called off half-way: its sender may be
	// gone, its effect may not be unknown.
	ctx = context.WithoutCancel(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.do(ctx, env.Command, rec, 0)
}

// hashOf names type and content of a command.
func hashOf(c session.Command) string {
	body, _ := json.Marshal(c) // commands of people hold strings and ints only
	sum := sha256.Sum256(append([]byte(c.Type()+"\x00"), body...))
	return hex.EncodeToString(sum[:])
}

// do decides a command, commits what follows and publishes it. A stale version
// is decided again on what is true now. r.mu is held. fence is the epoch a
// result belongs to, 0 for other commands.
func (r *room) do(ctx context.Context, cmd session.Command, rec *session.CommandRecord, fence int64) (session.Ack, error) {
	for range maxStale {
		if r.gone != nil {
			return session.Ack{}, r.gone
		}
		ack, err := r.try(ctx, cmd, rec, fence)
		if err == nil || session.KindOf(err) == session.StoreFailed {
			return ack, err // of what the disk has failed to keep nothing is acknowledged, though it can be read
		}
		// A command that was done before cannot be done again: its id is taken. So
		// only one that was refused is looked up.
		if ack, done, err := r.seen(ctx, rec); done || err != nil {
			return ack, err
		}
		if session.KindOf(err) != session.Conflict {
			return session.Ack{}, err
		}
		before := r.iv.LastSeq
		if err := r.refresh(ctx); err != nil {
			return session.Ack{}, err
		}
		if r.iv.LastSeq == before {
			return session.Ack{}, err // fenced: the rows are as we knew them
		}
	}
	return session.Ack{}, session.Errorf(session.Conflict, "the interview changes too fast; send the command again")
}

// refresh takes what somebody else has done and makes it known. r.mu is held.
func (r *room) refresh(ctx context.Context) error {
	if err := r.reload(ctx); err != nil {
		return err
	}
	r.dropJob()
	r.publish()
	r.wakeUp()
	return nil
}

// seen answers a command that was done before.
func (r *room) seen(ctx context.Context, rec *session.CommandRecord) (session.Ack, bool, error) {
	if rec == nil {
		return session.Ack{}, false, nil
	}
	old, err := r.e.cfg.Store.Command(ctx, r.id, rec.ID)
	switch {
	case session.KindOf(err) == session.NotFound:
		return session.Ack{}, false, nil
	case err != nil:
		return session.Ack{}, false, err
	case old.Hash != rec.Hash:
		return session.Ack{}, true, session.Errorf(session.IDReused, "the command id %q was used for something else", rec.ID)
	}
	old.Ack.Dup = true
	return old.Ack, true, nil
}

// try decides and commits once.
func (r *room) try(ctx context.Context, cmd session.Command, rec *session.CommandRecord, fence int64) (session.Ack, error) {
	now := r.e.now()
	events, err := session.Decide(r.iv, cmd, now)
	if err != nil {
		return session.Ack{}, err
	}
	next := session.Apply(r.iv, events...)
	ack := session.Ack{Seq: next.LastSeq, State: next.State, Turn: next.Turn}
	c := session.Commit{Before: r.iv.LastSeq, Interview: next, Events: events, Job: r.jobFor(next, events, now)}
	c.Job.Fence = fence
	if rec != nil {
		rec.Ack = ack
		c.Command = rec
	}
	begun := time.Now()
	if err := r.e.cfg.Store.Commit(ctx, c); err != nil {
		return session.Ack{}, commitError(err)
	}
	r.e.cfg.Meter.Committed(events, time.Since(begun))
	r.committed(next, events, c.Job)
	return ack, nil
}

// commitError keeps what people may read.
func commitError(err error) error {
	var known *session.Error
	if errors.As(err, &known) {
		return err
	}
	return &session.Error{Kind: session.StoreFailed, Message: "the database could not be written; nothing was changed, try again", Err: fmt.Errorf("commit: %w", err)}
}

// committed makes a commit known and starts what the new state asks for.
func (r *room) committed(next *session.Interview, events []session.Event, job session.JobChange) {
	r.iv = next
	r.show(events)
	r.publish()
	r.speak(events)
	if job.Put != nil || job.Remove {
		r.stopJob()
	}
	if job.Put != nil && job.Put.Owner == r.e.cfg.Owner {
		r.startJob(*job.Put)
	}
	r.arm()
	r.warm()
}
