package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/elios/elios/internal/session"
)

// wishes are what a command line may ask of a new interview.
type wishes struct {
	topics    []string
	level     string
	count     int
	followUps string
	mode      string
	timeLimit time.Duration
}

func (w *wishes) addWishFlags(f *pflag.FlagSet) {
	f.StringSliceVar(&w.topics, "topics", nil, "only questions of these topics, a `LIST` of ids")
	f.StringVar(&w.level, "level", "", "only questions of `LEVEL` 1 to 5, or of a range such as 2..4")
	f.IntVar(&w.count, "count", 0, "ask `N` questions, 0 for all that fit (default 4)")
	f.StringVar(&w.followUps, "follow-ups", "", "ask at most `N` follow-ups a question, 0 to 3 (default: the bank's)")
	f.StringVar(&w.mode, "mode", "", "`MODE` is practice, or exam: nothing is told before the end")
	f.DurationVar(&w.timeLimit, "time-limit", 0, "give each question a `TIME` such as 5m; a follow-up has half of it")
	f.Lookup("time-limit").DefValue = "" // none, rather than "0s"
}

// settle puts the flags that were given into settings. What cannot be meant is
// a usage error.
func (w *wishes) settle(f *pflag.FlagSet, s *session.Settings) (err error) {
	s.Topics = w.topics
	if f.Changed("count") {
		s.Count = w.count
	}
	if f.Changed("time-limit") {
		s.TimeLimit = w.timeLimit
	}
	if f.Changed("mode") {
		s.Mode = session.Mode(w.mode)
	}
	if f.Changed("follow-ups") {
		if s.FollowUps, err = parseFollowUps(w.followUps); err != nil {
			return err
		}
	}
	if s.MinLevel, s.MaxLevel, err = parseLevel(w.level); err != nil {
		return err
	}
	return checkSettings(*s)
}

func checkSettings(s session.Settings) error {
	switch {
	case s.Count < 0:
		return usagef("--count %d: there cannot be fewer than no questions", s.Count)
	case s.Mode != session.Practice && s.Mode != session.Exam:
		return usagef("--mode %q: it is practice or exam", s.Mode)
	case s.TimeLimit < 0:
		return usagef("--time-limit %s: it cannot be negative", s.TimeLimit)
	case s.Seed > 1<<63-1:
		return usagef("--seed %d: it is at most %d", s.Seed, uint64(1<<63-1))
	}
	return nil
}

// parseLevel reads "", "3" or "2..4".
func parseLevel(s string) (low, high int, err error) {
	if s == "" {
		return 0, 0, nil
	}
	a, b, isRange := strings.Cut(s, "..")
	if !isRange {
		b = a
	}
	low, errLow := strconv.Atoi(a)
	high, errHigh := strconv.Atoi(b)
	if errLow != nil || errHigh != nil || low < 1 || high > 5 || low > high {
		return 0, 0, usagef("--level %q: it is 1 to 5, or a range such as 2..4", s)
	}
	return low, high, nil
}

// parseFollowUps reads "bank" (nil) or 0 to 3.
func parseFollowUps(s string) (*int, error) {
	if s == "" || s == "bank" {
		return nil, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > session.MaxFollowUps {
		return nil, usagef("follow-ups %q: it is 0 to %d, or bank", s, session.MaxFollowUps)
	}
	return &n, nil
}
