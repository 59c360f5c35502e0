package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/plain"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/tui"
)

// face is how an interview is shown and answered.
type face struct {
	plain         bool
	answers       string
	json          bool
	deterministic bool
	resumeWith    string // the command that goes on with an interview, where it is not resume
}

func (f *face) addFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.plain, "plain", false, "one line per change: for screen readers and pipes")
	cmd.Flags().StringVar(&f.answers, "answers", "", "read the answers from `FILE` (-: standard input), each ended by a line with a single dot")
	cmd.Flags().BoolVar(&f.json, "json", false, "print every event as one JSON object a line")
}

// openAnswers opens the file of answers, nil when none is named.
func (f *face) openAnswers(in io.Reader) (*answersFile, error) {
	switch f.answers {
	case "":
		return nil, nil
	case "-":
		return &answersFile{Reader: in}, nil
	}
	file, err := os.Open(f.answers)
	if err != nil {
		return nil, &exitError{code: exitUsage, msg: fmt.Sprintf("answers: %s; give a file, or - for standard input", cause(err))}
	}
	return &answersFile{Reader: file, file: file}, nil
}

// answersFile is an open file of answers; nil when none is named.
type answersFile struct {
	io.Reader
	file *os.File
}

// Close closes the file, but never standard input.
func (a *answersFile) Close() error {
	if a.file == nil {
		return nil
	}
	return a.file.Close()
}

// cause is what the system says of a file, without the name of the call.
func cause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("%s: %w", pe.Path, pe.Err)
	}
	return err
}

// inLines tells whether the flags ask for lines rather than screens.
func (f *face) inLines(answers *answersFile) bool { return f.plain || f.json || answers != nil }

// play shows an interview until it is complete or left.
func (f *face) play(ctx context.Context, a *app, ivs session.Interviews, room session.Room, answers *answersFile) error {
	if f.inLines(answers) || !a.terminal() {
		return f.playPlain(ctx, a, ivs, room, answers)
	}
	return runTUI(ctx, a, tui.Options{Interviews: ivs, Room: room})
}

func (f *face) playPlain(ctx context.Context, a *app, ivs session.Interviews, room session.Room, answers *answersFile) error {
	o := plain.Options{In: a.in, Out: a.out, Err: a.err, JSON: f.json, Terminal: a.terminal(), NewID: newCommandID, Now: time.Now, Resume: f.resumeWith, Report: f.resumeWith}
	if answers != nil {
		o.Answers = answers
	}
	defer a.printNotices()()
	return plain.Run(ctx, ivs, room, o)
}

func newCommandID() string { return uuid.Must(uuid.NewV7()).String() }

// errTerminal is the terminal that messages go to, false where they go elsewhere.
func (s streams) errTerminal() (*os.File, bool) {
	f, ok := s.err.(*os.File)
	return f, ok && term.IsTerminal(f.Fd())
}

// terminal tells whether a person sits at both ends.
func (s streams) terminal() bool {
	in, ok := s.in.(*os.File)
	if !ok || !term.IsTerminal(in.Fd()) {
		return false
	}
	out, ok := s.out.(*os.File)
	return ok && term.IsTerminal(out.Fd())
}
