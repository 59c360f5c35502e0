package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// drafts keeps what was typed and has not reached the server, a file an
// interview, mode 0600.
type drafts struct{ dir string }

// draft is half-typed text of a turn.
type draft struct {
	Turn int    `json:"turn"`
	Text string `json:"text"`
}

// named is what the parts of a file's name look like: a server's word must not
// lead out of the folder.
var named = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)

func (d drafts) path(store, interview string) (string, bool) {
	if d.dir == "" || !named.MatchString(store) || !named.MatchString(interview) {
		return "", false
	}
	return filepath.Join(d.dir, store+"-"+interview+".json"), true
}

// keep writes a draft in place of the one before.
func (d drafts) keep(store, interview string, v draft) error {
	path, ok := d.path(store, interview)
	if !ok {
		return nil
	}
	b, err := json.Marshal(v)
	if err == nil {
		err = os.MkdirAll(d.dir, 0o700)
	}
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	temp, err := os.CreateTemp(d.dir, ".draft-*") // mode 0600
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	_, err = temp.Write(b)
	if err := errors.Join(err, temp.Close()); err != nil {
		return errors.Join(fmt.Errorf("keep draft: %w", err), os.Remove(temp.Name()))
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return errors.Join(fmt.Errorf("keep draft: %w", err), os.Remove(temp.Name()))
	}
	return nil
}

// find reads a draft, false when there is none that can be read.
func (d drafts) find(store, interview string) (v draft, ok bool) {
	path, ok := d.path(store, interview)
	if !ok {
		return v, false
	}
	b, err := os.ReadFile(path)
	return v, err == nil && json.Unmarshal(b, &v) == nil
}

// forget removes what has reached the server.
func (d drafts) forget(store, interview string) error {
	path, ok := d.path(store, interview)
	if !ok {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget draft: %w", err)
	}
	return nil
}
