package store

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"time"

	"github.com/elios/elios/internal/session"
)

const (
	insertToken      = `INSERT INTO tokens (id, hash, name, scope, created_ms, expires_ms, revoked_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`
	insertInvitation = `INSERT INTO invitations (id, token, settings) VALUES (?, ?, ?)`
	revokeToken      = `UPDATE tokens SET revoked_ms = ? WHERE id = ? AND revoked_ms = 0`
	tokenHead        = `SELECT tokens.id, hash, name, scope, created_ms, expires_ms, revoked_ms, coalesce(invitations.id, ''), settings
		FROM tokens LEFT JOIN invitations ON invitations.token = tokens.id WHERE `
	selectTokens      = tokenHead + `1 ORDER BY created_ms, tokens.id`
	selectToken       = tokenHead + `hash >= ?1 AND hash < ?1 || 'g'`
	selectTokenPrefix = tokenHead + `substr(tokens.id, 1, length(?1)) = ?1 ORDER BY tokens.id LIMIT 2`
)

// CreateToken keeps a token, and the invitation it is for. hash is the SHA-256
// of its secret in hexadecimal. Conflict when it is there already.
func (s *Store) CreateToken(ctx context.Context, t session.Token, hash string) error {
	var o ops
	o.add(insertToken, t.ID, hash, t.Name, string(t.Scope), ms(t.CreatedAt), ms(t.ExpiresAt), ms(t.RevokedAt))
	if inv := t.Invitation; inv != nil {
		o.add(insertInvitation, inv.ID, t.ID, o.json(inv.Settings))
	}
	if o.err != nil {
		return o.err
	}
	return s.write(ctx, "create token", func(c *conn) error { return c.run(o.list) })
}

// lookedUp is how many characters of a hash the index sees. The rest is compared
// in constant time, so that nobody can feel their way to a hash that is there.
const lookedUp = 16

// Token finds a token by the hash of its secret, revoked and expired ones
// included. NotFound.
func (s *Store) Token(ctx context.Context, hash string) (session.Token, error) {
	if len(hash) >= lookedUp {
		list, err := s.tokens(ctx, selectToken, hash[:lookedUp])
		if err != nil {
			return session.Token{}, err
		}
		for _, t := range list {
			if subtle.ConstantTimeCompare([]byte(t.hash), []byte(hash)) == 1 {
				return t.Token, nil
			}
		}
	}
	return session.Token{}, session.Errorf(session.NotFound, "there is no such token")
}

// Tokens lists every token, the oldest first.
func (s *Store) Tokens(ctx context.Context) ([]session.Token, error) {
	list, err := s.tokens(ctx, selectTokens)
	var out []session.Token
	for _, t := range list {
		out = append(out, t.Token)
	}
	return out, err
}

// hashed is a token with the hash of its secret.
type hashed struct {
	session.Token
	hash string
}

// RevokeToken makes a token, by id or unique prefix, good for nothing from now
// on. One that was revoked before stays as it was. NotFound for none, Invalid
// for several.
func (s *Store) RevokeToken(ctx context.Context, ref string, now time.Time) (session.Token, error) {
	list, err := s.tokens(ctx, selectTokenPrefix, ref)
	switch {
	case err != nil:
		return session.Token{}, err
	case len(list) == 0 || ref == "":
		return session.Token{}, session.Errorf(session.NotFound, "there is no token %q", ref)
	case len(list) > 1 && list[0].ID != ref:
		return session.Token{}, session.Errorf(session.Invalid, "%q fits several tokens, such as %s and %s; give more of the id", ref, list[0].ID, list[1].ID)
	}
	t := list[0].Token
	if t.RevokedAt.IsZero() {
		t.RevokedAt = fromMs(ms(now))
	}
	return t, s.write(ctx, "revoke token", func(c *conn) error {
		_, err := c.exec(revokeToken, ms(now), t.ID)
		return err
	})
}

// DeleteToken removes a token and its invitation, as if it had never been made. Its
// interviews stay. NotFound.
func (s *Store) DeleteToken(ctx context.Context, id string) error {
	return s.write(ctx, "delete token", func(c *conn) error {
		n, err := c.exec("DELETE FROM tokens WHERE id = ?", id)
		if err == nil && n == 0 {
			err = session.Errorf(session.NotFound, "there is no token %q", id)
		}
		return err
	})
}

func (s *Store) tokens(ctx context.Context, query string, args ...any) ([]hashed, error) {
	var out []hashed
	err := s.read(ctx, "tokens", func(c *conn) error {
		out = nil
		return c.rows(query, args, func(scan func(...any) error) error {
			var t hashed
			var inv session.Invitation
			err := scan(&t.ID, &t.hash, &t.Name, &t.Scope, msInto{&t.CreatedAt}, msInto{&t.ExpiresAt}, msInto{&t.RevokedAt}, &inv.ID, jsonInto{&inv.Settings})
			if inv.ID != "" {
				t.Invitation = &inv
			}
			out = append(out, t)
			return err
		})
	})
	return out, err
}

// Identity is what a remote client knows this database by: a copy has the same,
// a new database another.
func (s *Store) Identity(ctx context.Context) (string, error) {
	var id string
	err := s.read(ctx, "identity", func(c *conn) error {
		return c.row("SELECT id FROM identity", nil, &id)
	})
	return id, err
}

// Backlog is the evaluations that wait to be made.
type Backlog struct {
	Ready  int           // whose time has come and that nobody makes
	Oldest time.Duration // how long the first of them has waited, 0 for none
}

// Backlog counts the evaluations that wait at a time.
func (s *Store) Backlog(ctx context.Context, now time.Time) (Backlog, error) {
	var b Backlog
	var oldest sql.NullInt64
	err := s.read(ctx, "backlog", func(c *conn) error {
		return c.row("SELECT count(*), min(run_at_ms) FROM jobs WHERE run_at_ms <= ?1 AND lease_ms <= ?1", []any{ms(now)}, &b.Ready, &oldest)
	})
	if oldest.Valid {
		b.Oldest = max(0, now.Sub(fromMs(oldest.Int64)))
	}
	return b, err
}

// Size is how many bytes the database takes, its journal aside.
func (s *Store) Size(ctx context.Context) (int64, error) {
	var pages, size int64
	err := s.read(ctx, "size", func(c *conn) error {
		return errors.Join(c.row("PRAGMA page_count", nil, &pages), c.row("PRAGMA page_size", nil, &size))
	})
	return pages * size, err
}
