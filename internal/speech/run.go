package speech

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/elios/elios/internal/text"
)

const (
	// MaxSound is the longest WAV that is taken from a command, in bytes:
	// twenty minutes of what espeak-ng gives.
	MaxSound = 64 << 20

	maxComplaint = 4 << 10 // of what a command says of its failure
	maxReason    = 160     // of that in a message

	// partTime is how long a command that has ended, or was killed, may have
	// its output held open by one it left behind.
	partTime = time.Second
)

// failure is a program that was run in vain, as a person reads it.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

func failed(format string, args ...any) error { return failure{fmt.Errorf(format, args...)} }

// advice is what to do about an error that does not say so itself.
func advice(err error) string {
	if _, ok := errors.AsType[failure](err); ok {
		return "; mend it, or set speech_command or speech_player to another"
	}
	return ""
}

var errTooMuch = errors.New("too much output")

// run gives a command its input and returns at most limit bytes of its output
// and the last line of what it complained of. A limit of 0 drops the output.
// When ctx is done the command and all it has started are killed, and the error
// is ctx's.
func run(ctx context.Context, argv []string, input string, limit int) (out []byte, complaint string, err error) {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	sound := &capped{max: limit, full: cancel}
	var said tail
	cmd := exec.CommandContext(inner, argv[0], argv[1:]...)
	cmd.Stdin = strings.NewReader(input)
	if limit > 0 {
		cmd.Stdout = sound
	}
	cmd.Stderr = &said
	cmd.WaitDelay = partTime
	alone(cmd)
	err = cmd.Run()
	complaint = said.lastLine()
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case sound.over:
		return nil, "", failed("%s gave more than %d MiB of sound", nameOf(argv), limit>>20)
	case errors.Is(err, exec.ErrWaitDelay):
		killGroup(cmd)
		return nil, "", failed("%s left a process behind that holds its output", nameOf(argv))
	case err != nil:
		return nil, "", failed("%s failed (%w)%s", nameOf(argv), err, because(complaint))
	}
	return sound.b.Bytes(), complaint, nil
}

// because puts what a command complained of behind a message.
func because(complaint string) string {
	if complaint == "" {
		return ""
	}
	return ": " + complaint
}

// capped keeps what is written until it is too much. It must not embed the
// buffer: io.Copy would find ReadFrom and go past Write.
type capped struct {
	b    bytes.Buffer
	max  int
	over bool
	full func()
}

func (c *capped) Write(b []byte) (int, error) {
	if c.b.Len()+len(b) > c.max {
		c.over = true
		c.full() // a command that does not mind a closed pipe would write for ever
		return 0, errTooMuch
	}
	return c.b.Write(b)
}

// tail keeps the end of what is written.
type tail struct{ b []byte }

func (t *tail) Write(b []byte) (int, error) {
	t.b = append(t.b, b...)
	if n := len(t.b) - maxComplaint; n > 0 {
		t.b = append(t.b[:0], t.b[n:]...)
	}
	return len(b), nil
}

// lastLine is the last one with words, fit to be shown.
func (t *tail) lastLine() string {
	lines := strings.Split(strings.TrimSpace(text.Clean(string(t.b))), "\n")
	r := []rune(shown(lines[len(lines)-1]))
	if len(r) > maxReason {
		r = append(r[:maxReason-1], '…')
	}
	return string(r)
}
