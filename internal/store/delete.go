package store

import (
	"context"
	"fmt"
	"time"
)

// sweepQuestions removes the questions that no interview asks any more.
const sweepQuestions = `DELETE FROM questions WHERE NOT EXISTS (SELECT 1 FROM plan WHERE plan.hash = questions.hash)`

// sweep removes what nothing needs any more once interviews are gone. Cached judgements quote answers
// without saying whose; all of them go, since they can be made again.
func sweep(c *conn) error {
	if _, err := c.exec(sweepQuestions); err != nil {
		return err
	}
	_, err := c.exec("DELETE FROM cache")
	return err
}

// Delete removes an interview and everything of it, with the questions nobody
// else was asked. NotFound for an unknown id.
func (s *Store) Delete(ctx context.Context, id string) error {
	return s.write(ctx, fmt.Sprintf("delete interview %q", id), func(c *conn) error {
		n, err := c.exec("DELETE FROM interviews WHERE id = ?", id)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound(id)
		}
		return sweep(c)
	})
}

// Purge deletes the interviews without activity since olderThan and tells how
// many they were. One whose evaluation somebody holds at now is left.
func (s *Store) Purge(ctx context.Context, olderThan, now time.Time) (int, error) {
	var n int64
	err := s.write(ctx, "purge", func(c *conn) (err error) {
		n, err = c.exec(`DELETE FROM interviews WHERE active_ms < ? AND NOT EXISTS
			(SELECT 1 FROM jobs WHERE jobs.interview = interviews.id AND owner <> '' AND lease_ms > ?)`, ms(olderThan), ms(now))
		if err != nil {
			return err
		}
		return sweep(c)
	})
	if err != nil {
		return 0, err
	}
	return int(n), nil
}
