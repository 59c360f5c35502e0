package cases

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
)

// Mismatch is an expectation that did not hold.
type Mismatch struct {
	What     string `json:"what"`         // score, met, missed, contradicted, misconception, follow_up, dimension, answers or evaluation
	ID       string `json:"id,omitempty"` // of the point, dimension or misconception
	Expected string `json:"expected"`     // in words
	Got      string `json:"got"`          // in words
}

// compare lists what an outcome lacks of what a case expects. tolerance is how
// many points a score may lie outside its bound.
func compare(e bank.Expect, o Outcome, tolerance float64) []Mismatch {
	c := &comparison{outcome: o}
	c.score(e.Score, tolerance)
	c.points("met", e.Met, func(v rubric.Verdict) bool { return v.Status == rubric.Met })
	c.points("missed", e.Missed, rubric.Verdict.Gap)
	c.points("contradicted", e.Contradicted, func(v rubric.Verdict) bool { return v.Status == rubric.Contradicted })
	c.dimensions(e.Dimensions)
	c.misconceptions(e.Misconceptions)
	c.followUp(e.FollowUp)
	if o.Unasked > 0 {
		c.add("answers", "", "a follow-up for each answer", fmt.Sprintf("%d too few", o.Unasked))
	}
	return c.found
}

// comparison gathers mismatches.
type comparison struct {
	outcome Outcome
	found   []Mismatch
}

func (c *comparison) add(what, id, expected, got string) {
	c.found = append(c.found, Mismatch{What: what, ID: id, Expected: expected, Got: got})
}

func (c *comparison) score(want rubric.Bound, tolerance float64) {
	if want.IsZero() {
		return
	}
	if s := c.outcome.Score; !s.Judged || !want.HoldsWithin(s.Value, tolerance) {
		c.add("score", "", want.String(), ScoreText(s))
	}
}

// points wants each of ids to be in a state; an empty list that is not nil
// wants none of all the points in it.
func (c *comparison) points(what string, ids []string, is func(rubric.Verdict) bool) {
	for _, id := range ids {
		if v, ok := c.verdict(id); !ok || !is(v) {
			c.add(what, id, what, StatusText(v))
		}
	}
	if ids == nil || len(ids) > 0 {
		return
	}
	for _, v := range c.outcome.Verdicts {
		if is(v) {
			c.add(what, v.Point, "not "+what, StatusText(v))
		}
	}
}

func (c *comparison) verdict(id string) (rubric.Verdict, bool) {
	return rubric.Find(c.outcome.Verdicts, id)
}

func (c *comparison) dimensions(want map[string]rubric.Bound) {
	for _, id := range slices.Sorted(maps.Keys(want)) {
		v, _ := c.verdict(id)
		if v.Level == nil || !want[id].Holds(float64(*v.Level)) {
			c.add("dimension", id, "level "+want[id].String(), StatusText(v))
		}
	}
}

func (c *comparison) misconceptions(want []string) {
	for _, id := range want {
		if !c.holds(id) {
			c.add("misconception", id, "held", "not found")
		}
	}
	if want == nil || len(want) > 0 {
		return
	}
	for _, h := range c.outcome.Held {
		if !h.Withdrawn {
			c.add("misconception", h.ID, "not held", fmt.Sprintf("held: %q", h.Evidence.Quote))
		}
	}
}

func (c *comparison) holds(id string) bool {
	return slices.ContainsFunc(c.outcome.Held, func(h rubric.Held) bool { return h.ID == id && !h.Withdrawn })
}

// followUp wants an author's follow-up among those that came.
func (c *comparison) followUp(want string) {
	if want == "" || slices.ContainsFunc(c.outcome.FollowUps, func(f FollowUp) bool { return f.ID == want }) {
		return
	}
	var came []string
	for _, f := range c.outcome.FollowUps {
		came = append(came, f.String())
	}
	got := "none"
	if len(came) > 0 {
		got = strings.Join(came, ", ")
	}
	c.add("follow_up", want, want, got)
}

// String names a follow-up: an author's by its id, another by what it asks.
func (f FollowUp) String() string {
	if f.ID != "" {
		return f.ID
	}
	return fmt.Sprintf("%q (%s)", oneLine(f.Ask), f.Origin)
}

// ScoreText is a score as results show it: rounded, with its upper end where
// that differs.
func ScoreText(s rubric.Score) string {
	if !s.Judged {
		return "no score"
	}
	low, high := math.Round(s.Value), math.Round(s.Upper)
	if low == high {
		return number(low)
	}
	return number(low) + "–" + number(high)
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// StatusText is a verdict as results show it.
func StatusText(v rubric.Verdict) string {
	switch {
	case v.Status == "":
		return "no verdict"
	case v.Status == rubric.CannotAssess:
		return "cannot assess (" + v.Reason + ")"
	case v.Level != nil:
		return fmt.Sprintf("level %d", *v.Level)
	}
	return string(v.Status)
}
