package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// DisputeCase is a case made of an answer whose verdicts the candidate
// disputes. It expects what the candidate holds to be right; whether it is, is
// for the bank's author to say.
type DisputeCase struct {
	Bank     session.BankRef
	Question string   // its id
	Case     Case     // expects the disputed verdicts to be the opposite
	Notes    []string // for the author: each verdict as it was, and the reason
}

// DisputeCases makes a case of each question of a report with a dispute. The
// last word on a point counts.
func DisputeCases(r session.Report) []DisputeCase {
	var out []DisputeCase
	for _, q := range r.Questions {
		if c, ok := disputeCase(r.Interview, q); ok {
			out = append(out, c)
		}
	}
	return out
}

func disputeCase(iv session.Summary, q session.QuestionReport) (DisputeCase, bool) {
	c := DisputeCase{Bank: iv.Bank, Question: q.ID, Case: Case{ID: disputeID(iv.ID, q.Number)}}
	said := answersOf(q)
	if len(q.Disputes) == 0 || q.Reveal == nil || len(said) == 0 {
		return c, false
	}
	c.Case.Answer, c.Case.Answers = said[0], said[1:]
	var over []string // misconceptions that the candidate denies
	for i, d := range q.Disputes {
		if slices.ContainsFunc(q.Disputes[i+1:], func(later session.DisputedPoint) bool { return later.Point == d.Point }) {
			continue
		}
		p, misconception, ok := revealed(q.Reveal, d.Point)
		if !ok {
			continue
		}
		if misconception {
			over = append(over, d.Point)
		} else {
			c.Case.Expect.contrary(p.Verdict)
		}
		c.Notes = append(c.Notes, note(p, misconception, d.Reason))
	}
	if len(over) > 0 {
		c.Case.Expect.Misconceptions = without(q.Reveal.Misconceptions, over)
	}
	return c, len(c.Notes) > 0
}

// disputeID is an id that is the same each time and another for every answer.
func disputeID(interview string, question int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s#%d", interview, question))
	return "dispute-" + hex.EncodeToString(sum[:4])
}

// answersOf are the answers that were judged, the main one first.
func answersOf(q session.QuestionReport) []string {
	var out []string
	for _, t := range q.Turns {
		if t.Answered && !t.Skipped {
			out = append(out, t.Answer)
		}
	}
	return out
}

func revealed(r *session.Reveal, id string) (p session.RevealedPoint, misconception, ok bool) {
	is := func(p session.RevealedPoint) bool { return p.ID == id }
	if i := slices.IndexFunc(r.Points, is); i >= 0 {
		return r.Points[i], false, true
	}
	if i := slices.IndexFunc(r.Misconceptions, is); i >= 0 {
		return r.Misconceptions[i], true, true
	}
	return p, false, false
}

// contrary expects the other verdict: a point that was met is missed, any
// other is met; a dimension is worth more than its level, or less when it had
// the highest.
func (e *Expect) contrary(v rubric.Verdict) {
	switch {
	case v.Level != nil:
		if e.Dimensions == nil {
			e.Dimensions = map[string]rubric.Bound{}
		}
		e.Dimensions[v.Point] = otherLevel(*v.Level)
	case v.Status == rubric.Met:
		e.Missed = append(e.Missed, v.Point)
	default:
		e.Met = append(e.Met, v.Point)
	}
}

func otherLevel(level int) rubric.Bound {
	bound := fmt.Sprintf(">%d", level)
	if level >= rubric.MaxLevel {
		bound = fmt.Sprintf("<%d", level)
	}
	b, err := rubric.ParseBound(bound)
	if err != nil {
		panic(err) // the text is ours
	}
	return b
}

// without are the ids of the misconceptions but for some; never nil, for an
// empty list says "none".
func without(held []session.RevealedPoint, ids []string) []string {
	out := []string{}
	for _, p := range held {
		if !slices.Contains(ids, p.ID) {
			out = append(out, p.ID)
		}
	}
	return out
}

func note(p session.RevealedPoint, misconception bool, reason string) string {
	was := string(p.Verdict.Status)
	switch {
	case misconception:
		was = "held"
	case p.Verdict.Level != nil:
		was = fmt.Sprintf("level %d", *p.Verdict.Level)
	}
	return fmt.Sprintf("%s was %s (%s). The candidate: %s", p.ID, was, oneLine(p.Text), oneLine(reason))
}

func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }
