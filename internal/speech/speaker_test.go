package speech

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSpeakHandsTheTextToTheInputAndPlaysTheSound(t *testing.T) {
	s := newStage(t, "pipewav", "play")
	sp, notices := s.speaker(Options{Command: `pipewav "a b" {voice}`, Voice: "anna", Player: "play --file={file} -q", Cache: t.TempDir()})
	s.speak(sp, "What is $(touch x) `--help`?\x1b]0;gone\x07\nAnd \x1b[31mred\x1b[0m?")
	said := s.next("pipewav")
	if want := "What is $(touch x) --help? And red?\n"; said.In != want {
		t.Errorf("said %q, want %q", said.In, want)
	}
	if got := strings.Join(said.Args, "|"); got != "a b|anna" {
		t.Errorf("arguments %s", got)
	}
	played := s.next("play")
	file, ok := strings.CutPrefix(played.Args[0], "--file=")
	if !ok || len(played.Args) != 2 || played.In != "" {
		t.Errorf("the player got %q and %q", played.Args, played.In)
	}
	if b, err := os.ReadFile(file); err != nil || !whole(b) {
		t.Errorf("the sound has no true sizes (%v)", err)
	}
	if len(*notices) != 0 {
		t.Errorf("%q", *notices)
	}
}

func TestSpeakOfNothingRunsNothing(t *testing.T) {
	s := newStage(t, "wav", "aplay")
	sp, _ := s.speaker(Options{Command: "wav"})
	s.speak(sp, " \n\x1b[31m\n")
	s.quiet()
}

func TestSpeakKeepsASound(t *testing.T) {
	s := newStage(t, "wav", "aplay")
	dir := filepath.Join(t.TempDir(), "elios", "speech")
	one, _ := s.speaker(Options{Command: "wav {voice}", Voice: "anna", Cache: dir})
	other, _ := s.speaker(Options{Command: "wav {voice}", Voice: "bert", Cache: dir})
	s.speak(one, "What is a map?")
	s.next("wav")
	first := s.next("aplay")
	if !has(first, "-q "+dir) {
		t.Errorf("aplay %v", first.Args)
	}
	s.speak(one, "What  is a *map*?") // sounds the same
	if again := s.next("aplay"); again.Args[1] != first.Args[1] {
		t.Errorf("%v, then %v", first.Args, again.Args)
	}
	for _, sp := range []*Speaker{one, other} { // another text, another voice
		s.speak(sp, "What is a slice?")
		s.next("wav")
		s.next("aplay")
	}
	s.quiet()
	for file, mode := range map[string]os.FileMode{dir: 0o700, first.Args[1]: 0o600} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, want %o (%v)", file, info.Mode(), mode, err)
		}
	}
}

func TestSpeakMakesADamagedSoundAnew(t *testing.T) {
	s := newStage(t, "wav", "aplay")
	dir := t.TempDir()
	sp, _ := s.speaker(Options{Command: "wav", Cache: dir})
	s.speak(sp, "Why?")
	s.next("wav")
	file := s.next("aplay").Args[1]
	for name, damage := range map[string]func() error{
		"cut off":   func() error { return os.Truncate(file, 100) },
		"empty":     func() error { return os.Truncate(file, 0) },
		"no sound":  func() error { return os.WriteFile(file, []byte("<html>"), 0o600) },
		"appended":  func() error { return os.WriteFile(file, append(sound(9), 1, 2, 3), 0o600) },
		"elsewhere": func() error { return errors.Join(os.Remove(file), os.Symlink("/dev/zero", file)) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		s.speak(sp, "Why?")
		if l := <-s.lines; l.Name != "wav" {
			t.Fatalf("%s: %s was run first", name, l.Name)
		}
		s.next("aplay")
		if b, err := os.ReadFile(file); err != nil || !whole(b) {
			t.Errorf("%s: not mended (%v)", name, err)
		}
	}
}

func TestSpeakKeepsNothingOfACommandThatPlays(t *testing.T) {
	s := newStage(t, "direct", "aplay")
	dir := t.TempDir()
	sp, notices := s.speaker(Options{Command: "direct", Cache: dir})
	for range 2 {
		s.speak(sp, "Why?")
		s.next("direct")
	}
	s.quiet()
	if files, _ := os.ReadDir(dir); len(files) != 0 || len(*notices) != 0 {
		t.Errorf("%v, %q", files, *notices)
	}
}

func TestSpeakWithoutAPlaceForSounds(t *testing.T) {
	s := newStage(t, "wav", "aplay")
	t.Setenv("TMPDIR", t.TempDir())
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", file, filepath.Join(file, "under")} {
		sp, _ := s.speaker(Options{Command: "wav", Cache: dir})
		s.speak(sp, "Why?")
		s.next("wav")
		if played := s.next("aplay").Args[1]; !strings.HasSuffix(played, ".wav") {
			t.Errorf("%q: played %s", dir, played)
		}
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "*.wav")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func TestSpeakIsCutOffWithAllItStarted(t *testing.T) {
	for name, tc := range map[string]struct {
		o     Options
		first []string
	}{
		"speaking": {Options{Command: "hang"}, nil},
		"playing":  {Options{Command: "wav", Player: "hangplayer"}, []string{"wav"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, "hang", "hangplayer", "wav")
			tc.o.Cache = t.TempDir()
			sp, notices := s.speaker(tc.o)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			done := make(chan error)
			go func() { done <- sp.Speak(ctx, "Why?") }()
			for _, name := range tc.first {
				s.next(name)
			}
			parent, child := <-s.lines, <-s.lines
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
			<-parent.gone
			<-child.gone
			if len(*notices) != 0 {
				t.Errorf("%q", *notices)
			}
		})
	}
}

