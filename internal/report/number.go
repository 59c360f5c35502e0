package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Whole is a score as people see it, rounded to a whole number.
func Whole(v float64) string { return strconv.Itoa(int(math.Round(v))) }

// Score is a score with its range: "62", or "62–81" when what could not be
// assessed would make a difference.
func Score(value, upper float64) string { return scoreRange(value, upper, "–") }

// SpokenScore is Score for the ear: "62 to 81".
func SpokenScore(value, upper float64) string { return scoreRange(value, upper, " to ") }

func scoreRange(value, upper float64, dash string) string {
	low, high := Whole(value), Whole(upper)
	if upper <= value || low == high {
		return low
	}
	return low + dash + high
}

// Gain is a lesson's worth: "+9", or "+0.4" when it is less than a point.
func Gain(v float64) string {
	if v > 0 && v < 0.95 {
		return fmt.Sprintf("+%.1f", v)
	}
	return "+" + Whole(v)
}

// Count is a number with its noun: "1 point", "2 points".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Length is a time span for the eye: "12 s", "3 min 12 s", "18 min", "1 h 5 min".
// From ten minutes on seconds are not worth reading.
func Length(d time.Duration) string { return span(d, " h", " min", " s") }

// SpokenLength is Length for the ear: "3 minutes 12 seconds".
func SpokenLength(d time.Duration) string { return span(d, " hour", " minute", " second") }

func span(d time.Duration, hour, minute, second string) string {
	d = max(0, d).Round(time.Second)
	if d >= 10*time.Minute {
		d = d.Round(time.Minute)
	}
	var parts []string
	add := func(n time.Duration, unit string) {
		if n > 0 {
			parts = append(parts, withUnit(int(n), unit))
		}
	}
	add(d/time.Hour, hour)
	add(d%time.Hour/time.Minute, minute)
	add(d%time.Minute/time.Second, second)
	if len(parts) == 0 {
		return withUnit(0, second)
	}
	return strings.Join(parts, " ")
}

// withUnit puts a number before its unit; words get a plural, signs do not.
func withUnit(n int, unit string) string {
	if n != 1 && len(unit) > len(" min") {
		unit += "s"
	}
	return strconv.Itoa(n) + unit
}

// Bar draws a score from 0 to 100 in width cells.
func Bar(v float64, width int) string {
	full := int(math.Round(max(0, min(100, v)) / 100 * float64(width)))
	return strings.Repeat("█", full) + strings.Repeat("░", width-full)
}
