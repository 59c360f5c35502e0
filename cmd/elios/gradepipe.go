package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
)

// gradePipe grades rows on all cores and writes them in their order. Memory does not grow with the
// input: as many batches as there are cores are under way, and a batch is bounded.
type gradePipe struct {
	newGrader func() *grader
	rows      rowReader
	out       rowWriter
	bad       io.Writer // is told of bad rows
	progress  func(rows int)
}

const (
	batchRows  = 256
	batchBytes = 1 << 20 // of answers
)

// numbered is a row with its line and, afterwards, what became of it.
type numbered struct {
	row    gradeRow
	line   int
	graded gradedRow
	err    error
}

// batch is graded by one worker; done says when.
type batch struct {
	rows []numbered
	done chan struct{}
}

// run grades everything and gives the number of bad rows.
func (p *gradePipe) run(ctx context.Context) (bad int, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan *batch)
	ordered := make(chan *batch, workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			g := p.newGrader()
			for b := range todo {
				b.grade(ctx, g)
			}
		})
	}
	var readErr error
	wg.Go(func() {
		defer close(ordered)
		defer close(todo)
		readErr = p.read(ctx, ordered, todo)
	})
	n := 0
	for b := range ordered {
		<-b.done
		wrong, werr := p.write(b)
		bad += wrong
		if err = errors.Join(err, werr); err != nil {
			stop()
		}
		n += len(b.rows)
		p.progress(n)
	}
	wg.Wait()
	p.progress(-1)
	if ferr := p.out.flush(); ferr != nil {
		ferr = fmt.Errorf("write the scores: %w", ferr)
		return bad, errors.Join(err, readErr, ferr)
	}
	return bad, errors.Join(err, readErr)
}

// read hands batches to the workers, and in the same order to the writer.
func (p *gradePipe) read(ctx context.Context, ordered, todo chan<- *batch) error {
	for {
		b, err := p.batch()
		if len(b.rows) > 0 {
			select {
			case ordered <- b:
			case <-ctx.Done():
				return ctx.Err()
			}
			todo <- b
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the answers: %w", err)
		}
	}
}

// batch reads the next rows, up to the end or an error.
func (p *gradePipe) batch() (*batch, error) {
	b := &batch{done: make(chan struct{})}
	for size := 0; len(b.rows) < batchRows && size < batchBytes; {
		row, line, err := p.rows.next()
		var bad badRow
		if err != nil && !errors.As(err, &bad) {
			return b, err
		}
		b.rows = append(b.rows, numbered{row: row, line: line, err: err})
		size += len(row.json)
		if row.Answer != nil {
			size += len(*row.Answer)
		}
	}
	return b, nil
}

func (b *batch) grade(ctx context.Context, g *grader) {
	defer close(b.done)
	for i := range b.rows {
		n := &b.rows[i]
		if n.err == nil && ctx.Err() == nil {
			n.graded, n.err = g.grade(ctx, n.row)
		}
		n.row = gradeRow{}
	}
}

// write writes a batch and tells of its bad rows.
func (p *gradePipe) write(b *batch) (bad int, err error) {
	for _, n := range b.rows {
		if n.err == nil && n.graded.ID == nil {
			continue // interrupted before its turn
		}
		if n.err != nil {
			bad++
			if _, err := fmt.Fprintf(p.bad, "line %d: %v\n", n.line, n.err); err != nil {
				return bad, fmt.Errorf("name a bad row: %w", err)
			}
			continue
		}
		if err := p.out.write(n.graded); err != nil {
			return bad, fmt.Errorf("write the scores: %w", err)
		}
	}
	return bad, nil
}
