package plain

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// errLong is a line longer than MaxAnswerBytes. The line is gone, the next one
// can be read.
var errLong = errors.New("the line is longer than 1 MiB")

const byteOrderMark = "\ufeff"

// lineReader reads lines without their ends, whichever system wrote them.
type lineReader struct {
	r     *bufio.Reader
	begun bool
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReader(r)} }

// next gives the next line; io.EOF after the last, errLong for one that is too
// long, else the reader's error. A last line without an end counts.
func (l *lineReader) next() (string, error) {
	line, err := l.raw()
	if err != nil {
		return "", err
	}
	if !l.begun {
		line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		l.begun = true
	}
	return string(bytes.TrimSuffix(line, []byte("\r"))), nil
}

// raw reads up to a line end, keeping no more of it than is allowed.
func (l *lineReader) raw() ([]byte, error) {
	var line []byte
	long, some := false, false
	for {
		part, err := l.r.ReadSlice('\n')
		some = some || len(part) > 0
		if len(line)+len(part) > MaxAnswerBytes+1 {
			long, line = true, nil
		} else if !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || !some):
			return nil, err
		case long:
			return nil, errLong
		}
		return bytes.TrimSuffix(line, []byte("\n")), nil
	}
}

// isDot tells whether a line ends an answer.
func isDot(line string) bool { return strings.TrimRight(line, " \t") == "." }

// unstuffed takes away the dot that protects a line which begins with one.
func unstuffed(line string) string {
	if strings.HasPrefix(line, "..") {
		return line[1:]
	}
	return line
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
