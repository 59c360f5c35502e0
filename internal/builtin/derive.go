package builtin

import (
	"strconv"

	"github.com/elios/elios/internal/rubric"
)

// Derive gives a question that has only an ideal answer key points of its own: the clauses of the
// answer (M3), with equal weights, as "p1", "p2" and so on. A question with key points or
// dimensions, or without an ideal answer, comes back as it is.
func Derive(q *rubric.Question) rubric.Question {
	out := *q
	if len(q.KeyPoints)+len(q.Dimensions) > 0 {
		return out
	}
	for i, c := range Clauses(q.Ideal) {
		s := q.Ideal[c.Start:c.End]
		out.KeyPoints = append(out.KeyPoints, rubric.KeyPoint{
			ID: "p" + strconv.Itoa(i+1), Weight: 1, Point: s, Say: s,
		})
	}
	return out
}
