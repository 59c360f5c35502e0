package rubric

import (
	"fmt"
	"time"
)

// Duration is a time span written as in Go ("5m", "90s"), in banks and in JSON.
type Duration time.Duration

// MarshalText writes the span as "5m0s".
func (d Duration) MarshalText() ([]byte, error) {
	return []byte(time.Duration(d).String()), nil
}

// UnmarshalText reads "5m"; a negative span is refused.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return fmt.Errorf("%q is not a time span like 90s or 5m", b)
	}
	if v < 0 {
		return fmt.Errorf("%q is negative", b)
	}
	*d = Duration(v)
	return nil
}
