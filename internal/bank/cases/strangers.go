package cases

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// mostOthers is how many of a bank's other questions are tried on each one.
const mostOthers = 40

// The ninth in ten of the scores of other questions' best answers, and the most
// it may be. Neighbouring questions may share a point.
const (
	othersShare = 0.9
	mostOther   = 25
)

// otherScore is what the best answer to one question scores on another.
type otherScore struct {
	question, of, answer string
	outcome              Outcome
}

// strangers tries the best answers to the bank's other questions. A behavioral question has none:
// the same story may well answer two of them.
func (m *metamorphic) strangers(ctx context.Context) error {
	if len(m.question.KeyPoints) == 0 {
		return nil
	}
	all := m.suite.bank.Questions
	step := max(1, (len(all)+mostOthers-1)/mostOthers)
	for i := 0; i < len(all); i += step {
		o := &all[i]
		answer := best(o)
		if o.ID == m.question.ID || answer == "" {
			continue
		}
		outcome, err := m.hear(ctx, answer)
		if err != nil {
			return err
		}
		m.others = append(m.others, otherScore{m.question.ID, o.ID, answer, outcome})
	}
	return nil
}

// othersCheck looks at the scores of all pairs of questions.
func (s *suite) othersCheck() (CheckResult, bool) {
	var all []otherScore
	for _, m := range s.questions {
		all = append(all, m.others...)
	}
	if len(all) == 0 {
		return CheckResult{}, false
	}
	slices.SortStableFunc(all, func(a, b otherScore) int { return cmp.Compare(a.outcome.Score.Value, b.outcome.Score.Value) })
	at := all[int(math.Ceil(othersShare*float64(len(all))))-1]
	r := CheckResult{
		Kind: Others, Name: fmt.Sprintf("%d %s of questions", len(all), plural(len(all), "pair")), OK: at.outcome.Score.Value <= mostOther+rounding,
		Expected: fmt.Sprintf("at most %d at the ninth of ten", mostOther), Got: ScoreText(at.outcome.Score),
	}
	if !r.OK {
		worst := all[len(all)-1]
		r.Answer, r.Verdicts = worst.answer, worst.outcome.Verdicts
		r.Got += fmt.Sprintf("; the best answer to %s scores %s on %s", worst.of, ScoreText(worst.outcome.Score), worst.question)
	}
	return r, true
}
