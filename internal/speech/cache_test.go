package speech

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// put writes a file that was last used some minutes ago.
func put(t *testing.T, dir, name string, size, minutes int) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-time.Duration(minutes) * time.Minute)
	if err := os.Chtimes(file, at, at); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestPruneTakesTheLongestUnused(t *testing.T) {
	dir := t.TempDir()
	sounds := map[string]string{}
	for i, minutes := range map[string]int{"old": 30, "middle": 20, "new": 10} {
		sounds[i] = keyOf(nil, i) + ".wav"
		put(t, dir, sounds[i], 400, minutes)
	}
	put(t, dir, "mine.wav", 4000, 90)
	put(t, dir, "making-1", 9, 90)
	put(t, dir, "making-2", 9, 5)
	c := cache{dir: dir, max: 1000}
	key := keyOf(nil, "now")
	file, done, err := c.keep(key, sound(156)) // 200 bytes
	if err != nil || file != c.path(key) {
		t.Fatalf("%s, %v", file, err)
	}
	done()
	want := []string{"mine.wav", "making-2", sounds["middle"], sounds["new"], key + ".wav"}
	slices.Sort(want)
	if got := names(t, dir); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("left %v\nwant %v", got, want)
	}
}

func TestPruneSparesWhatIsPlayedNext(t *testing.T) {
	c := cache{dir: t.TempDir(), max: 10}
	for _, key := range []string{keyOf(nil, "a"), keyOf(nil, "b")} {
		if _, _, err := c.keep(key, sound(100)); err != nil {
			t.Fatal(err)
		}
		if got := names(t, c.dir); len(got) != 1 || got[0] != key+".wav" {
			t.Errorf("%v", got)
		}
	}
}

func TestASoundThatIsPlayedIsNotOld(t *testing.T) {
	c := cache{dir: t.TempDir(), max: 300}
	old, newer := keyOf(nil, "old"), keyOf(nil, "newer")
	for i, key := range []string{old, newer} {
		if err := os.WriteFile(c.path(key), sound(56), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(time.Duration(i-60) * time.Minute)
		if err := os.Chtimes(c.path(key), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := c.find(old); !ok {
		t.Fatal("not found")
	}
	if _, _, err := c.keep(keyOf(nil, "now"), sound(100)); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.find(old); !ok {
		t.Error("the sound just played is gone")
	}
	if _, ok := c.find(newer); ok {
		t.Error("the one unused for longer stays")
	}
}

func TestKeysDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range []string{
		keyOf([]string{"a", "b"}, "c"), keyOf([]string{"a"}, "b\x00c"), keyOf([]string{"a b"}, "c"), keyOf([]string{"a", "b"}, "d"), keyOf([]string{"a", "", "b"}, "c"),
	} {
		if seen[k] {
			t.Errorf("%s twice", k)
		}
		seen[k] = true
	}
}
