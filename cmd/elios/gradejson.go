package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// rowReader gives the answers to grade, with the line where each begins. An error of the type
// badRow is about one row, after which the next can be read; io.EOF is the end.
type rowReader interface {
	next() (row gradeRow, line int, err error)
}

// rowWriter writes scores in the order of the calls.
type rowWriter interface {
	write(gradedRow) error
	flush() error
}

// badRow is a row that cannot be read.
type badRow struct{ error }

func (b badRow) Unwrap() error { return b.error }

// formatOf tells the form of the input: as asked for, else by its first character.
func formatOf(asked string, in io.Reader) (string, *bufio.Reader, error) {
	r := bufio.NewReaderSize(in, 1<<16)
	if bom, _ := r.Peek(3); string(bom) == "\ufeff" {
		_, _ = r.Discard(3) // it was just read
	}
	switch asked {
	case "jsonl", "csv":
		return asked, r, nil
	case "auto":
	default:
		return "", nil, usagef("--format %q: it is jsonl, csv or auto", asked)
	}
	head, err := r.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return "", nil, fmt.Errorf("read the answers: %w", err)
	}
	if head = bytes.TrimSpace(head); len(head) == 0 || head[0] == '{' {
		return "jsonl", r, nil
	}
	return "csv", r, nil
}

// jsonRows reads JSON lines.
type jsonRows struct {
	in   *bufio.Reader
	line int
}

func (j *jsonRows) next() (gradeRow, int, error) {
	for {
		line, err := readLine(j.in)
		j.line++
		if err != nil || len(line) == 0 {
			if err == nil {
				continue
			}
			return gradeRow{}, j.line, err
		}
		return gradeRow{json: line}, j.line, nil
	}
}

// decode reads the JSON of a row; it takes as long as grading it, and so the workers do it.
func (row *gradeRow) decode() error {
	if row.json == nil {
		return nil
	}
	var out gradeRow
	if err := json.Unmarshal(row.json, &out); err != nil {
		return fmt.Errorf("not a JSON object as expected: %w", err)
	}
	*row = out
	return nil
}

// maxLine is the longest row grade reads, in bytes.
const maxLine = 4 << 20

// readLine reads a line without its end. A line that is too long is read to
// its end and refused; io.EOF comes only when nothing is left.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && len(line) == 0:
			return nil, err
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case len(line) > maxLine:
			return nil, badRow{fmt.Errorf("longer than %d bytes", maxLine)}
		}
		return bytes.TrimSpace(line), nil
	}
}

// jsonScores writes JSON lines.
type jsonScores struct{ out *bufio.Writer }

func newJSONScores(w io.Writer) jsonScores { return jsonScores{bufio.NewWriterSize(w, 1<<16)} }

func (j jsonScores) write(row gradedRow) error {
	b, err := json.Marshal(row)
	if err != nil {
		return err
	}
	_, err = j.out.Write(append(b, '\n'))
	return err
}

func (j jsonScores) flush() error { return j.out.Flush() }
