package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// readLine reads an interview's line and checks it. A file that is imported may
// come from anywhere; what gets past here is shown in terminals and pages.
func readLine(line []byte) (exported, error) {
	var x exported
	if err := strict(line, &x); err != nil {
		return x, err
	}
	var all any
	if err := json.Unmarshal(line, &all); err != nil {
		return x, err
	}
	if dirty(all) {
		return x, errors.New("there are control characters in a text")
	}
	if x.Interview == nil || x.Interview.ID == "" {
		return x, errors.New("there is no interview in it")
	}
	x.Interview.Questions = x.Questions
	if err := errors.Join(checkJournal(&x), checkPlan(x.Interview), checkTurns(x.Interview), checkLoose(&x)); err != nil {
		return x, fmt.Errorf("interview %s: %w", x.Interview.ID, err)
	}
	return x, nil
}

// strict reads one JSON value that has no unknown fields and nothing after it.
func strict(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("the line is empty")
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is something after the JSON value")
	}
	return nil
}

// dirty tells whether any text, deep down, is one that elios would have cleaned
// before storing it. Escape sequences could drive the terminal that shows them.
func dirty(v any) bool {
	switch v := v.(type) {
	case string:
		return text.Clean(v) != v
	case []any:
		return slices.ContainsFunc(v, dirty)
	case map[string]any:
		for key, value := range v {
			if text.Clean(key) != key || dirty(value) {
				return true
			}
		}
	}
	return false
}

// checkJournal: events 1, 2, 3… that begin with the interview's creation.
func checkJournal(x *exported) error {
	if err := follows(0, x.Interview, x.Events); err != nil {
		return err
	}
	if len(x.Events) == 0 {
		return errors.New("it has no events")
	}
	first, ok := x.Events[0].Data.(session.Created)
	if !ok || first.ID != x.Interview.ID {
		return errors.New("its first event is not its creation")
	}
	return nil
}

// checkPlan: the questions are those that the plan names by their content.
func checkPlan(iv *session.Interview) error {
	if len(iv.Plan) != len(iv.Questions) {
		return fmt.Errorf("it has %d questions for a plan of %d", len(iv.Questions), len(iv.Plan))
	}
	for i, q := range iv.Questions {
		if q == nil {
			return fmt.Errorf("question %d is not there", i+1)
		}
		hash, err := q.Hash()
		if err != nil {
			return err
		}
		if hash != iv.Plan[i] {
			return fmt.Errorf("question %d is not the one that was planned", i+1)
		}
	}
	return nil
}

// checkTurns: turns and results count from 1 and name questions of the plan.
// Code that reads an interview indexes by these numbers.
func checkTurns(iv *session.Interview) error {
	for i, t := range iv.Turns {
		if t.N != i+1 || t.Question < 1 || t.Question > len(iv.Results) {
			return fmt.Errorf("turn %d is out of place", i+1)
		}
	}
	for i, r := range iv.Results {
		if r.Question != i+1 {
			return fmt.Errorf("the result of question %d is out of place", i+1)
		}
	}
	if len(iv.Results) > len(iv.Plan) || iv.Question < 0 || iv.Question > len(iv.Results) || iv.Turn < 0 || iv.Turn > len(iv.Turns) {
		return errors.New("it stands at a turn or question that it does not have")
	}
	return nil
}

// checkLoose: drafts and the job belong to turns there are.
func checkLoose(x *exported) error {
	for n := range x.Drafts {
		if x.Interview.TurnN(n) == nil {
			return fmt.Errorf("there is a draft for turn %d, which does not exist", n)
		}
	}
	if x.Job != nil && x.Interview.TurnN(x.Job.Turn) == nil {
		return fmt.Errorf("there is a job for turn %d, which does not exist", x.Job.Turn)
	}
	return nil
}
