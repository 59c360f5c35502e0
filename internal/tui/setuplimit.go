package tui

import (
	"slices"
	"time"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// The limits one comes by, and what a small step is.
var (
	limits    = []time.Duration{0, 1 * time.Minute, 2 * time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 20 * time.Minute, 30 * time.Minute, 45 * time.Minute, time.Hour}
	limitStep = 30 * time.Second
	maxLimit  = 3 * time.Hour
)

func (m *setup) limitValue() (value, about string) {
	switch d := m.settings.TimeLimit; {
	case d > 0:
		return limitWords(d), "for a question, half for a follow-up"
	case m.settings.Mode == session.Exam:
		return "as the bank says", "type a number of minutes"
	}
	return "off", "type a number of minutes"
}

// limitWords is a limit to the second; report.Length rounds long times.
func limitWords(d time.Duration) string {
	if rest := d % time.Minute; rest > 0 && rest < d {
		return report.Length(d-rest) + " " + report.Length(rest)
	}
	return report.Length(d)
}

// turnLimit goes to the next limit, from one between them too.
func (m *setup) turnLimit(by int) {
	i, found := slices.BinarySearch(limits, m.settings.TimeLimit)
	if !found && by > 0 {
		i--
	}
	m.settings.TimeLimit = limits[turn(i, by, len(limits))]
}

func (m *setup) nudgeLimit(by int) {
	m.settings.TimeLimit = max(0, min(maxLimit, m.settings.TimeLimit+time.Duration(by)*limitStep))
}

func (m *setup) setLimit(minutes int) {
	m.settings.TimeLimit = min(maxLimit, time.Duration(minutes)*time.Minute)
}
