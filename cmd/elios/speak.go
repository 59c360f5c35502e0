package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/config"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/speech"
)

// addSpeakFlag gives a command --speak; --speak=false goes before the file.
func (a *app) addSpeakFlag(cmd *cobra.Command) {
	cmd.Flags().BoolFunc("speak", "read the questions aloud (also the key speak)", func(s string) error {
		a.flags.speak = s
		return nil
	})
}

// speaker reads questions aloud; nil when nobody asked for it.
func (a *app) speaker() (session.Speaker, error) {
	if a.remote {
		return nil, nil
	}
	s, err := a.voice()
	if s == nil || err != nil {
		return nil, err
	}
	return s, nil
}

// sound reads questions aloud into files, for candidates elsewhere; nil when
// nobody asked for it.
func (a *app) sound() (func(ctx context.Context, text string) ([]byte, error), error) {
	s, err := a.voice()
	if s == nil || err != nil {
		return nil, err
	}
	return s.Sound, nil
}

// voice is what reads aloud; nil when nobody asked for it.
func (a *app) voice() (*speech.Speaker, error) {
	cfg, err := a.configuration()
	if err != nil || !cfg.Speak {
		return nil, err
	}
	s, err := speech.New(speech.Options{
		Command: cfg.SpeechCommand, Voice: cfg.Voice, Player: cfg.SpeechPlayer,
		Cache: config.SpeechCache(a.getenv), Notice: a.notice,
	})
	if err != nil {
		return nil, &usageError{err}
	}
	return s, nil
}

// notice tells whoever shows the interview, and never waits for them.
func (a *app) notice(s string) {
	select {
	case a.notices <- s:
	default:
	}
}

// printNotices prints what comes up beside an interview, until stop.
func (a *app) printNotices() (stop func()) {
	over, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case s := <-a.notices:
				fmt.Fprintln(a.err, s)
			case <-over:
				return
			}
		}
	}()
	return func() {
		close(over)
		<-stopped
	}
}

// lastNotice prints what nobody has shown.
func (a *app) lastNotice() {
	select {
	case s := <-a.notices:
		fmt.Fprintln(a.err, s)
	default:
	}
}
