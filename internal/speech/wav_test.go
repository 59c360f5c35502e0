package speech

import (
	"bytes"
	"strings"
	"testing"
)

func TestMendWAV(t *testing.T) {
	streamed := sound(100)
	copy(streamed[4:], "\xff\xff\xff\xff")
	copy(streamed[40:], "\xff\xff\xff\xff")
	unsized := sound(100)
	copy(unsized[4:], "\x00\x00\x00\x00")
	copy(unsized[40:], "\x00\x00\x00\x00")
	cutOff := sound(200)[:len(sound(100))]
	for name, b := range map[string][]byte{"whole": sound(100), "streamed": streamed, "without sizes": unsized, "cut off": cutOff} {
		got, err := mendWAV(bytes.Clone(b))
		if err != nil || !bytes.Equal(got, sound(100)) {
			t.Errorf("%s: %v\n%q", name, err, got)
		}
		if whole(b) != (name == "whole") {
			t.Errorf("%s: taken for whole", name)
		}
	}
	list := "LIST\x03\x00\x00\x00abc\x00"
	for name, b := range map[string]string{
		"a chunk before": string(sound(4)[:36]) + list + string(sound(4)[36:]),
		"a chunk behind": string(sound(4)) + list,
	} {
		got, err := mendWAV([]byte(b))
		if err != nil || !whole(got) {
			t.Errorf("%s: %v", name, err)
		}
		if w, err := parseWAV(got); err != nil || w.size != 4 || w.bytesPerSecond != 44100 {
			t.Errorf("%s: %+v, %v", name, w, err)
		}
	}
}

func TestNoWAV(t *testing.T) {
	good := string(sound(4))
	for in, want := range map[string]string{
		"":                          "does not begin as one",
		"ID3\x04 and so on, longer": "does not begin as one",
		good[:20]:                   "breaks off",
		good[:36]:                   "no samples",
		good[:44]:                   "is empty",
		good[:12] + good[36:]:       "format is missing",
	} {
		if _, err := mendWAV([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
}

func FuzzMendWAV(f *testing.F) {
	f.Add(sound(9))
	f.Add(sound(9)[:30])
	f.Add(append(sound(3), "LIST\x00\x00\x00\x00"...))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := len(b)
		if got, err := mendWAV(b); err == nil && (!whole(got) || len(got) != n) {
			t.Errorf("%q is not whole", got)
		}
	})
}
