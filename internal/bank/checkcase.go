package bank

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// cases checks the calibration answers of a question.
func (c check) cases(q *Question, points names) {
	known := newIDs("case")
	for i, one := range q.Cases {
		at := c.key("cases").index(i)
		known.add(at, one.ID)
		at.key("answer").by(RuleDangling).answer(q, one.Answer)
		for j, a := range one.Answers {
			at.key("answers").index(j).unless(!named(a), "%q stands for an answer only under the key answer", a)
		}
		at.key("expect").expect(q, one.Expect, points)
	}
}

// named tells whether an answer stands for another text.
func named(answer string) bool {
	return strings.HasPrefix(answer, "$") && len(answer) > 1 && !strings.ContainsAny(answer[1:], " \n\t$.,()[]{}0123456789")
}

// answer checks that what an answer stands for is there.
func (c check) answer(q *Question, answer string) {
	switch {
	case answer == AnswerIdeal:
		c.unless(q.Ideal != "", "%s stands for the ideal answer, and the question has none", answer)
	case answer == AnswerSay:
		c.unless(q.Say() != "", "%s stands for the say sentences, and the question has none", answer)
	case named(answer):
		c.fail("there is no answer %q%s", shorten(answer), didYouMean(answer, []string{AnswerIdeal, AnswerSay}))
	}
}

// expect checks that what a case expects can come about.
func (c check) expect(q *Question, e Expect, points names) {
	c.by(RuleExpect).unless(!e.IsZero(), "the case expects nothing")
	c.key("score").bound(e.Score, 100)
	c.key("met").referAll("key point", e.Met, points)
	c.key("missed").referAll("key point", e.Missed, points)
	c.key("contradicted").referAll("key point", e.Contradicted, points)
	c.key("met").apart(e.Met, e.Missed, "missed")
	c.key("met").apart(e.Met, e.Contradicted, "contradicted")
	c.key("misconceptions").referAll("misconception", e.Misconceptions, misconceptionNames(q))
	c.key("follow_up").refer("follow-up", e.FollowUp, followUpNames(q))
	dimensions := dimensionNames(q)
	for id, b := range e.Dimensions {
		at := c.key("dimensions").key(id)
		at.refer("dimension", id, dimensions)
		at.bound(b, rubric.MaxLevel)
	}
}

func misconceptionNames(q *Question) names {
	out := newNames()
	for _, m := range q.Misconceptions {
		out.add(m.ID)
	}
	return out
}

func followUpNames(q *Question) names {
	out := newNames()
	for _, f := range q.FollowUps {
		out.add(f.ID)
	}
	return out
}

func dimensionNames(q *Question) names {
	out := newNames()
	for _, d := range q.Dimensions {
		out.add(d.ID)
	}
	return out
}
