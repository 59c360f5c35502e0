package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// otherTokenFiles name files with further tokens, each of another kind.
type otherTokenFiles struct {
	candidate, observer, host, invitation, expired, revoked string
}

// tokens reads those that were named.
func (f *otherTokenFiles) tokens() (o conformance.Tokens, err error) {
	for file, to := range map[*string]*wire.Secret{
		&f.candidate: &o.Candidate, &f.observer: &o.Observer, &f.host: &o.Host, &f.invitation: &o.Invitation, &f.expired: &o.Expired, &f.revoked: &o.Revoked,
	} {
		if *file == "" {
			continue
		}
		if *to, err = readToken(*file); err != nil {
			return o, err
		}
	}
	return o, nil
}

// ownTokens makes the tokens that nobody has named, in the database of this
// machine. The function removes them again.
func (o *protocolTestOptions) ownTokens(ctx context.Context, others *conformance.Tokens) (func() error, error) {
	now := storedNow()
	past := now.Add(-time.Hour)
	invited := newTokenOf(session.CandidateScope, now)
	s, err := o.defaults()
	if err != nil {
		return nil, err
	}
	s.Bank, s.Count, s.Mode = o.bank, 1, session.Practice
	invited.Invitation = &session.Invitation{ID: invited.ID, Settings: s}
	expired, revoked := newTokenOf(session.CandidateScope, past), newTokenOf(session.CandidateScope, past)
	expired.ExpiresAt, revoked.RevokedAt = past.Add(time.Minute), past.Add(time.Minute)
	var made []string
	back := func() error {
		var errs []error
		for _, id := range made {
			errs = append(errs, o.takeBack(context.WithoutCancel(ctx), id))
		}
		return errors.Join(errs...)
	}
	for _, m := range []struct {
		t  session.Token
		to *wire.Secret
	}{
		{newTokenOf(session.CandidateScope, now), &others.Candidate},
		{newTokenOf(session.ObserverScope, now), &others.Observer},
		{invited, &others.Invitation},
		{expired, &others.Expired},
		{revoked, &others.Revoked},
	} {
		if !m.to.Empty() {
			continue
		}
		m.t.Name = "protocol test"
		// One that ends by itself, should nobody be there to remove it.
		if m.t.ExpiresAt.IsZero() {
			m.t.ExpiresAt = now.Add(time.Hour)
		}
		if *m.to, err = o.keepToken(ctx, m.t); err != nil {
			return nil, errors.Join(fmt.Errorf("tokens to test with: %w", err), back())
		}
		made = append(made, m.t.ID)
	}
	return back, nil
}

// takeBack removes a token and what is left of its interviews: that of an invitation
// only its host may.
func (o *protocolTestOptions) takeBack(ctx context.Context, token string) error {
	err := o.opened.DeleteToken(ctx, token)
	list, errList := o.opened.List(ctx, session.Filter{Owner: token})
	errs := []error{err, errList}
	for _, iv := range list {
		if err := o.opened.Delete(ctx, iv.ID); session.KindOf(err) != session.NotFound {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
