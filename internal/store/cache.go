package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/elios/elios/internal/session"
)

// cacheFor is how long a judgement stays in the cache.
const cacheFor = 180 * 24 * time.Hour

// Judgement finds a cached judgement, false when there is none.
func (s *Store) Judgement(ctx context.Context, key string) (j session.Judgement, found bool, err error) {
	var data string
	err = s.read(ctx, "cache", func(c *conn) error {
		return c.row("SELECT data FROM cache WHERE key = ?", []any{key}, &data)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return j, false, nil
	case err != nil:
		return j, false, err
	}
	if err := json.Unmarshal([]byte(data), &j); err != nil {
		return session.Judgement{}, false, fmt.Errorf("cached judgement: %w", err)
	}
	return j, true, nil
}

// KeepJudgement caches a judgement, and lets go of those that are half a year old.
func (s *Store) KeepJudgement(ctx context.Context, key string, j session.Judgement) error {
	data, err := json.Marshal(j)
	if err != nil {
		return fmt.Errorf("judgement: %w", err)
	}
	now := time.Now()
	return s.write(ctx, "cache", func(c *conn) error {
		if _, err := c.exec("DELETE FROM cache WHERE kept_ms < ?", now.Add(-cacheFor).UnixMilli()); err != nil {
			return err
		}
		_, err := c.exec("INSERT INTO cache (key, data, kept_ms) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data, kept_ms = excluded.kept_ms",
			key, string(data), now.UnixMilli())
		return err
	})
}
