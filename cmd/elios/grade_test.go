package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/elios/elios/internal/bank"
)

// pipe grades rows without a library of banks.
func pipe(rows rowReader, out rowWriter, bad io.Writer) gradePipe {
	return gradePipe{newGrader: func() *grader { return newGrader(&bank.Library{}) }, rows: rows, out: out, bad: bad, progress: func(int) {}}
}

func TestGradeKeepsTheOrder(t *testing.T) {
	const n = 5*batchRows + 7
	var in, out, bad bytes.Buffer
	for i := range n {
		if i%100 == 99 {
			fmt.Fprintln(&in, "broken")
			continue
		}
		fmt.Fprintf(&in, `{"id":%d,"question":"What is a lock?","reference":"It lets one in.","answer":"answer %d"}`+"\n", i, i)
	}
	p := pipe(&jsonRows{in: bufio.NewReader(&in)}, newJSONScores(&out), &bad)
	wrong, err := p.run(t.Context())
	if err != nil || wrong != n/100 || strings.Count(bad.String(), "line ") != wrong || !strings.HasPrefix(bad.String(), "line 100:") {
		t.Fatalf("%d bad rows, %v; told:\n%s", wrong, err, bad.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for k, i := 0, 0; i < n; i++ {
		if i%100 == 99 {
			continue
		}
		if want := fmt.Sprintf(`{"id":%d,`, i); !strings.HasPrefix(lines[k], want) {
			t.Fatalf("line %d: got %s, want %s", k+1, lines[k], want)
		}
		k++
	}
}

func TestGradeTellsOfBrokenStreams(t *testing.T) {
	broken := errors.New("broken")
	row := `{"id":1,"reference":"a","answer":"b"}` + "\n"
	in := bufio.NewReader(io.MultiReader(strings.NewReader(row), iotest.ErrReader(broken)))
	var out bytes.Buffer
	p := pipe(&jsonRows{in: in}, newJSONScores(&out), io.Discard)
	if _, err := p.run(t.Context()); !errors.Is(err, broken) || !strings.Contains(out.String(), `"id":1`) {
		t.Errorf("reading: %v; wrote %q", err, out.String())
	}
	p = pipe(&jsonRows{in: bufio.NewReader(strings.NewReader(strings.Repeat(row, 5000)))}, newJSONScores(failing{broken}), io.Discard)
	if _, err := p.run(t.Context()); !errors.Is(err, broken) {
		t.Errorf("writing: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	p = pipe(&jsonRows{in: bufio.NewReader(strings.NewReader(row))}, newJSONScores(io.Discard), io.Discard)
	if _, err := p.run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestCSVRowThatNeverEnds(t *testing.T) {
	in := io.MultiReader(strings.NewReader("id,answer\n1,\""), io.LimitReader(endless{}, 3*maxLine))
	rows, err := newCSVRows(bufio.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = rows.next(); err == nil || !strings.Contains(err.Error(), "never closed") {
		t.Errorf("got %v", err)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

// Whatever the file, reading ends, and a row that is read has no more than the header names.
func FuzzCSVRows(f *testing.F) {
	f.Add("id,answer\n1,\"a\nb\"\n2")
	f.Add("ID;Reference_1;reference_2;answer\nx;a;b;c\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := newCSVRows(bufio.NewReader(strings.NewReader(s)))
		if err != nil {
			return
		}
		for range strings.Count(s, "\n") + 2 {
			row, _, err := rows.next()
			var bad badRow
			if errors.As(err, &bad) {
				continue
			}
			if err != nil {
				return
			}
			if len(row.References) > len(rows.columns) {
				t.Fatalf("%d references of %d columns", len(row.References), len(rows.columns))
			}
		}
		t.Fatal("more rows than lines")
	})
}
