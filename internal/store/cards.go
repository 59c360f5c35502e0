package store

import (
	"context"
	"encoding/json"
	"time"
)

// KeepCard keeps a card as JSON, beside those made before.
func (s *Store) KeepCard(ctx context.Context, made time.Time, card json.RawMessage) error {
	return s.write(ctx, "keep card", func(c *conn) error {
		_, err := c.exec("INSERT INTO cards (made_ms, data) VALUES (?, ?)", made.UnixMilli(), string(card))
		return err
	})
}

// Cards lists the kept cards, the oldest first.
func (s *Store) Cards(ctx context.Context) ([]json.RawMessage, error) {
	var out []json.RawMessage
	err := s.read(ctx, "cards", func(c *conn) error {
		out = nil
		return c.rows("SELECT data FROM cards ORDER BY made_ms, id", nil, func(scan func(...any) error) error {
			var data string
			if err := scan(&data); err != nil {
				return err
			}
			out = append(out, json.RawMessage(data))
			return nil
		})
	})
	return out, err
}
