package rubric

// Status is what an evaluator says of one key point or dimension.
type Status string

// The verdicts.
const (
	Met          Status = "met"
	Partial      Status = "partial"
	Missed       Status = "missed"
	Contradicted Status = "contradicted"
	CannotAssess Status = "cannot_assess"
)

// Levels of a dimension: 0 to MaxLevel; under GapLevel it is a gap.
const (
	MaxLevel = 5
	GapLevel = 3
)

// Reasons why a point could not be assessed.
const (
	ReasonLanguage = "language" // the evaluator does not read this language
	ReasonEvidence = "evidence" // a verdict without a verbatim quote
	ReasonUnclear  = "unclear"  // on topic, but neither for nor against the point
	ReasonMissing  = "missing"  // the evaluator gave no verdict on the point
)

// ReasonUnsupported marks a point that is met or partial although its quote has no word to do with
// it: it may be a paraphrase, and may be a mistake of the evaluator.
const ReasonUnsupported = "unsupported"

// ReasonSkipped marks the points of a question the candidate skipped.
const ReasonSkipped = "skipped"

// Confidence is how sure an evaluator is of a verdict.
type Confidence string

// The levels of confidence.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Verdict is the judgement of one key point or dimension.
type Verdict struct {
	Point      string     `json:"point"`
	Status     Status     `json:"status"`
	Level      *int       `json:"level,omitempty"` // dimensions only, 0–5
	Evidence   []Evidence `json:"evidence,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Reason     string     `json:"reason,omitempty"`
}

// Evidence is where in an answer the candidate said it: bytes Start to End of
// the answer to turn Answer. Go sets it after finding the quote.
type Evidence struct {
	Answer int    `json:"answer"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Quote  string `json:"quote"`
}

// Held is a misconception found in an answer. Withdrawn ones cost nothing.
type Held struct {
	ID        string   `json:"id"`
	Penalty   float64  `json:"penalty"`
	Evidence  Evidence `json:"evidence"`
	Withdrawn bool     `json:"withdrawn,omitempty"`
}

// Answer is what the candidate said in one turn, in answer to Ask.
type Answer struct {
	Turn int    `json:"turn"`
	Ask  string `json:"ask,omitempty"`
	Text string `json:"text"`
}

// Credit is the share of the weight a verdict earns: 1 met, ½ partial, a fifth
// for each level of a dimension, else 0.
func (v Verdict) Credit() float64 {
	if v.Status == CannotAssess {
		return 0
	}
	if v.Level != nil {
		return float64(*v.Level) / MaxLevel
	}
	switch v.Status {
	case Met:
		return 1
	case Partial:
		return 0.5
	}
	return 0
}

// Gap tells whether the point is open: missed, partial, contradicted or
// unsupported, or a level under 3. A point that cannot be assessed because of
// the language is none, since asking again would not help.
func (v Verdict) Gap() bool {
	if v.Status == CannotAssess {
		return v.Reason != ReasonLanguage
	}
	if v.Level != nil {
		return *v.Level < GapLevel
	}
	return v.Status != Met
}

// StatusOf is the status that goes with a dimension's level.
func StatusOf(level int) Status {
	switch {
	case level >= GapLevel:
		return Met
	case level > 0:
		return Partial
	}
	return Missed
}

// Find gives the verdict on a point.
func Find(verdicts []Verdict, point string) (Verdict, bool) {
	for _, v := range verdicts {
		if v.Point == point {
			return v, true
		}
	}
	return Verdict{}, false
}

// OpenPoints counts the gaps.
func OpenPoints(verdicts []Verdict) int {
	n := 0
	for _, v := range verdicts {
		if v.Gap() {
			n++
		}
	}
	return n
}
