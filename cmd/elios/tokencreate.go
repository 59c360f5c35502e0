package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// tokenCreateOptions is `elios token create`.
type tokenCreateOptions struct {
	*app
	name    string
	scope   string
	expires string
	json    bool
}

func newTokenCreate(a *app) *cobra.Command {
	o := &tokenCreateOptions{app: a}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Make a token, and show it this once",
		Long: "Make a token. Its secret goes to standard output, alone; elios keeps no copy of\n" +
			"it, so that it cannot be shown again.",
		Example: "elios token create --name Ada\nelios token create --scope host --expires 30d > token",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.name, "name", "", "whose it is, a `TEXT` of one line for you to know it by")
	f.StringVar(&o.scope, "scope", string(session.CandidateScope), "`SCOPE` is candidate, observer or host")
	f.StringVar(&o.expires, "expires", "", "good for this `TIME` only, such as 30d or 12h (default: until it is revoked)")
	f.BoolVar(&o.json, "json", false, "print one JSON object, with the secret as its token")
	return cmd
}

// madeToken is a new token as --json prints it.
type madeToken struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Scope     session.Scope `json:"scope"`
	ExpiresAt time.Time     `json:"expires_at,omitzero"` // zero: never
	Token     string        `json:"token"`               // the secret
}

// token turns flags into what is kept of a token.
func (o *tokenCreateOptions) token(now time.Time) (t session.Token, err error) {
	t = newTokenOf(session.Scope(o.scope), now)
	switch t.Scope {
	case session.CandidateScope, session.ObserverScope, session.HostScope:
	default:
		return t, usagef("--scope %q: it is candidate, observer or host", o.scope)
	}
	if t.Name, err = parseName(o.name); err != nil {
		return t, err
	}
	t.ExpiresAt, err = parseExpires(o.expires, now)
	return t, err
}

// storedNow is the time as the database keeps it, so that what is printed now is
// what the lists print later.
func storedNow() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// newTokenOf is a token that has nothing but an id, a scope and a beginning.
func newTokenOf(scope session.Scope, now time.Time) session.Token {
	return session.Token{ID: uuid.Must(uuid.NewV7()).String(), Scope: scope, CreatedAt: now}
}

func (o *tokenCreateOptions) run(ctx context.Context) error {
	t, err := o.token(storedNow())
	if err != nil {
		return err
	}
	secret, err := o.keepToken(ctx, t)
	if err != nil {
		return err
	}
	if o.json {
		err = json.NewEncoder(o.out).Encode(madeToken{t.ID, t.Name, t.Scope, t.ExpiresAt, secret.Reveal()})
	} else {
		_, err = fmt.Fprintln(o.out, secret.Reveal())
	}
	if err != nil {
		return unseen(t, err)
	}
	fmt.Fprintf(o.err, "This is the token %s (%s): %s, expires %s.\n%s", t.ID, nameWords(t.Name), t.Scope, timeWords(t.ExpiresAt), onlyOnce)
	return nil
}

// onlyOnce warns whoever sees a secret.
const onlyOnce = "It is shown only this once: elios keeps no copy of it.\n"

// keepToken makes the secret of a token and keeps the token with its hash.
func (a *app) keepToken(ctx context.Context, t session.Token) (wire.Secret, error) {
	s, err := a.store(ctx)
	if err != nil {
		return wire.Secret{}, err
	}
	secret := wire.NewSecret()
	return secret, s.CreateToken(ctx, t, secret.Hash())
}

// unseen is why a secret that is kept could not be shown: its token is of no
// use to anybody and should go.
func unseen(t session.Token, err error) error {
	return fmt.Errorf("print the token: %w; revoke it with: elios token revoke %s", err, t.ID)
}
