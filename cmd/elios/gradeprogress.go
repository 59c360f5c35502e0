package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// countingReader knows how much of the input was read.
type countingReader struct {
	in   io.Reader
	read atomic.Int64
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.read.Add(int64(n))
	return n, err
}

// gradeProgress shows on a terminal how many rows are graded and how fast, and of a file of known
// size how far it is. A negative number of rows is the end.
func (o *gradeOptions) gradeProgress(in *countingReader, size int64) func(rows int) {
	line := o.statusLine()
	if !line.isSeen() {
		return func(int) {}
	}
	start, last := time.Now(), time.Now()
	return func(rows int) {
		if rows < 0 {
			line.clear()
			return
		}
		if time.Since(last) < 200*time.Millisecond {
			return
		}
		last = time.Now()
		share := ""
		if size > 0 {
			share = fmt.Sprintf(" · %d %%", 100*in.read.Load()/size)
		}
		line.draw(fmt.Sprintf("Grading … %d answers%s · %.0f a second", rows, share, float64(rows)/last.Sub(start).Seconds()))
	}
}
