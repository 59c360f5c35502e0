package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// tokenFile is where the token of this machine is kept, beside the database.
func tokenFile(db string) string { return db + ".token" }

// localToken makes sure that this machine has a token, a host's, in a file that
// only its user may read, and gives the file's name.
func (a *app) localToken(ctx context.Context) (string, error) {
	file := tokenFile(a.opened.Path())
	secret, err := readToken(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", err
	default:
		t, err := a.opened.Token(ctx, secret.Hash())
		if err == nil && t.Valid(storedNow()) {
			return file, nil
		}
		if err != nil && session.KindOf(err) != session.NotFound {
			return "", err
		}
	}
	t := newTokenOf(session.HostScope, storedNow())
	t.Name = "this machine"
	if secret, err = a.keepToken(ctx, t); err != nil {
		return "", err
	}
	err = writeWhole(file, true, func(w io.Writer) error {
		_, err := fmt.Fprintln(w, secret.Reveal())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("token of this machine: %w", cause(err))
	}
	return file, nil
}

// maxTokenFile is the most that is read of a file with a token, in bytes.
const maxTokenFile = 4 << 10

// readToken reads a token from a file.
func readToken(file string) (wire.Secret, error) {
	f, err := os.Open(file)
	if err != nil {
		return wire.Secret{}, fmt.Errorf("token: %w", cause(err))
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxTokenFile))
	if err != nil {
		return wire.Secret{}, fmt.Errorf("token: %w", cause(err))
	}
	return wire.SecretOf(string(b)), nil
}
