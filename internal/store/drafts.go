package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/elios/elios/internal/session"
)

const saveDraft = `UPDATE turns SET draft = ? WHERE interview = ? AND n = ?`

// SaveDraft keeps half-typed text: no event, no new version. NotFound when the
// turn does not exist.
func (s *Store) SaveDraft(ctx context.Context, interview string, turn int, text string) error {
	return s.write(ctx, "save draft", func(c *conn) error {
		n, err := c.exec(saveDraft, text, interview, turn)
		if err == nil && n == 0 {
			return session.Errorf(session.NotFound, "interview %q has no turn %d", interview, turn)
		}
		return err
	})
}

// Draft reads what SaveDraft kept, "" when there is none.
func (s *Store) Draft(ctx context.Context, interview string, turn int) (string, error) {
	var text string
	err := s.read(ctx, "draft", func(c *conn) error {
		err := c.row("SELECT draft FROM turns WHERE interview = ? AND n = ?", []any{interview, turn}, &text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return text, err
}
