package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/elios/elios/internal/session"
)

const (
	listHead = `SELECT id, bank_id, bank_title, bank_version, mode, state, paused, question, questions, outcome, evaluator,
		score, judged, topics, settings, created_ms, active_ms, ended_ms FROM interviews WHERE `
	listRest = `(?1 = '' OR bank_id = ?1) AND (?2 = 0 OR state <> 'COMPLETE') AND active_ms >= ?3 AND (?4 = 0 OR active_ms < ?4)
		AND (?5 = '' OR EXISTS (SELECT 1 FROM json_each(topics) WHERE value ->> 'topic' = ?5))
		AND (?6 = '' OR EXISTS (SELECT 1 FROM plan JOIN questions USING (hash) WHERE plan.interview = interviews.id AND questions.id = ?6))
		AND (?7 = 0 OR EXISTS (SELECT 1 FROM disputes WHERE disputes.interview = interviews.id))
		AND (?8 = '' OR substr(id, 1, length(?8)) = ?8) AND (?9 = '' OR owner = ?9) AND (?10 = '' OR request = ?10)
		AND (?11 = 0 OR owner <> '') AND (?12 = 0 OR owner = '') AND (?13 = '' OR state = ?13)
		ORDER BY active_ms DESC, id DESC LIMIT ?14`
	// What narrows most stands first and by itself, so that it goes by an index.
	selectList  = listHead + listRest
	selectOwned = listHead + "owner = ?9 AND " + listRest
	selectMade  = listHead + "owner = ?9 AND request = ?10 AND owner <> '' AND " + listRest
	selectAsked = listHead + "request = ?10 AND owner <> '' AND " + listRest
	selectByRef = listHead + "id >= ?8 AND id < ?8 || '~' AND " + listRest

	selectLast   = `SELECT id FROM interviews WHERE owner = '' ORDER BY active_ms DESC, id DESC LIMIT 1`
	selectPrefix = `SELECT id FROM interviews WHERE id >= ?1 AND substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 2`
	selectRecent = `SELECT questions.id, max(turns.answered_ms) FROM interviews
		JOIN turns ON turns.interview = interviews.id
		JOIN plan ON plan.interview = interviews.id AND plan.n = turns.question
		JOIN questions ON questions.hash = plan.hash
		WHERE interviews.owner = ?1 AND interviews.bank_id = ?2 AND turns.answered_ms > 0 AND NOT turns.skipped GROUP BY questions.id`
)

// List summarises interviews, latest activity first.
func (s *Store) List(ctx context.Context, f session.Filter) ([]session.Summary, error) {
	var out []session.Summary
	err := s.read(ctx, "list interviews", func(c *conn) (err error) {
		out, err = list(c, f)
		return err
	})
	return out, err
}

func list(c *conn, f session.Filter) ([]session.Summary, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = -1
	}
	query := selectList
	switch {
	case f.Owner != "" && f.Request != "":
		query = selectMade
	case f.Owner != "":
		query = selectOwned
	case f.Request != "":
		query = selectAsked
	case f.Ref != "":
		query = selectByRef
	}
	args := []any{f.Bank, f.Open, ms(f.Since), ms(f.Until), f.Topic, f.Asked, f.Disputed, f.Ref, f.Owner, f.Request, f.Hosted, f.Local, string(f.State), limit}
	var out []session.Summary
	err := c.rows(query, args, func(scan func(...any) error) error {
		var v session.Summary
		var score sql.NullFloat64
		err := scan(&v.ID, &v.Bank.ID, &v.Bank.Title, &v.Bank.Version, &v.Mode, &v.State, &v.Paused, &v.Question, &v.Questions,
			&v.Outcome, jsonInto{&v.Evaluator}, &score, &v.Judged,
			jsonInto{&v.Topics}, jsonInto{&v.Settings}, msInto{&v.CreatedAt}, msInto{&v.ActiveAt}, msInto{&v.EndedAt})
		if score.Valid {
			v.Score = &score.Float64
		}
		out = append(out, v)
		return err
	})
	return out, err
}

// Resolve turns an id, a unique prefix of one, or "last" (the interview of this
// machine with the latest activity) into the id. NotFound for none, Invalid for several.
func (s *Store) Resolve(ctx context.Context, ref string) (string, error) {
	var id string
	err := s.read(ctx, "find interview", func(c *conn) (err error) {
		if ref == "last" {
			id, err = last(c)
		} else {
			id, err = byPrefix(c, ref)
		}
		return err
	})
	return id, err
}

func last(c *conn) (id string, err error) {
	err = c.row(selectLast, nil, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", session.Errorf(session.NotFound, "there is no interview yet")
	}
	return id, err
}

func byPrefix(c *conn, ref string) (string, error) {
	if ref == "" {
		return "", notFound(ref)
	}
	var ids []string
	err := c.rows(selectPrefix, []any{ref}, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", notFound(ref)
	case len(ids) > 1 && ids[0] != ref: // an id sorts before those it is a prefix of
		return "", session.Errorf(session.Invalid, "%q fits several interviews, such as %s and %s; give more of the id", ref, ids[0], ids[1])
	}
	return ids[0], nil
}

// LastAnswered maps question ids of a bank to when they were last answered in an
// interview of the token with the id owner, or of this machine (""). A question
// that was only ever skipped is not among them.
func (s *Store) LastAnswered(ctx context.Context, bank, owner string) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := s.read(ctx, "last answered", func(c *conn) error {
		return c.rows(selectRecent, []any{owner, bank}, func(scan func(...any) error) error {
			var id string
			var at time.Time
			err := scan(&id, msInto{&at})
			out[id] = at
			return err
		})
	})
	return out, err
}
