package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

const (
	selectInterview = `SELECT id, settings, bank_id, bank_title, bank_version, evaluator, state, paused, turn, question, pending, marks,
		outcome, created_ms, started_ms, ended_ms, active_ms, deadline_ms, remaining_ns, last_seq FROM interviews WHERE id = ?`
	selectPlan  = `SELECT hash FROM plan WHERE interview = ? ORDER BY n`
	selectTurns = `SELECT n, question, kind, ask, origin, follow_up, targets, stretch, hints, asked_ms,
		answer, answered_ms, skipped, timed_out FROM turns WHERE interview = ? ORDER BY n`
	selectEvaluations = `SELECT turn, n, data FROM evaluations WHERE interview = ? ORDER BY turn, n`
	selectResults     = `SELECT data FROM results WHERE interview = ? ORDER BY question`
	selectDisputes    = `SELECT question, point, reason, at_ms FROM disputes WHERE interview = ? ORDER BY n`
)

// Load reads an interview with its questions. NotFound for an unknown id.
func (s *Store) Load(ctx context.Context, id string) (*session.Interview, error) {
	var iv *session.Interview
	err := s.read(ctx, fmt.Sprintf("load interview %q", id), func(c *conn) (err error) {
		iv, err = load(c, id, s.questions)
		return err
	})
	if err != nil {
		return nil, err
	}
	return iv, nil
}

func load(c *conn, id string, known *questions) (*session.Interview, error) {
	iv := &session.Interview{}
	err := loadRow(c, id, iv)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, notFound(id)
	}
	if err == nil {
		err = loadPlan(c, iv, known)
	}
	for _, part := range []func(*conn, *session.Interview) error{loadTurns, loadEvaluations, loadResults, loadDisputes} {
		if err == nil {
			err = part(c, iv)
		}
	}
	return iv, err
}

func loadRow(c *conn, id string, iv *session.Interview) error {
	var remaining int64
	err := c.row(selectInterview, []any{id}, &iv.ID, jsonInto{&iv.Settings}, &iv.Bank.ID, &iv.Bank.Title, &iv.Bank.Version,
		jsonInto{&iv.Evaluator}, &iv.State, &iv.Paused, &iv.Turn, &iv.Question, jsonInto{&iv.Pending}, jsonInto{&iv.Marks},
		&iv.Outcome, msInto{&iv.CreatedAt}, msInto{&iv.StartedAt}, msInto{&iv.EndedAt}, msInto{&iv.ActiveAt},
		msInto{&iv.Deadline}, &remaining, &iv.LastSeq)
	iv.Remaining = time.Duration(remaining)
	return err
}

func loadPlan(c *conn, iv *session.Interview, known *questions) error {
	err := c.rows(selectPlan, []any{iv.ID}, func(scan func(...any) error) error {
		var hash string
		err := scan(&hash)
		iv.Plan = append(iv.Plan, hash)
		return err
	})
	if err != nil {
		return err
	}
	iv.Questions = make([]*rubric.Question, len(iv.Plan))
	for i, hash := range iv.Plan {
		if iv.Questions[i], err = known.get(c, hash); err != nil {
			return err
		}
	}
	return nil
}

func loadTurns(c *conn, iv *session.Interview) error {
	return c.rows(selectTurns, []any{iv.ID}, func(scan func(...any) error) error {
		var t session.Turn
		err := scan(&t.N, &t.Question, &t.Kind, &t.Ask, &t.Origin, &t.FollowUp, jsonInto{&t.Targets}, &t.Stretch, &t.Hints,
			msInto{&t.AskedAt}, &t.Answer, msInto{&t.AnsweredAt}, &t.Skipped, &t.TimedOut)
		iv.Turns = append(iv.Turns, t)
		return err
	})
}

func loadEvaluations(c *conn, iv *session.Interview) error {
	return c.rows(selectEvaluations, []any{iv.ID}, func(scan func(...any) error) error {
		var turn, n int
		var e session.Evaluation
		if err := scan(&turn, &n, jsonInto{&e}); err != nil {
			return err
		}
		t := iv.TurnN(turn)
		switch {
		case t == nil:
			return fmt.Errorf("evaluation of turn %d, which does not exist", turn)
		case n == 0:
			t.Evaluation = &e
		default:
			t.Regrades = append(t.Regrades, e)
		}
		return nil
	})
}

func loadResults(c *conn, iv *session.Interview) error {
	return c.rows(selectResults, []any{iv.ID}, func(scan func(...any) error) error {
		var r session.Result
		err := scan(jsonInto{&r})
		iv.Results = append(iv.Results, r)
		return err
	})
}

func loadDisputes(c *conn, iv *session.Interview) error {
	return c.rows(selectDisputes, []any{iv.ID}, func(scan func(...any) error) error {
		var d session.DisputedPoint
		err := scan(&d.Question, &d.Point, &d.Reason, msInto{&d.At})
		iv.Disputes = append(iv.Disputes, d)
		return err
	})
}
