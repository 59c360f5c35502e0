package bank

import "github.com/elios/elios/internal/rubric"

// complete fills into every question what it leaves to its bank and the bank
// leaves to elios. There is no time limit unless somebody sets one.
func (b *Bank) complete() {
	titles := map[string]string{}
	for _, t := range b.Topics {
		titles[t.ID] = t.Title
	}
	for i := range b.Questions {
		q := &b.Questions[i].Question
		q.TopicTitle, q.Language = titles[q.Topic], b.Language
		if q.TimeLimit == 0 {
			q.TimeLimit = b.Defaults.TimeLimit
		}
		q.MaxFollowUps = firstOf(maxFollowUps, q.MaxFollowUps, b.Defaults.MaxFollowUps)
		q.Scoring.CapIfMustMissing = firstOf(rubric.DefaultCap,
			q.Scoring.CapIfMustMissing, b.Defaults.Scoring.CapIfMustMissing)
	}
}

// firstOf is the first number that is given, else the last resort. The result
// is never shared, so that no question can change another's.
func firstOf(last int, given ...*int) *int {
	for _, g := range given {
		if g != nil {
			last = *g
			break
		}
	}
	return &last
}
