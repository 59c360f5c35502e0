package session

import "github.com/elios/elios/internal/rubric"

// VerdictChange is a point or dimension that was judged
// differently in two attempts at the same question.
type VerdictChange struct {
	Point string         `json:"point"`
	Text  string         `json:"text"`
	From  rubric.Verdict `json:"from"` // Status "" when there was none
	To    rubric.Verdict `json:"to"`
}

// Changes compares the final verdicts of two attempts at a question, in the
// order of the later one's points. Points that only one version of the
// question has are left out.
func Changes(before, after QuestionReport) []VerdictChange {
	if before.Reveal == nil || after.Reveal == nil {
		return nil
	}
	was := map[string]rubric.Verdict{}
	for _, p := range before.Reveal.Points {
		was[p.ID] = p.Verdict
	}
	var out []VerdictChange
	for _, p := range after.Reveal.Points {
		if from, ok := was[p.ID]; ok && !sameVerdict(from, p.Verdict) {
			out = append(out, VerdictChange{Point: p.ID, Text: p.Text, From: from, To: p.Verdict})
		}
	}
	return out
}

// sameVerdict compares what was judged, not the words it rests on.
func sameVerdict(a, b rubric.Verdict) bool {
	if a.Level == nil || b.Level == nil {
		return a.Status == b.Status && (a.Level == nil) == (b.Level == nil)
	}
	return *a.Level == *b.Level
}
