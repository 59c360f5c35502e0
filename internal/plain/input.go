package plain

import (
	"context"
	"errors"
	"io"
)

// item is one line typed, or one whole answer of a stream.
type item struct {
	text string
	err  error // io.EOF at the end; errLong can be read past, nothing else can
}

// read sends what next gives until it ends or ctx is done. A read that blocks
// cannot be called off: a goroutine that waits for a terminal stays until the
// program ends or somebody presses return.
func read(ctx context.Context, next func() (string, error)) <-chan item {
	out := make(chan item)
	go func() {
		for {
			s, err := next()
			select {
			case out <- item{s, err}:
			case <-ctx.Done():
				return
			}
			if err != nil && !errors.Is(err, errLong) {
				return
			}
		}
	}()
	return out
}

// input opens what the runner reads: the stream of answers, or the lines a
// person types.
func (r *runner) input(ctx context.Context) <-chan item {
	if r.scripted() {
		return read(ctx, newAnswers(r.o.Answers).next)
	}
	in := r.o.In
	if in == nil {
		in = eof{}
	}
	return read(ctx, newLineReader(in).next)
}

// eof is an input with nothing in it.
type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }
