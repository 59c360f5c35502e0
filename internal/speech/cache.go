package speech

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// MaxCache is how much sound is kept, in bytes; the longest unused goes first.
const MaxCache = 128 << 20

const (
	soundSuffix = ".wav"
	tempPrefix  = "making-"
	tempStays   = time.Hour // a process that died left it
)

// cache keeps sounds in a folder, by what was said and how. Whatever fails in
// it, a text can still be read.
type cache struct {
	dir string // "": nothing is kept
	max int64
}

// keyOf names a sound by all that makes it: the command, its voice among the
// arguments, and the text.
func keyOf(argv []string, spoken string) string {
	sum := sha256.Sum256([]byte(strings.Join(argv, "\x00") + "\x00\x00" + spoken))
	return hex.EncodeToString(sum[:])
}

func (c cache) path(key string) string { return filepath.Join(c.dir, key+soundSuffix) }

// find gives the file of a sound that is whole, and marks it as used.
func (c cache) find(key string) (string, bool) {
	if c.dir == "" {
		return "", false
	}
	file := c.path(key)
	info, err := os.Lstat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > MaxSound {
		return "", false
	}
	b, err := os.ReadFile(file)
	if err != nil || !whole(b) {
		return "", false
	}
	now := time.Now()
	_ = os.Chtimes(file, now, now)
	return file, true
}

// keep writes a sound and gives its file; done is called when it has been
// played. Where nothing can be kept it is a file for this once.
func (c cache) keep(key string, sound []byte) (file string, done func(), err error) {
	if c.dir != "" {
		if err := c.store(key, sound); err == nil {
			c.prune(c.path(key))
			return c.path(key), func() {}, nil
		}
	}
	file, err = writeTemp("", "elios-*"+soundSuffix, sound)
	return file, func() { _ = os.Remove(file) }, err
}

// store writes a sound so that it is there as a whole or not at all.
func (c cache) store(key string, sound []byte) error {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	temp, err := writeTemp(c.dir, tempPrefix+"*", sound)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, c.path(key)); err != nil {
		_ = os.Remove(temp)
		return err
	}
	return nil
}

// writeTemp makes a file only its owner can read.
func writeTemp(dir, pattern string, sound []byte) (string, error) {
	f, err := os.CreateTemp(dir, pattern) // 0600
	if err != nil {
		return "", err
	}
	_, err = f.ReadFrom(bytes.NewReader(sound))
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// prune removes what was not used for longest until the rest fits; the sound
// that is about to be played stays. It touches no file that is not the cache's.
func (c cache) prune(spare string) {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	var sounds []fs.FileInfo
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !info.Mode().IsRegular():
		case isSound(e.Name()):
			sounds = append(sounds, info)
			total += info.Size()
		case strings.HasPrefix(e.Name(), tempPrefix) && time.Since(info.ModTime()) > tempStays:
			_ = os.Remove(filepath.Join(c.dir, e.Name()))
		}
	}
	slices.SortFunc(sounds, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, info := range sounds {
		file := filepath.Join(c.dir, info.Name())
		if total <= c.max {
			return
		}
		if file != spare && os.Remove(file) == nil {
			total -= info.Size()
		}
	}
}

func isSound(name string) bool {
	key, ok := strings.CutSuffix(name, soundSuffix)
	b, err := hex.DecodeString(key)
	return ok && err == nil && len(b) == sha256.Size
}
