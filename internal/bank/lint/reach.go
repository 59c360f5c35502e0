package lint

import (
	"math"
	"strconv"

	"github.com/elios/elios/internal/rubric"
)

// options are the verdicts that are still possible for each criterion.
type options map[string][]rubric.Verdict

// allVerdicts starts with every verdict an evaluator can give.
func allVerdicts(q *rubric.Question) options {
	out := options{}
	for _, c := range q.Criteria() {
		if !c.Leveled {
			for _, s := range []rubric.Status{rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess} {
				out[c.ID] = append(out[c.ID], rubric.Verdict{Point: c.ID, Status: s})
			}
			continue
		}
		for level := range rubric.MaxLevel + 1 {
			out[c.ID] = append(out[c.ID], rubric.Verdict{Point: c.ID, Status: rubric.StatusOf(level), Level: &level})
		}
	}
	return out
}

// keep leaves the verdicts of one criterion that fit.
func (o options) keep(id string, fits func(rubric.Verdict) bool) {
	var out []rubric.Verdict
	for _, v := range o[id] {
		if fits(v) {
			out = append(out, v)
		}
	}
	o[id] = out
}

func (o options) keepAll(ids []string, fits func(rubric.Verdict) bool) {
	for _, id := range ids {
		o.keep(id, fits)
	}
}

// empty names a criterion that no verdict is left for, "" when there is none.
func (o options) empty(q *rubric.Question) string {
	for _, c := range q.Criteria() {
		if len(o[c.ID]) == 0 {
			return c.ID
		}
	}
	return ""
}

// copy is for trying a further condition.
func (o options) copy() options {
	out := make(options, len(o))
	for id, list := range o {
		out[id] = list
	}
	return out
}

// span is a range of scores.
type span struct{ low, high float64 }

// reach is the range of scores the verdicts allow. The score grows with the
// credit of each verdict but for the cap, which a must point that cannot be
// assessed does not bring: so the highest is looked for with and without it.
func (o options) reach(q *rubric.Question, most, least []rubric.Held) span {
	low := rubric.Compute(q, o.choose(q, func(_ rubric.Criterion, v rubric.Verdict) float64 { return -v.Credit() }), most)
	high := rubric.Compute(q, o.choose(q, func(_ rubric.Criterion, v rubric.Verdict) float64 { return v.Credit() }), least)
	free := rubric.Compute(q, o.choose(q, func(c rubric.Criterion, v rubric.Verdict) float64 {
		if c.Must && v.Status == rubric.CannotAssess {
			return 2 // before any credit
		}
		if c.Must && v.Status == rubric.Met {
			return 3
		}
		return v.Credit()
	}), least)
	return span{low.Value, math.Max(high.Value, free.Value)}
}

// choose takes the verdict of each criterion that is best by a measure.
func (o options) choose(q *rubric.Question, by func(rubric.Criterion, rubric.Verdict) float64) []rubric.Verdict {
	var out []rubric.Verdict
	for _, c := range q.Criteria() {
		best := math.Inf(-1)
		var chosen rubric.Verdict
		for _, v := range o[c.ID] {
			if m := by(c, v); m > best {
				best, chosen = m, v
			}
		}
		out = append(out, chosen)
	}
	return out
}

// meets tells whether a score of the range can be within the bound.
func (s span) meets(b rubric.Bound, tolerance float64) bool {
	const rounding = 1e-9
	if b.IsZero() {
		return true
	}
	if tolerance == 0 && (b.OpenLow && s.high <= b.Low+rounding || b.OpenHigh && s.low >= b.High-rounding) {
		return false
	}
	return s.high >= b.Low-tolerance-rounding && s.low <= b.High+tolerance+rounding
}

// String writes "40" or "from 0 to 69", rounded to two places.
func (s span) String() string {
	f := func(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
	if f(s.low) == f(s.high) {
		return f(s.low)
	}
	return "from " + f(s.low) + " to " + f(s.high)
}
