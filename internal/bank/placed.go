package bank

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
)

// Placed finds a bank as Bank does and tells where its parts stand. A broken
// bank gives its *Error, with the places its files still have.
func (l *Library) Placed(ctx context.Context, arg string) (*Bank, *Places, error) {
	if slugs.MatchString(arg) {
		places, _ := l.places() // an error is among the broken ones of all
		for _, p := range places {
			if l.idAt(p) == arg {
				return l.load(p)
			}
		}
	}
	if l.idsOnly {
		return nil, nil, l.notFound(ctx, arg)
	}
	b, at, err := LoadPlaced(arg)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, l.notFound(ctx, arg)
	}
	return b, at, err
}

// load reads the bank of a place anew.
func (l *Library) load(p place) (*Bank, *Places, error) {
	if p.source == User {
		return LoadPlaced(filepath.Join(l.dir, p.name))
	}
	b, at, err := LoadFSPlaced(l.builtin, p.name)
	if at != nil {
		at.embedded = true
	}
	return b, at, err
}

// Own lists the paths of the user's own banks, broken ones too.
func (l *Library) Own() ([]string, error) {
	places, err := l.own()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range places {
		out = append(out, filepath.Join(l.dir, p.name))
	}
	return out, nil
}
