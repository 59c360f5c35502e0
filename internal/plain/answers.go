package plain

import (
	"errors"
	"io"
	"strings"

	"github.com/elios/elios/internal/session"
)

// answers reads a stream of answers, each ended by a line with a single dot.
type answers struct {
	lines *lineReader
	n     int // answers read
}

func newAnswers(r io.Reader) *answers { return &answers{lines: newLineReader(r)} }

// next gives the next answer, which may be blank, and io.EOF when there is
// none. Text after the last dot is an answer if it is not blank. The error is
// of kind TooLong for an answer that is out of all proportion, else of kind
// Invalid for a stream that cannot be read; both name the answer.
func (a *answers) next() (string, error) {
	var lines []string
	size := 0
	for {
		line, err := a.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return a.last(lines)
		case err != nil && !errors.Is(err, errLong):
			return "", session.Errorf(session.Invalid, "answer %d of the answers cannot be read: %w", a.n+1, err)
		}
		if err == nil && isDot(line) {
			a.n++
			return strings.Join(lines, "\n"), nil
		}
		if size += len(line) + 1; err != nil || size > MaxAnswerBytes {
			return "", session.Errorf(session.TooLong,
				"answer %d of the answers is longer than 1 MiB; does a line with a single dot end it?", a.n+1)
		}
		lines = append(lines, unstuffed(line))
	}
}

// last is what the stream leaves behind its last dot.
func (a *answers) last(lines []string) (string, error) {
	s := strings.Join(lines, "\n")
	if blank(s) {
		return "", io.EOF
	}
	a.n++
	return s, nil
}
