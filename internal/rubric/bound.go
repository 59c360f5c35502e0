package rubric

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Bound is a condition on a score, written ">=80", "<=25", ">0", "<40",
// "55..80" (both ends included) or "0" (exactly). The zero Bound holds always.
type Bound struct {
	Low, High         float64
	OpenLow, OpenHigh bool // the end itself is excluded
	set               bool
}

// ParseBound reads a bound.
func ParseBound(s string) (Bound, error) {
	s = strings.TrimSpace(s)
	b := Bound{Low: math.Inf(-1), High: math.Inf(1), set: true}
	var err error
	switch {
	case strings.HasPrefix(s, ">="):
		b.Low, err = number(s[2:])
	case strings.HasPrefix(s, "<="):
		b.High, err = number(s[2:])
	case strings.HasPrefix(s, ">"):
		b.Low, err = number(s[1:])
		b.OpenLow = true
	case strings.HasPrefix(s, "<"):
		b.High, err = number(s[1:])
		b.OpenHigh = true
	case strings.Contains(s, ".."):
		low, high, _ := strings.Cut(s, "..")
		if b.Low, err = number(low); err == nil {
			b.High, err = number(high)
		}
		if err == nil && b.Low > b.High {
			err = fmt.Errorf("its ends are the wrong way round")
		}
	default:
		b.Low, err = number(s)
		b.High = b.Low
	}
	if err != nil {
		return Bound{}, fmt.Errorf("%q is not a bound like >=80, <=25, 55..80 or 0: %w", s, err)
	}
	return b, nil
}

func number(s string) (float64, error) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return f, nil
}

// IsZero tells whether no bound was given.
func (b Bound) IsZero() bool { return !b.set }

// Holds tells whether v lies within the bound.
func (b Bound) Holds(v float64) bool {
	if !b.set {
		return true
	}
	if v < b.Low || b.OpenLow && v == b.Low {
		return false
	}
	return v < b.High || v == b.High && !b.OpenHigh
}

// HoldsWithin is Holds with a tolerance at both ends.
func (b Bound) HoldsWithin(v, tolerance float64) bool {
	return !b.set || v >= b.Low-tolerance && v <= b.High+tolerance
}

// Below tells whether the bound keeps out a score of 100, as "<=40" and
// "55..80" do.
func (b Bound) Below() bool { return b.set && !b.Holds(100) }

// String writes the bound the way ParseBound reads it.
func (b Bound) String() string {
	f := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	switch {
	case !b.set:
		return ""
	case b.Low == b.High:
		return f(b.Low)
	case math.IsInf(b.High, 1):
		return strings.TrimSuffix(">=", eq(b.OpenLow)) + f(b.Low)
	case math.IsInf(b.Low, -1):
		return strings.TrimSuffix("<=", eq(b.OpenHigh)) + f(b.High)
	}
	return f(b.Low) + ".." + f(b.High)
}

// eq is what an open end does not have.
func eq(open bool) string {
	if open {
		return "="
	}
	return ""
}

// MarshalText writes the bound as String does.
func (b Bound) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads the bound as ParseBound does.
func (b *Bound) UnmarshalText(s []byte) error {
	if len(s) == 0 {
		*b = Bound{}
		return nil
	}
	v, err := ParseBound(string(s))
	if err != nil {
		return err
	}
	*b = v
	return nil
}

// UnmarshalJSON also takes a bare number.
func (b *Bound) UnmarshalJSON(s []byte) error {
	var text string
	if json.Unmarshal(s, &text) == nil {
		return b.UnmarshalText([]byte(text))
	}
	return b.UnmarshalText(s)
}
