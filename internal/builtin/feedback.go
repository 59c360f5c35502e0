package builtin

import (
	"fmt"
	"strings"

	"github.com/elios/elios/internal/rubric"
)

const languageFeedback = "The built-in evaluator reads English only, so this answer was not assessed."

// mostOpen is how many open points are named.
const mostOpen = 2

// feedback tells the candidate in short sentences how the answer stands. Each point has a
// sentence of its own, so that one that would give an open point away can be dropped alone.
func feedback(q *rubric.Question, verdicts []rubric.Verdict, held []rubric.Held) string {
	if inOtherLanguage(verdicts) {
		return languageFeedback
	}
	criteria := q.Criteria()
	said := []string{overview(verdicts, len(q.Dimensions) > 0)}
	if c := heaviest(criteria, verdicts, func(v rubric.Verdict) bool { return !v.Gap() }); c != nil {
		said = append(said, "Strong: "+wordsOf(q, c))
	}
	for range mostOpen {
		c := heaviest(criteria, verdicts, rubric.Verdict.Gap)
		if c == nil {
			break
		}
		said = append(said, "Still open: "+wordsOf(q, c))
		criteria = without(criteria, c.ID)
	}
	for _, h := range held {
		if m := misconception(q, h.ID); m != nil && !h.Withdrawn {
			said = append(said, "This does not hold: "+sentenceOf(claimOf(m.Point)))
		}
	}
	return strings.Join(said, " ")
}

func inOtherLanguage(verdicts []rubric.Verdict) bool {
	for _, v := range verdicts {
		if v.Reason == rubric.ReasonLanguage {
			return true
		}
	}
	return false
}

func overview(verdicts []rubric.Verdict, dimensions bool) string {
	met := len(verdicts) - rubric.OpenPoints(verdicts)
	if dimensions {
		return fmt.Sprintf("%d of %d sides of your story are there; without a model this is a rough measure.", met, len(verdicts))
	}
	return fmt.Sprintf("You covered %d of %d points.", met, len(verdicts))
}

// heaviest finds the first of the weightiest criteria whose verdict is as asked.
func heaviest(criteria []rubric.Criterion, verdicts []rubric.Verdict, want func(rubric.Verdict) bool) *rubric.Criterion {
	var best *rubric.Criterion
	for i := range criteria {
		v, ok := rubric.Find(verdicts, criteria[i].ID)
		if ok && want(v) && (best == nil || criteria[i].Weight > best.Weight) {
			best = &criteria[i]
		}
	}
	return best
}

func without(criteria []rubric.Criterion, id string) []rubric.Criterion {
	var out []rubric.Criterion
	for _, c := range criteria {
		if c.ID != id {
			out = append(out, c)
		}
	}
	return out
}

// wordsOf names a point in the rubric's words, a dimension by what its highest level looks like.
func wordsOf(q *rubric.Question, c *rubric.Criterion) string {
	if len(q.Dimensions) > 0 {
		return c.ID + ". " + sentenceOf(c.Text)
	}
	return sentenceOf(c.Text)
}

// sentenceOf makes sure that a text ends as a sentence does.
func sentenceOf(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// claimOf drops the "Claims that" with which misconceptions are written.
func claimOf(s string) string {
	s = strings.TrimSpace(s)
	for _, opening := range [...]string{"Claims that ", "Claims ", "Says that ", "Says ", "Believes that ", "Believes ", "Thinks that ", "Thinks "} {
		if rest, ok := strings.CutPrefix(s, opening); ok {
			return rest
		}
	}
	return s
}

func misconception(q *rubric.Question, id string) *rubric.Misconception {
	for i := range q.Misconceptions {
		if q.Misconceptions[i].ID == id {
			return &q.Misconceptions[i]
		}
	}
	return nil
}
