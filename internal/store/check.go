package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/elios/elios/internal/session"
)

// Problem is something Check found wrong.
type Problem struct {
	Interview string // "" when it is the database's
	Text      string
}

// String is the problem on one line, for people.
func (p Problem) String() string {
	if p.Interview == "" {
		return p.Text
	}
	return "interview " + p.Interview + ": " + p.Text
}

// Check looks for damage: of the file, of references, holes in journals, rows
// that differ from what fold makes of the events, answers that nobody will
// ever judge. fold is session.Fold; its panic is a problem of the interview. An
// error means that the check could not be done.
func (s *Store) Check(ctx context.Context, fold func([]session.Event) (*session.Interview, error)) ([]Problem, error) {
	var out []Problem
	err := s.read(ctx, "check", func(c *conn) error {
		var err error
		if out, err = checkFile(c); err != nil {
			return err
		}
		ids, err := allIDs(c)
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			for _, text := range checkInterview(c, id, fold) {
				out = append(out, Problem{id, text})
			}
		}
		return err
	})
	return out, err
}

func checkFile(c *conn) (out []Problem, err error) {
	err = c.rows("PRAGMA integrity_check", nil, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		if text != "ok" {
			out = append(out, Problem{Text: "integrity check: " + text})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = c.rows(`SELECT "table", "parent", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2`, nil, func(scan func(...any) error) error {
		var table, parent string
		var n int
		err := scan(&table, &parent, &n)
		out = append(out, Problem{Text: fmt.Sprintf("%d rows of %s name something that is not in %s", n, table, parent)})
		return err
	})
	return out, err
}

func allIDs(c *conn) (ids []string, err error) {
	err = c.rows("SELECT id FROM interviews ORDER BY id", nil, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// checkInterview says what is wrong with one interview. What cannot be read is
// a problem of that interview alone, so that the others are still looked at.
func checkInterview(c *conn, id string, fold func([]session.Event) (*session.Interview, error)) []string {
	iv, err := load(c, id, newQuestions()) // what is on the disk
	if err != nil {
		return []string{"cannot be read: " + err.Error()}
	}
	events, err := loadEvents(c, id, 0, 0)
	if err != nil {
		return []string{"its journal cannot be read: " + err.Error()}
	}
	var out []string
	if err := follows(0, iv, events); err != nil {
		out = append(out, "its journal has a hole: "+err.Error())
	}
	out = append(out, checkUnjudged(c, iv)...)
	if len(out) > 0 {
		return out
	}
	return checkFold(iv, events, fold)
}

// checkUnjudged finds answers without an evaluation that nothing explains: no
// job, no failure that waits for the candidate, no early end.
func checkUnjudged(c *conn, iv *session.Interview) (out []string) {
	_, err := loadJob(c, iv.ID)
	hasJob := err == nil
	if err != nil && session.KindOf(err) != session.NotFound {
		return []string{"its job cannot be read: " + err.Error()}
	}
	waits := iv.State == session.Evaluating && (hasJob || iv.Pending != nil)
	for i := range iv.Turns {
		t := &iv.Turns[i]
		r := iv.ResultN(t.Question)
		endedEarly := r != nil && r.Over && (r.Unassessed || iv.Outcome == session.Ended || iv.Outcome == session.Expired)
		if t.Answered() && !t.Skipped && t.Evaluation == nil && !endedEarly && (!waits || t.N != iv.Turn) {
			out = append(out, fmt.Sprintf("the answer of turn %d is not judged and no job will judge it", t.N))
		}
	}
	return out
}

// checkFold compares rows with the fold of the events, field by field, in their
// JSON form: it knows no difference between an empty list and none.
func checkFold(iv *session.Interview, events []session.Event, fold func([]session.Event) (*session.Interview, error)) []string {
	want, err := folded(events, fold)
	if err != nil {
		return []string{"its events do not make an interview: " + err.Error()}
	}
	var out []string
	rows, from := reflect.ValueOf(*iv), reflect.ValueOf(*want)
	for i := range rows.NumField() {
		name := rows.Type().Field(i).Name
		if name != "Questions" && !sameJSON(rows.Field(i).Interface(), from.Field(i).Interface()) {
			out = append(out, "its rows differ from its events in "+name)
		}
	}
	return out
}

func sameJSON(a, b any) bool {
	left, err := json.Marshal(a)
	right, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(left, right)
}

func folded(events []session.Event, fold func([]session.Event) (*session.Interview, error)) (iv *session.Interview, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("fold: %v", p)
		}
	}()
	iv, err = fold(events)
	if err == nil && iv == nil {
		err = errors.New("fold gave nothing")
	}
	return iv, err
}
