package speech

import (
	"bytes"
	"errors"
	"testing"
)

func TestSoundIsAWAVWithoutAPlayer(t *testing.T) {
	s, err := New(Options{Command: "cat testdata/none", Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sound(t.Context(), "Hello."); err == nil {
		t.Error("a file that is not there made a sound")
	}
	silent, err := New(Options{Command: "true", Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := silent.Sound(t.Context(), "Hello."); !errors.Is(err, ErrNoSound) {
		t.Errorf("%v", err)
	}
}

func TestSoundOfTheRealProgram(t *testing.T) {
	needEspeak(t)
	s, err := New(Options{Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Sound(t.Context(), "What is a map?")
	if err != nil || !bytes.HasPrefix(first, []byte("RIFF")) {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	second, err := s.Sound(t.Context(), "What is a map?")
	if err != nil || !bytes.Equal(first, second) {
		t.Error("the second time it sounds different", err)
	}
}
