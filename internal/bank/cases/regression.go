package cases

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Comparison is a report held against a baseline.
type Comparison struct {
	Regressions []Change `json:"regressions"`
	Changes     []Change `json:"changes"`         // neither worse nor certainly better
	Notes       []string `json:"notes,omitempty"` // what makes the two hard to compare
}

// Change is a case that came to something else than in the baseline.
type Change struct {
	Bank      string   `json:"bank"`
	Evaluator string   `json:"evaluator"`
	Question  string   `json:"question"`
	Case      string   `json:"case"`
	What      []string `json:"what"`
}

// Compare holds a report against a baseline. A case is a regression when it
// passed and fails now, when fewer of its runs pass, or when its score went the
// wrong way by more than the tolerance (at least five points): down where the
// case wants a high score, up where it wants a low one.
func Compare(b Baseline, r *Report) Comparison {
	c := Comparison{Regressions: []Change{}, Changes: []Change{}}
	for i := range r.Suites {
		s := &r.Suites[i]
		if s.Skipped != "" {
			continue
		}
		key := s.Bank.ID + "\x00" + who(s.Evaluator)
		at := slices.IndexFunc(b.Suites, func(o BaselineSuite) bool { return o.key() == key })
		if at < 0 {
			c.note("%s by %s is not in the baseline", s.Bank.ID, s.Name)
			continue
		}
		c.suite(b.Suites[at], s)
	}
	return c
}

func (c *Comparison) note(format string, args ...any) {
	c.Notes = append(c.Notes, fmt.Sprintf(format, args...))
}

func (c *Comparison) suite(before BaselineSuite, now *Suite) {
	if before.Evaluator != now.Evaluator {
		c.note("%s: the baseline is of evaluator %s, this is %s", now.Bank.ID, versionOf(before.Evaluator.Version), versionOf(now.Evaluator.Version))
	}
	if before.Hash != now.Hash {
		c.note("%s: the bank has changed since its baseline (version %s, now %s)", now.Bank.ID, before.Version, now.Bank.Version)
	}
	known := map[string]BaselineCase{}
	for _, one := range before.Cases {
		known[one.Question+"/"+one.Case] = one
	}
	for i := range now.Cases {
		one := &now.Cases[i]
		old, ok := known[one.Question+"/"+one.Case]
		switch {
		case one.Skipped != "":
		case !ok:
			c.note("%s#%s/%s is not in the baseline", now.Bank.ID, one.Question, one.Case)
		default:
			c.compare(now, old, one)
		}
	}
}

func versionOf(v string) string {
	if v == "" {
		return "without a version"
	}
	return v
}

func (c *Comparison) compare(s *Suite, before BaselineCase, result *CaseResult) {
	now := baselineCase(*result)
	change := Change{
		Bank: s.Bank.ID, Evaluator: s.Name, Question: now.Question, Case: now.Case,
		What: slices.Concat(scoreChange(before, now), verdictChanges(before, now)),
	}
	switch {
	case worse(before, now, result):
		if before.OK && !now.OK {
			change.What = append([]string{"passed, and fails now"}, change.What...)
		}
		c.Regressions = append(c.Regressions, change)
	case len(change.What) > 0:
		c.Changes = append(c.Changes, change)
	}
}

func worse(before, now BaselineCase, r *CaseResult) bool {
	if before.OK && !now.OK || !now.OK && share(now) < share(before) {
		return true
	}
	if before.Score == nil || now.Score == nil {
		return before.Score != nil && r.Aim == High
	}
	loss := *before.Score - *now.Score
	most := math.Max(r.Tolerance, slack) + rounding
	return r.Aim == High && loss > most || r.Aim == Low && -loss > most
}

// share is the part of the runs that passed.
func share(c BaselineCase) float64 {
	if c.Runs == 0 {
		return 0
	}
	return float64(c.Passed) / float64(c.Runs)
}

func scoreChange(before, now BaselineCase) []string {
	if tenths(before.Score) == tenths(now.Score) {
		return nil
	}
	return []string{fmt.Sprintf("score %s, now %s", tenths(before.Score), tenths(now.Score))}
}

func tenths(score *float64) string {
	if score == nil {
		return "none"
	}
	return number(*score)
}

func verdictChanges(before, now BaselineCase) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(now.Verdicts)) {
		if was := before.Verdicts[id]; was != "" && was != now.Verdicts[id] {
			out = append(out, fmt.Sprintf("%s %s, now %s", id, was, now.Verdicts[id]))
		}
	}
	if was, is := strings.Join(before.Misconceptions, ", "), strings.Join(now.Misconceptions, ", "); was != is {
		out = append(out, fmt.Sprintf("misconceptions %s, now %s", orNone(was), orNone(is)))
	}
	return out
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// String lists what changed, regressions first, a line each.
func (c Comparison) String() string {
	var b strings.Builder
	for _, one := range c.Regressions {
		fmt.Fprintf(&b, "WORSE  %s\n", oneLine(one.String()))
	}
	for _, one := range c.Changes {
		fmt.Fprintf(&b, "other  %s\n", oneLine(one.String()))
	}
	for _, n := range c.Notes {
		fmt.Fprintf(&b, "note   %s\n", oneLine(n))
	}
	fmt.Fprintf(&b, "Against the baseline: %d %s, %d other %s.\n", len(c.Regressions), plural(len(c.Regressions), "regression"),
		len(c.Changes), plural(len(c.Changes), "change"))
	return b.String()
}

// String says what changed, in one line.
func (c Change) String() string {
	return fmt.Sprintf("%s#%s/%s: %s", c.Bank, c.Question, c.Case, strings.Join(c.What, "; "))
}
