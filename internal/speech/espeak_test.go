package speech

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// seconds is how long a WAV is heard.
func seconds(t *testing.T, file string) time.Duration {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w, err := parseWAV(b)
	if err != nil || !whole(b) || w.bytesPerSecond == 0 {
		t.Fatalf("%+v, whole %v, %v", w, whole(b), err)
	}
	return time.Duration(w.size) * time.Second / time.Duration(w.bytesPerSecond)
}

// needEspeak finds espeak-ng, or skips where it may be missing.
func needEspeak(t *testing.T) string {
	t.Helper()
	espeak, err := exec.LookPath("espeak-ng")
	switch {
	case err != nil && os.Getenv("ELIOS_REQUIRE_SPEECH") == "1":
		t.Fatal("espeak-ng is not installed; run tools/need-espeak.sh")
	case err != nil:
		t.Skip("espeak-ng is not installed; tools/need-espeak.sh installs it")
	}
	return espeak
}

// TestEspeak has the real program speak into a file: that needs no sound card.
func TestEspeak(t *testing.T) {
	espeak := needEspeak(t)
	s := newStage(t, "aplay")
	dir := t.TempDir()
	sp, _ := s.speaker(Options{Command: espeak, Voice: "en-gb", Cache: dir})
	heard := map[string]time.Duration{}
	for _, text := range []string{
		"Why?",
		"What happens when a goroutine sends on a channel that nobody receives from, and how would you find out?",
		"-v nosuch --help <speak>$(id)</speak> [[x]] \x00 \xff",
	} {
		s.speak(sp, text)
		heard[text] = seconds(t, s.next("aplay").Args[1])
		s.speak(sp, text) // the second time from the cache
		if again := seconds(t, s.next("aplay").Args[1]); again != heard[text] {
			t.Errorf("%q: %s, then %s", text, heard[text], again)
		}
		if heard[text] < 200*time.Millisecond || heard[text] > 15*time.Second {
			t.Errorf("%q is heard for %s", text, heard[text])
		}
	}
	if short, long := heard["Why?"], heard["What happens when a goroutine sends on a channel that nobody receives from, and how would you find out?"]; long < 3*time.Second || long < 3*short {
		t.Errorf("20 words are heard for %s, one for %s", long, short)
	}
	wrong, notices := s.speaker(Options{Command: espeak, Voice: "nosuch", Cache: dir})
	if err := wrong.Speak(t.Context(), "Why?"); err == nil || len(*notices) != 1 {
		t.Errorf("a voice there is not: %v, %q", err, *notices)
	}
	s.quiet()
}
