package builtin

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
)

const languageFeedback = "The built-in evaluator reads English only, so this answer was not assessed."

// mostFeedback bounds feedback in bytes; it is read between two questions.
const mostFeedback = 300

// feedback tells the candidate how the answer stands and what would help it most; how many points
// are met the faces show themselves. Each point has a sentence of its own, so that one that would
// give an open point away can be dropped alone.
func feedback(q *rubric.Question, verdicts []rubric.Verdict, held []rubric.Held, manner string) string {
	if inOtherLanguage(verdicts) {
		return languageFeedback
	}
	out := overview(q, verdicts)
	if manner != "" {
		out = manner
	}
	for _, s := range remarks(q, verdicts, held) {
		if room := mostFeedback - len(out) - 1; len(s) <= room || room >= mostFeedback/2 {
			out += " " + shortened(s, room)
		}
	}
	return out
}

// remarks are what there is to say of single points, the most useful first.
func remarks(q *rubric.Question, verdicts []rubric.Verdict, held []rubric.Held) (out []string) {
	for _, h := range held {
		if m := misconception(q, h.ID); m != nil && !h.Withdrawn {
			out = append(out, "This does not hold: "+sentenceOf(claimOf(m.Point)))
		}
	}
	for _, r := range [...]struct {
		opening string
		status  rubric.Status
	}{
		{"You said the opposite of this: ", rubric.Contradicted},
		{"Worth adding first: ", rubric.Missed},
		{"Only half said: ", rubric.Partial},
		{"Strong: ", rubric.Met},
	} {
		if c := heaviest(q.Criteria(), verdicts, func(v rubric.Verdict) bool { return v.Status == r.status }); c != nil {
			out = append(out, r.opening+wordsOf(q, c))
		}
	}
	return out
}

// shortened cuts a sentence at a word so that it has most bytes.
func shortened(s string, most int) string {
	if len(s) <= most {
		return s
	}
	const dots = "…"
	if i := strings.LastIndexByte(s[:most-len(dots)], ' '); i > 0 {
		return s[:i] + dots
	}
	return ""
}

func inOtherLanguage(verdicts []rubric.Verdict) bool {
	for _, v := range verdicts {
		if v.Reason == rubric.ReasonLanguage {
			return true
		}
	}
	return false
}

// overview sums an answer up in a sentence without a word of the rubric.
func overview(q *rubric.Question, verdicts []rubric.Verdict) string {
	if len(q.Dimensions) > 0 {
		return "Judged without a model, so only roughly."
	}
	total, got, must := 0.0, 0.0, false
	for _, c := range q.Criteria() {
		v, _ := rubric.Find(verdicts, c.ID)
		total += c.Weight
		switch {
		case v.Status == rubric.Met:
			got += c.Weight
		case c.Must:
			must = true
		}
	}
	switch {
	case got == total:
		return "Complete."
	case got == 0:
		return "What counts has not been said yet."
	case must:
		return "Something essential is still open."
	case 2*got >= total:
		return "The larger part is there."
	}
	return "A start."
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
