package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/elios/elios/internal/session"
)

// Events lists events with seq > after, in order, at most limit (0: all). An
// unknown interview has none.
func (s *Store) Events(ctx context.Context, interview string, after int64, limit int) ([]session.Event, error) {
	var out []session.Event
	err := s.read(ctx, "events", func(c *conn) (err error) {
		out, err = loadEvents(c, interview, after, limit)
		return err
	})
	return out, err
}

func loadEvents(c *conn, interview string, after int64, limit int) ([]session.Event, error) {
	if limit <= 0 {
		limit = -1 // SQLite's "all"
	}
	var out []session.Event
	err := c.rows("SELECT seq, at_ms, type, data FROM events WHERE interview = ? AND seq > ? ORDER BY seq LIMIT ?",
		[]any{interview, after, limit}, func(scan func(...any) error) error {
			var r eventRow
			var data string
			if err := scan(&r.Seq, msInto{&r.At}, &r.Type, &data); err != nil {
				return err
			}
			r.Data = json.RawMessage(data)
			e, err := r.event()
			out = append(out, e)
			return err
		})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// eventRow is an event in the one JSON form that session reads.
type eventRow struct {
	Seq  int64           `json:"seq"`
	Type string          `json:"type"`
	At   time.Time       `json:"at"`
	Data json.RawMessage `json:"data"`
}

func (r eventRow) event() (e session.Event, err error) {
	b, err := json.Marshal(r)
	if err != nil {
		return e, err
	}
	err = e.UnmarshalJSON(b)
	return e, err
}

// LastSeqs gives the last seq of each of the interviews; unknown ones are left
// out.
func (s *Store) LastSeqs(ctx context.Context, ids []string) (map[string]int64, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]int64, len(ids))
	err = s.read(ctx, "last seqs", func(c *conn) error {
		return c.rows("SELECT id, last_seq FROM interviews WHERE id IN (SELECT value FROM json_each(?))",
			[]any{string(list)}, func(scan func(...any) error) error {
				var id string
				var seq int64
				err := scan(&id, &seq)
				out[id] = seq
				return err
			})
	})
	return out, err
}

// Changed tells whether anybody, another process or this one, has written
// since the last call, or since Open.
func (s *Store) Changed(ctx context.Context) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	changed, err := s.changed()
	return changed, wrap(err, s.path, "changes")
}

// changed asks a connection that does nothing else: data_version tells of what
// other connections wrote, never of one's own.
func (s *Store) changed() (bool, error) {
	s.watch.Lock()
	defer s.watch.Unlock()
	if s.watcher == nil {
		return false, errClosed
	}
	var now int64
	if err := s.watcher.row("PRAGMA data_version", nil, &now); err != nil {
		return false, err
	}
	changed := now != s.version
	s.version = now
	return changed, nil
}
