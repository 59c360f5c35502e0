package cases

import (
	"fmt"
	"strings"

	"github.com/elios/elios/internal/bank"
)

// warnings lists what the bank leaves untested.
func (s *suite) warnings() []Warning {
	var out []Warning
	if s.options.Case != "" || !s.first {
		return nil
	}
	if s.options.Metamorphic {
		switch {
		case !s.bank.Test.Metamorphic:
			out = append(out, Warning{Message: "the bank asks for no metamorphic checks (test: metamorphic: false)"})
		case !readable(s.bank):
			out = append(out, Warning{Message: "metamorphic checks are made of English sentences; the bank's language is " + s.bank.Language})
		}
	}
	for i := range s.bank.Questions {
		q := &s.bank.Questions[i]
		if s.options.Question == "" || q.ID == s.options.Question {
			out = append(out, untested(q, s.options.Metamorphic)...)
		}
	}
	return out
}

// untested lists what is not tested of a question.
func untested(q *bank.Question, metamorphic bool) []Warning {
	var out []Warning
	if len(q.Cases) == 0 {
		out = append(out, Warning{q.ID, "the question has no case"})
	} else if points := UntestedPoints(q); len(points) > 0 {
		out = append(out, Warning{q.ID, "no case expects anything of " + strings.Join(points, ", ")})
	}
	if !metamorphic {
		return out
	}
	for _, c := range q.Criteria() {
		if c.Say == "" {
			out = append(out, Warning{q.ID, fmt.Sprintf("%s has no say sentence, so no check is made of it", c.ID)})
		}
	}
	return out
}

// UntestedPoints lists the key points and dimensions of which no case of the
// question expects anything.
func UntestedPoints(q *bank.Question) []string {
	var out []string
	for _, c := range q.Criteria() {
		tested := false
		for _, one := range q.Cases {
			tested = tested || expects(one.Expect, c.ID)
		}
		if !tested {
			out = append(out, c.ID)
		}
	}
	return out
}

// expects tells whether a case says anything about a point. An empty list
// speaks of all of them.
func expects(e bank.Expect, point string) bool {
	for _, ids := range [][]string{e.Met, e.Missed, e.Contradicted} {
		if ids != nil && len(ids) == 0 {
			return true
		}
		for _, id := range ids {
			if id == point {
				return true
			}
		}
	}
	_, ok := e.Dimensions[point]
	return ok
}

// readable tells whether the wordings of the checks fit the bank's language.
func readable(b *bank.Bank) bool {
	return strings.HasPrefix(strings.ToLower(b.Language), "en")
}
