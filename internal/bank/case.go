package bank

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// Answers of a case that stand for other texts of its question.
const (
	AnswerIdeal = "$ideal" // the ideal answer
	AnswerSay   = "$say"   // the say sentences of the points or dimensions, joined
)

// Case is a calibration answer with what its grading must come to.
type Case struct {
	ID      string   `json:"id" yaml:"id"`
	Answer  string   `json:"answer" yaml:"answer"`                       // a text, AnswerIdeal or AnswerSay
	Answers []string `json:"answers,omitempty" yaml:"answers,omitempty"` // to the follow-ups, in the order they come
	Expect  Expect   `json:"expect" yaml:"expect"`
}

// Expect is what must hold of the grading. A nil list or zero bound is not
// looked at; an empty list that is not nil (missed: []) means "none at all".
type Expect struct {
	Score          rubric.Bound            `json:"score,omitzero" yaml:"score,omitempty"`
	Met            []string                `json:"met,omitzero" yaml:"met,omitempty"`
	Missed         []string                `json:"missed,omitzero" yaml:"missed,omitempty"`
	Contradicted   []string                `json:"contradicted,omitzero" yaml:"contradicted,omitempty"`
	Misconceptions []string                `json:"misconceptions,omitzero" yaml:"misconceptions,omitempty"`
	FollowUp       string                  `json:"follow_up,omitempty" yaml:"follow_up,omitempty"` // the id of the one that must come
	Dimensions     map[string]rubric.Bound `json:"dimensions,omitempty" yaml:"dimensions,omitempty"`
}

// IsZero tells whether nothing is expected.
func (e Expect) IsZero() bool {
	return e.Score.IsZero() && e.Met == nil && e.Missed == nil && e.Contradicted == nil &&
		e.Misconceptions == nil && e.FollowUp == "" && len(e.Dimensions) == 0
}

// AnswerText is the answer of a case as a candidate would give it, with
// AnswerIdeal and AnswerSay replaced by what they stand for.
func (q *Question) AnswerText(c Case) string {
	switch c.Answer {
	case AnswerIdeal:
		return q.Ideal
	case AnswerSay:
		return q.Say()
	}
	return c.Answer
}

// Say joins the say sentences of the points or dimensions, "" when there are
// none.
func (q *Question) Say() string {
	var said []string
	for _, c := range q.Criteria() {
		if c.Say != "" {
			said = append(said, c.Say)
		}
	}
	return strings.Join(said, " ")
}
