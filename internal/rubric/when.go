package rubric

// When is the condition under which an author's follow-up is asked. Everything
// it names must hold; an empty When holds always.
type When struct {
	Missed       []string `json:"missed,omitempty" yaml:"missed,omitempty"`             // these points are gaps
	Met          []string `json:"met,omitempty" yaml:"met,omitempty"`                   // these are met
	Contradicted []string `json:"contradicted,omitempty" yaml:"contradicted,omitempty"` // these are contradicted
	Score        Bound    `json:"score,omitzero" yaml:"score,omitempty"`                // the score so far
}

// Holds tells whether the condition is true of the verdicts and score so far.
func (w When) Holds(verdicts []Verdict, score Score) bool {
	is := func(points []string, want func(Verdict) bool) bool {
		for _, p := range points {
			if v, ok := Find(verdicts, p); !ok || !want(v) {
				return false
			}
		}
		return true
	}
	return is(w.Missed, Verdict.Gap) &&
		is(w.Met, func(v Verdict) bool { return !v.Gap() && v.Status != CannotAssess }) &&
		is(w.Contradicted, func(v Verdict) bool { return v.Status == Contradicted }) &&
		(w.Score.IsZero() || score.Judged && w.Score.Holds(score.Value))
}

// NeedsGap tells whether the condition can only hold while something is open.
func (w When) NeedsGap() bool {
	return len(w.Missed) > 0 || len(w.Contradicted) > 0 || w.Score.Below()
}

// IsZero tells whether there is no condition.
func (w When) IsZero() bool {
	return len(w.Missed)+len(w.Met)+len(w.Contradicted) == 0 && w.Score.IsZero()
}

// Stretch tells whether the follow-up goes beyond the question instead of
// aiming at a gap: it needs none, and covers none of the question's points.
func (f *FollowUp) Stretch() bool { return !f.When.NeedsGap() && len(f.Covers) == 0 }

// Targets lists the points the follow-up aims at.
func (f *FollowUp) Targets() []string {
	if len(f.Covers) > 0 {
		return f.Covers
	}
	return append(append([]string(nil), f.When.Missed...), f.When.Contradicted...)
}
