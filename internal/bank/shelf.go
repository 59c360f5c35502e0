package bank

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// place is where the library found what may be a bank.
type place struct {
	source string // BuiltIn or User
	name   string // of the file or folder
	state  string // changes when its files do
}

// key names a place in the cache.
func (p place) key() string { return p.source + ":" + p.name }

// cached is what came of decoding a place.
type cached struct {
	state  string
	source string
	bank   *Bank
	err    error
}

// brokenError is a bank that could not be loaded, with the id it claims.
type brokenError struct {
	id  string
	err error
}

func (e *brokenError) Error() string { return e.err.Error() }

func (e *brokenError) Unwrap() error { return e.err }

// places lists what there is, the user's first since theirs win. An error is
// about the user's folder; the built-in banks are listed all the same.
func (l *Library) places() ([]place, error) {
	out, err := l.own()
	if l.builtin == nil {
		return out, err
	}
	built, _ := fs.Glob(l.builtin, "*.yaml") // fails on bad patterns only
	for _, name := range built {
		out = append(out, place{source: BuiltIn, name: name})
	}
	return out, err
}

// own lists the user's banks. A folder that is not there has none.
func (l *Library) own() ([]place, error) {
	entries, err := os.ReadDir(l.dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot list your banks: %w", err)
	}
	var out []place
	for _, e := range entries {
		if path := filepath.Join(l.dir, e.Name()); isBank(e, path) {
			out = append(out, place{User, e.Name(), stateOf(path)})
		}
	}
	return out, nil
}

// isBank tells whether an entry of the user's folder may be a bank: a YAML file
// or a folder with a header.
func isBank(e fs.DirEntry, path string) bool {
	if strings.HasPrefix(e.Name(), ".") {
		return false
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return isYAML(e.Name())
	}
	_, err = os.Stat(filepath.Join(path, Header))
	return err == nil
}

// stateOf sums up names, sizes and times of a bank's files.
func stateOf(path string) string {
	var b strings.Builder
	note := func(path string) {
		if info, err := os.Stat(path); err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", filepath.Base(path), info.Size(), info.ModTime().UnixNano())
		}
	}
	note(path)
	entries, _ := os.ReadDir(path) // a file has none
	for _, e := range entries[:min(len(entries), MaxFiles)] {
		if isYAML(e.Name()) {
			note(filepath.Join(path, e.Name()))
		}
	}
	return b.String()
}

// read gives the bank of a place, decoding it when it is new or has changed.
func (l *Library) read(p place) cached {
	l.mu.Lock()
	known, ok := l.cache[p.key()]
	l.mu.Unlock()
	if ok && known.state == p.state {
		return known
	}
	c := cached{state: p.state, source: p.source}
	if p.source == BuiltIn {
		c.bank, c.err = LoadFS(l.builtin, p.name)
	} else {
		c.bank, c.err = Load(filepath.Join(l.dir, p.name))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cache[p.key()] = c
	return c
}

// all decodes every bank, side by side, and notes the broken ones. Of banks
// with the same id the first wins.
func (l *Library) all(ctx context.Context) ([]cached, error) {
	places, hidden := l.places()
	read := make([]cached, len(places))
	var wg sync.WaitGroup
	for i, p := range places {
		wg.Go(func() { read[i] = l.read(p) })
	}
	wg.Wait()
	good, broken := l.sort(places, read)
	if hidden != nil {
		broken = append(broken, hidden)
	}
	l.mu.Lock()
	l.broken = broken
	l.mu.Unlock()
	return good, ctx.Err()
}

// sort separates the banks from what is wrong with the others.
func (l *Library) sort(places []place, read []cached) (good []cached, broken []error) {
	broken = []error{}
	from := map[string]place{}
	for i, c := range read {
		if c.err != nil {
			broken = append(broken, &brokenError{l.idAt(places[i]), c.err})
			continue
		}
		first, taken := from[c.bank.ID]
		switch {
		case !taken:
			from[c.bank.ID] = places[i]
			good = append(good, c)
		case first.source == c.source:
			broken = append(broken, fileError(places[i].name, "the bank %s is also in %s, which is used", c.bank.ID, first.name))
		}
	}
	return good, broken
}

// byID finds a bank, nil when there is none. It decodes the places whose files
// claim the id, and all only when none does.
func (l *Library) byID(ctx context.Context, id string) (*Bank, error) {
	places, _ := l.places() // an error is among the broken ones of all
	for _, p := range places {
		if l.claims(p) == id {
			if c := l.read(p); c.err == nil && c.bank.ID == id {
				return c.bank, ctx.Err()
			}
		}
	}
	banks, err := l.all(ctx)
	i := slices.IndexFunc(banks, func(c cached) bool { return c.bank.ID == id })
	if i < 0 || err != nil {
		return nil, err
	}
	return banks[i].bank, nil
}

// claims is the id of a place's bank, as it was decoded or as it claims.
func (l *Library) claims(p place) string {
	l.mu.Lock()
	known, ok := l.cache[p.key()]
	l.mu.Unlock()
	if ok && known.state == p.state && known.err == nil {
		return known.bank.ID
	}
	return l.idAt(p)
}

// idLine is a key id at the top of a file. It is only a quick guess.
var idLine = regexp.MustCompile(`(?m)^id:[ \t]*["']?([a-z0-9-]+)`)

// idAt guesses the id of a place's bank without decoding it, "" when it cannot.
func (l *Library) idAt(p place) string {
	fsys, name := l.builtin, p.name
	if p.source == User {
		fsys = os.DirFS(l.dir)
		if _, err := fs.Stat(fsys, name+"/"+Header); err == nil {
			name += "/" + Header
		}
	}
	data, err := readFile(fsys, name)
	if err != nil {
		return ""
	}
	if m := idLine.FindSubmatch(data); m != nil {
		return string(m[1])
	}
	return ""
}
