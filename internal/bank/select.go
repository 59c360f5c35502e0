package bank

import (
	"cmp"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// stream is the second half of the generator's seed: any constant, never
// changed, since it is part of what makes a seed an interview.
const stream = 0x656c696f73 // "elios"

// Select draws the questions of an interview: those of the wanted topics and
// levels that are no drafts, s.Count of them by s.Seed (0, or more than there are: all), from easy
// to hard. The same bank, settings and seed give the same questions on every
// machine and with every version of Go. When recent is not nil, questions never
// answered are drawn first, then those answered longest ago.
//
// Invalid for an unknown topic, levels that cannot be, or when nothing fits.
func Select(b *Bank, s session.Settings, recent map[string]time.Time) ([]rubric.Question, error) {
	fitting, err := filter(b, s)
	if err != nil {
		return nil, err
	}
	shuffle(fitting, s.Seed)
	if recent != nil {
		slices.SortStableFunc(fitting, func(a, b rubric.Question) int {
			return recent[a.ID].Compare(recent[b.ID])
		})
	}
	if s.Count > 0 && s.Count < len(fitting) {
		fitting = fitting[:s.Count]
	}
	slices.SortStableFunc(fitting, func(a, b rubric.Question) int { return cmp.Compare(a.Level, b.Level) })
	return fitting, nil
}

// filter lists the questions that fit, by id.
func filter(b *Bank, s session.Settings) ([]rubric.Question, error) {
	if err := known(b, s); err != nil {
		return nil, err
	}
	low, high := max(s.MinLevel, 1), s.MaxLevel
	if high == 0 {
		high = 5
	}
	var out []rubric.Question
	drafts := 0
	for _, q := range b.Questions {
		if q.Level >= low && q.Level <= high && (len(s.Topics) == 0 || slices.Contains(s.Topics, q.Topic)) {
			if Draft(&q.Question) {
				drafts++
				continue
			}
			out = append(out, q.Question)
		}
	}
	if len(out) == 0 && drafts > 0 {
		return nil, session.Errorf(session.Invalid, "bank %s: all questions that fit (%d) are drafts; write what stands after TODO first", b.ID, drafts)
	}
	if len(out) == 0 {
		return nil, nothingFits(b, s.Topics, low, high)
	}
	slices.SortFunc(out, func(a, b rubric.Question) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// known checks that what the settings name can be.
func known(b *Bank, s session.Settings) error {
	topics := topicIDs(b.Topics)
	for _, t := range s.Topics {
		if _, ok := topics[t]; !ok {
			return session.Errorf(session.Invalid, "bank %s has no topic %q%s", b.ID, shorten(t), existing(t, topics.list()))
		}
	}
	for _, level := range []int{s.MinLevel, s.MaxLevel} {
		if level < 0 || level > 5 {
			return session.Errorf(session.Invalid, "level %d is not from 1 to 5", level)
		}
	}
	if s.MaxLevel != 0 && s.MinLevel > s.MaxLevel {
		return session.Errorf(session.Invalid, "levels %d to %d: the first is above the last", s.MinLevel, s.MaxLevel)
	}
	return nil
}

// existing is the end of a message about an unknown word in a command: the
// nearest one and all there are.
func existing(word string, among []string) string {
	out := ""
	if c := closest(word, among); c != "" {
		out = fmt.Sprintf("; did you mean %q?", c)
	}
	return out + " (there is " + strings.Join(among, ", ") + ")"
}

// nothingFits says at which levels the wanted topics have questions.
func nothingFits(b *Bank, topics []string, low, high int) error {
	of := "bank " + b.ID
	if len(topics) > 0 {
		of += ", topic " + strings.Join(topics, ", ")
	}
	var levels []int
	for _, q := range b.Questions {
		if len(topics) == 0 || slices.Contains(topics, q.Topic) {
			levels = append(levels, q.Level)
		}
	}
	if len(levels) == 0 {
		return session.Errorf(session.Invalid, "%s: there are no questions", of)
	}
	slices.Sort(levels)
	there := strings.Trim(fmt.Sprint(slices.Compact(levels)), "[]")
	return session.Errorf(session.Invalid, "%s: no question of level %s; there is level %s",
		of, span(low, high), strings.ReplaceAll(there, " ", ", "))
}

func span(low, high int) string {
	if low == high {
		return fmt.Sprint(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

// shuffle is Fisher and Yates' over PCG. It is done by hand because the
// library's own shuffle may change with a version of Go and differs between 32
// and 64 bits; the numbers of PCG itself never do.
func shuffle(questions []rubric.Question, seed uint64) {
	numbers := rand.NewPCG(seed, stream)
	for i := len(questions) - 1; i > 0; i-- {
		high, _ := bits.Mul64(numbers.Uint64(), uint64(i+1))
		questions[i], questions[high] = questions[high], questions[i]
	}
}