func TestSpeakCutsOffTheTextBefore(t *testing.T) {
	s := newStage(t, "hang")
	sp, _ := s.speaker(Options{Command: "hang"})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	type end struct {
		text string
		err  error
	}
	ended := make(chan end, 3)
	var before line
	for i, text := range []string{"One.", "Two.", "Three."} {
		go func() { ended <- end{text, sp.Speak(ctx, text)} }()
		now := s.next("hang")
		s.next("child")
		if i > 0 {
			<-before.gone // was killed before this one could begin
			if e := <-ended; e.text == text || !errors.Is(e.err, context.Canceled) {
				t.Errorf("%+v", e)
			}
		}
		before = now
	}
	cancel()
	if e := <-ended; e.text != "Three." {
		t.Errorf("%+v", e)
	}
}

func TestSpeakTellsOnceWhyNothingIsHeard(t *testing.T) {
	for name, tc := range map[string]struct {
		programs []string
		o        Options
		want     string
	}{
		"nothing installed": {nil, Options{}, "no espeak-ng, say or piper found; install espeak-ng, or set speech_command"},
		"not installed":     {nil, Options{Command: "festival \x1b[31m"}, "festival is not installed; install it, or set speech_command to another"},
		"not there":         {nil, Options{Command: "/nowhere/festival"}, "/nowhere/festival cannot be run: "},
		"player missing":    {[]string{"wav"}, Options{Command: "wav", Player: "mpv"}, "mpv is not installed; install it, or set speech_player to another"},
		"no player":         {[]string{"wav"}, Options{Command: "wav"}, "nothing here plays sound; install aplay (alsa-utils), or set speech_player"},
		"failing":           {[]string{"broken"}, Options{Command: "broken"}, "broken failed (exit status 3): no such voice"},
		"failing player":    {[]string{"wav", "broken"}, Options{Command: "wav", Player: "broken"}, "broken failed (exit status 3): no such voice"},
		"no WAV":            {[]string{"noise"}, Options{Command: "noise"}, "noise gave no WAV: it does not begin as one"},
		"too much":          {[]string{"flood"}, Options{Command: "flood"}, "flood gave more than 64 MiB of sound"},
		"no sound card":     {[]string{"soundless"}, Options{Command: "soundless"}, "soundless failed: error: No such file or directory"},
		"left a process":    {[]string{"leaver"}, Options{Command: "leaver"}, "leaver left a process behind that holds its output"},
		"no voice":          {[]string{"piper"}, Options{Command: "piper"}, "piper needs a voice; set voice to the path of its .onnx file"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, tc.programs...)
			tc.o.Cache = t.TempDir()
			sp, notices := s.speaker(tc.o)
			for range 2 {
				if err := sp.Speak(t.Context(), "Why?"); err == nil || !strings.HasPrefix(err.Error(), tc.want) {
					t.Errorf("%v, want %s", err, tc.want)
				}
			}
			if len(*notices) == 1 && !strings.Contains((*notices)[0], "set ") {
				t.Errorf("what to do? %q", *notices)
			}
			if len(*notices) != 1 || !strings.HasPrefix((*notices)[0], "Not read aloud: "+tc.want) {
				t.Errorf("notices %q", *notices)
			}
			if files, _ := os.ReadDir(tc.o.Cache); len(files) > 1 || len(files) == 1 && name != "failing player" {
				t.Errorf("kept %v", files)
			}
		})
	}
}

func TestSpeakTellsOfAMissingProgramEvenWhenCutOff(t *testing.T) {
	s := newStage(t)
	sp, notices := s.speaker(Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sp.Speak(ctx, "Why?"); err == nil || len(*notices) != 1 {
		t.Errorf("%v, %q", err, *notices)
	}
}

func TestSpeakAfterItsTimeRunsNothing(t *testing.T) {
	s := newStage(t, "wav", "aplay")
	sp, notices := s.speaker(Options{Command: "wav"})
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if err := sp.Speak(ctx, "Why?"); !errors.Is(err, context.DeadlineExceeded) || len(*notices) != 0 {
		t.Errorf("%v, %q", err, *notices)
	}
	s.quiet()
}
