package rubric

import "math"

// Score is what the verdicts on one question come to.
type Score struct {
	Value    float64 `json:"value"`             // 0–100, not rounded
	Upper    float64 `json:"upper"`             // the same with every unassessed point met
	Coverage float64 `json:"coverage"`          // 0–1, the assessed share of the weight
	Assessed int     `json:"assessed"`          // points with a verdict other than cannot_assess
	Points   int     `json:"points"`            // all points
	Penalty  float64 `json:"penalty,omitempty"` // taken off for misconceptions
	Capped   bool    `json:"capped,omitempty"`  // a must point is open
	Judged   bool    `json:"judged"`            // false: nothing could be assessed, there is no score
}

// Band names a score for people.
type Band string

// The bands: under 40 poor, from 40 mixed, from 70 good, from 90 excellent.
const (
	NoBand    Band = ""
	Poor      Band = "poor"
	Mixed     Band = "mixed"
	Good      Band = "good"
	Excellent Band = "excellent"
)

// MinBandCoverage is the assessed share under which a score has no band.
const MinBandCoverage = 0.5

// Compute scores a question:
//
//	Σ weightᵢ·creditᵢ / Σ weightᵢ · 100 − penalties, capped, clamped to 0–100
//
// A criterion without a verdict counts as one that could not be assessed.
// The cap applies unless every must point is met or cannot be assessed.
func Compute(q *Question, verdicts []Verdict, held []Held) Score {
	return computeOver(q.Criteria(), q.Cap(), verdicts, held)
}

func computeOver(criteria []Criterion, limit float64, verdicts []Verdict, held []Held) Score {
	s := Score{Points: len(criteria)}
	var total, got, best, assessed float64
	for _, c := range criteria {
		v, ok := Find(verdicts, c.ID)
		if !ok {
			v = Verdict{Status: CannotAssess, Reason: ReasonMissing}
		}
		total += c.Weight
		got += c.Weight * v.Credit()
		if v.Status == CannotAssess {
			best += c.Weight
		} else {
			best += c.Weight * v.Credit()
			assessed += c.Weight
			s.Assessed++
		}
		if c.Must && v.Status != Met && v.Status != CannotAssess {
			s.Capped = true
		}
	}
	if total <= 0 || assessed <= 0 {
		return Score{Points: s.Points, Upper: 100}
	}
	for _, h := range held {
		if !h.Withdrawn {
			s.Penalty += h.Penalty
		}
	}
	s.Judged = true
	s.Coverage = assessed / total
	s.Value = s.bend(got/total, limit)
	s.Upper = s.bend(best/total, limit)
	return s
}

// bend takes the penalty off a share, caps and clamps it.
func (s Score) bend(share, limit float64) float64 {
	v := share*100 - s.Penalty
	if s.Capped {
		v = math.Min(v, limit)
	}
	return math.Max(0, math.Min(100, v))
}

// Band names the score; there is none under half coverage.
func (s Score) Band() Band {
	if !s.Judged || s.Coverage < MinBandCoverage {
		return NoBand
	}
	return BandOf(s.Value)
}

// BandOf names a value from 0 to 100. It goes by the number as shown, so that
// "70" never reads "mixed".
func BandOf(value float64) Band {
	switch v := math.Round(value); {
	case v < 40:
		return Poor
	case v < 70:
		return Mixed
	case v < 90:
		return Good
	}
	return Excellent
}

// MustOpen tells whether a must point is a gap.
func MustOpen(q *Question, verdicts []Verdict) bool {
	for _, c := range q.Criteria() {
		if !c.Must {
			continue
		}
		if v, ok := Find(verdicts, c.ID); !ok || v.Gap() {
			return true
		}
	}
	return false
}

// Mean is an interview's score: the mean of the judged scores, with how many
// there were. judged is 0 when there was none.
func Mean(scores []Score) (value, upper float64, judged int) {
	for _, s := range scores {
		if s.Judged {
			value += s.Value
			upper += s.Upper
			judged++
		}
	}
	if judged > 0 {
		value /= float64(judged)
		upper /= float64(judged)
	}
	return value, upper, judged
}
