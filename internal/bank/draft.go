package bank

import (
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// placeholder begins a text that is still to be written.
const placeholder = "TODO"

// Draft tells whether a question is still to be written: what it asks, or a
// point it is scored on, begins with TODO. An interview about it could only end
// with a score that means nothing.
func Draft(q *rubric.Question) bool {
	return strings.HasPrefix(q.Ask, placeholder) ||
		slices.ContainsFunc(q.Criteria(), func(c rubric.Criterion) bool { return strings.HasPrefix(c.Text, placeholder) })
}
