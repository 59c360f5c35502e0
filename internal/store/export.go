package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// exportFormat names the format in the first line of an export.
const exportFormat = "export/v1"

// exportHeader is the first line of an export.
type exportHeader struct {
	Elios string `json:"elios"`
}

// exported is an interview's line in an export: everything there is of it.
type exported struct {
	Interview *session.Interview `json:"interview"`
	Questions []*rubric.Question `json:"questions"`
	Events    []session.Event    `json:"events"`
	Commands  []exportedCommand  `json:"commands,omitempty"`
	Drafts    map[int]string     `json:"drafts,omitempty"` // by turn
	Job       *exportedJob       `json:"job,omitempty"`
}

type exportedCommand struct {
	ID   string      `json:"id"`
	Hash string      `json:"hash"`
	Ack  session.Ack `json:"ack"`
}

// exportedJob is a job that nobody holds: who held it stays behind.
type exportedJob struct {
	Turn      int       `json:"turn"`
	Evaluator string    `json:"evaluator"`
	RunAt     time.Time `json:"run_at,omitzero"`
	Attempt   int       `json:"attempt"`
}

// Export writes the interviews that f lets through as lines of JSON, a header
// first. Each interview is of one moment; one that is deleted meanwhile is left
// out.
func (s *Store) Export(ctx context.Context, w io.Writer, f session.Filter) error {
	found, err := s.List(ctx, f)
	if err != nil {
		return err
	}
	buf := bufio.NewWriter(w)
	lines := json.NewEncoder(buf)
	if err := lines.Encode(exportHeader{exportFormat}); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, v := range found {
		x, err := s.export(ctx, v.ID)
		if session.KindOf(err) == session.NotFound {
			continue
		}
		if err == nil {
			err = lines.Encode(x)
		}
		if err != nil {
			return fmt.Errorf("export interview %q: %w", v.ID, err)
		}
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func (s *Store) export(ctx context.Context, id string) (x exported, err error) {
	err = s.read(ctx, "export", func(c *conn) error {
		x, err = gatherExport(c, id)
		return err
	})
	return x, err
}

func gatherExport(c *conn, id string) (x exported, err error) {
	if x.Interview, err = load(c, id, newQuestions()); err != nil {
		return x, err
	}
	x.Questions = x.Interview.Questions
	if x.Events, err = loadEvents(c, id, 0, 0); err != nil {
		return x, err
	}
	if x.Commands, err = loadCommands(c, id); err != nil {
		return x, err
	}
	if x.Drafts, err = loadDrafts(c, id); err != nil {
		return x, err
	}
	x.Job, err = exportJob(c, id)
	return x, err
}

func loadCommands(c *conn, id string) (out []exportedCommand, err error) {
	err = c.rows("SELECT id, hash, ack FROM commands WHERE interview = ? ORDER BY id", []any{id}, func(scan func(...any) error) error {
		var r exportedCommand
		err := scan(&r.ID, &r.Hash, jsonInto{&r.Ack})
		out = append(out, r)
		return err
	})
	return out, err
}

// loadDrafts cleans them: unlike everything else they are kept as typed.
func loadDrafts(c *conn, id string) (map[int]string, error) {
	out := map[int]string{}
	err := c.rows("SELECT n, draft FROM turns WHERE interview = ? AND draft <> ''", []any{id}, func(scan func(...any) error) error {
		var n int
		var draft string
		err := scan(&n, &draft)
		out[n] = text.Clean(draft)
		return err
	})
	return out, err
}

func exportJob(c *conn, id string) (*exportedJob, error) {
	j, err := loadJob(c, id)
	var e *session.Error
	switch {
	case errors.As(err, &e) && e.Kind == session.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &exportedJob{Turn: j.Turn, Evaluator: j.Evaluator, RunAt: j.RunAt, Attempt: j.Attempt}, nil
}
