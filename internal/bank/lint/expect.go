package lint

import (
	"slices"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
)

// expectations finds cases that no grading can fulfil.
func (q *question) expectations() {
	if len(q.Criteria()) > mostRanged {
		return
	}
	for i, c := range q.Cases {
		at := q.node.Key("cases").Index(i).Key("expect")
		if q.scoreFits(c, at) && len(c.Answers) == 0 {
			q.followUpFits(c, at)
		}
	}
}

// scoreFits tells whether verdicts that fulfil the lists give a score within
// the bound, and reports when none do.
func (q *question) scoreFits(c bank.Case, at bank.Node) bool {
	o := q.expected(c.Expect)
	if id := o.empty(&q.Question.Question); id != "" {
		q.fail(impossible, at, "the case %q expects verdicts of %q that exclude one another, or that it cannot have", c.ID, id)
		return false
	}
	s := o.reach(&q.Question.Question, q.most(c.Expect), q.least(c.Expect))
	if !s.meets(c.Expect.Score, q.test.Tolerance) {
		q.fail(impossible, at.Key("score"), "the case %q expects a score of %s, and with what else it expects the score is %s",
			c.ID, c.Expect.Score, s)
		return false
	}
	return true
}

// expected are the verdicts that fulfil the lists of a case.
func (q *question) expected(e bank.Expect) options {
	o := allVerdicts(&q.Question.Question)
	open := func(v rubric.Verdict) bool { return v.Gap() && v.Status != rubric.CannotAssess }
	met := func(v rubric.Verdict) bool { return v.Status == rubric.Met }
	contradicted := func(v rubric.Verdict) bool { return v.Status == rubric.Contradicted }
	o.expect(e.Met, met)
	o.expect(e.Missed, open)
	o.expect(e.Contradicted, contradicted)
	for id, b := range e.Dimensions {
		o.keep(id, func(v rubric.Verdict) bool {
			return v.Level != nil && b.Holds(float64(*v.Level))
		})
	}
	return o
}

// expect keeps what fits for the ids listed; an empty list that is not nil says
// that nothing fits.
func (o options) expect(ids []string, fits func(rubric.Verdict) bool) {
	o.keepAll(ids, fits)
	if ids == nil || len(ids) > 0 {
		return
	}
	for id := range o {
		o.keep(id, func(v rubric.Verdict) bool { return !fits(v) && v.Status != rubric.CannotAssess })
	}
}

// most are the misconceptions an answer may hold at most, least those it holds
// at least.
func (q *question) most(e bank.Expect) []rubric.Held {
	if e.Misconceptions != nil && len(e.Misconceptions) == 0 {
		return nil
	}
	return q.heldWhere(func(string) bool { return true })
}

func (q *question) least(e bank.Expect) []rubric.Held {
	return q.heldWhere(func(id string) bool { return slices.Contains(e.Misconceptions, id) })
}

func (q *question) heldWhere(is func(id string) bool) []rubric.Held {
	var out []rubric.Held
	for _, m := range q.Misconceptions {
		if is(m.ID) {
			out = append(out, rubric.Held{ID: m.ID, Penalty: m.Penalty})
		}
	}
	return out
}

// followUpFits reports a follow-up that cannot come after what the case expects
// of its only answer.
func (q *question) followUpFits(c bank.Case, at bank.Node) {
	f := q.FollowUp(c.Expect.FollowUp)
	if f == nil {
		return
	}
	o := q.expected(c.Expect)
	hold(o, f.When)
	clash := o.empty(&q.Question.Question) != ""
	if !clash {
		s := o.reach(&q.Question.Question, q.most(c.Expect), q.least(c.Expect))
		clash = !s.meets(f.When.Score, 0) || apart(f.When.Score, c.Expect.Score)
	}
	if clash {
		q.fail(impossible, at.Key("follow_up"), "the case %q expects the follow-up %q, whose `when` cannot hold after what else it expects", c.ID, f.ID)
	}
}

// apart tells whether no score is within both bounds.
func apart(a, b rubric.Bound) bool {
	return !a.IsZero() && !b.IsZero() && !span{b.Low, b.High}.meets(a, 0)
}
