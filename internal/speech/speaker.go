// Package speech reads questions aloud with a program of the machine it runs on:
// one that gives a WAV, which is kept and played, or one that speaks itself.
package speech

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/elios/elios/internal/session"
)

// Options says who reads aloud. The zero value finds a program by itself and
// keeps no sound.
type Options struct {
	Command string // "" or "auto", a program known by name, or any command
	Voice   string // as the command names it; "": the command's own
	Player  string // of WAV files: "" or "auto", one known by name, or any command
	Cache   string // the folder of the sounds that are kept; "": none
	// Notice hears once, and never again, why nothing is heard. It must not
	// block. nil: nobody does.
	Notice func(string)
}

// Speaker reads one text at a time aloud; a new one cuts off the last. It is
// safe for concurrent use.
type Speaker struct {
	command []string // nil: the first known program there is
	player  []string // nil: the first known player there is
	voice   string
	cache   cache
	notice  func(string)
	noticed sync.Once

	mouth chan struct{} // holds a token while somebody speaks
	mu    sync.Mutex
	cut   context.CancelFunc // of the last text
}

var _ session.Speaker = (*Speaker)(nil)

// New makes a Speaker and looks for nothing yet: a program that is missing is
// told of when there is something to say. The error is a command that cannot be
// meant.
func New(o Options) (*Speaker, error) {
	command, err := words(o.Command)
	if err != nil {
		return nil, fmt.Errorf("speech_command: %w", err)
	}
	player, err := words(o.Player)
	if err != nil {
		return nil, fmt.Errorf("speech_player: %w", err)
	}
	if err := checkVoice(command, o.Voice); err != nil {
		return nil, err
	}
	s := &Speaker{
		command: command, player: player, voice: o.Voice, cache: cache{dir: o.Cache, max: MaxCache},
		notice: o.Notice, mouth: make(chan struct{}, 1),
	}
	if s.notice == nil {
		s.notice = func(string) {}
	}
	return s, nil
}

// Speak reads a text aloud and returns when it has been read, with ctx's error
// when it was cut off, or with the reason why it was not read. What it started
// is gone when it returns.
func (s *Speaker) Speak(ctx context.Context, text string) error {
	spoken := Spoken(text)
	if spoken == "" {
		return nil
	}
	r, err := s.find()
	if err == nil {
		err = s.take(ctx, r, spoken)
	}
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		s.noticed.Do(func() { s.notice("Not read aloud: " + err.Error() + advice(err)) })
	}
	return err
}

// ErrNoSound says that the program which reads aloud makes no file of it.
var ErrNoSound = errors.New("the program that reads aloud plays the sound itself and makes no file of it")

// Sound reads a text aloud into a WAV file and gives it, from an earlier time
// where it can. ErrNoSound when the program can only play.
func (s *Speaker) Sound(ctx context.Context, text string) ([]byte, error) {
	r, err := s.findReader([]string{}) // somebody else will play it
	if err != nil {
		return nil, err
	}
	spoken := Spoken(text)
	key := keyOf(r.speak, spoken)
	if file, ok := s.cache.find(key); ok {
		if b, err := os.ReadFile(file); err == nil {
			return b, nil
		}
	}
	sound, err := r.sound(ctx, spoken)
	switch {
	case err != nil:
		return nil, err
	case sound == nil:
		return nil, ErrNoSound
	}
	_, done, err := s.cache.keep(key, sound)
	if err == nil {
		done()
	}
	return sound, nil // a sound that cannot be kept is made again
}

// take cuts off the text before, waits until it is silent, and reads.
func (s *Speaker) take(ctx context.Context, r reader, spoken string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.mu.Lock()
	if s.cut != nil {
		s.cut()
	}
	s.cut = cancel
	s.mu.Unlock()
	select {
	case s.mouth <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.mouth }()
	return s.read(ctx, r, spoken)
}

// read says a text, with the sound of an earlier time if there is one.
func (s *Speaker) read(ctx context.Context, r reader, spoken string) error {
	key := keyOf(r.speak, spoken)
	if r.play != nil {
		if file, ok := s.cache.find(key); ok {
			return r.playFile(ctx, file)
		}
	}
	sound, err := r.sound(ctx, spoken)
	if err != nil || sound == nil {
		return err
	}
	file, done, err := s.cache.keep(key, sound)
	if err != nil {
		return fmt.Errorf("the sound could not be written: %w", err)
	}
	defer done()
	return r.playFile(ctx, file)
}
