package tui

import "time"

// clock counts the time of this sitting, without the pauses.
type clock struct {
	total time.Duration
	from  time.Time // zero while it stands
}

func (c *clock) run(now time.Time) {
	if c.from.IsZero() {
		c.from = now
	}
}

func (c *clock) stop(now time.Time) {
	c.total, c.from = c.read(now), time.Time{}
}

func (c *clock) read(now time.Time) time.Duration {
	if c.from.IsZero() {
		return c.total
	}
	return c.total + now.Sub(c.from)
}
