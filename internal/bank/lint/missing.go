package lint

import (
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
)

// checkBank looks at the header.
func checkBank(b *bank.Bank, at *bank.Places) []Finding {
	var out []Finding
	if b.License == "" {
		out = append(out, newFinding(noLicense, at.Bank().Place(), "the bank has no licence"))
	}
	used := map[string]bool{}
	for i := range b.Questions {
		used[b.Questions[i].Topic] = true
	}
	for i, t := range b.Topics {
		if !used[t.ID] {
			out = append(out, newFinding(unusedTopic, at.Bank().Key("topics").Index(i).Place(), "no question has the topic %q", t.ID))
		}
	}
	return out
}

// missing finds points without the sentences that tests and interviews are
// made of. The evaluator's own follow-ups never probe the points of a
// follow-up, so these need no probe.
func (q *question) missing() {
	for _, p := range q.parts() {
		q.unsaid(p)
		if p.Probe == "" {
			q.fail(noProbe, p.node, "the %s %q has no probe", p.kind(), p.ID)
		}
	}
	for i := range q.FollowUps {
		for _, p := range q.ownParts(i) {
			q.unsaid(p)
		}
	}
	for i, m := range q.Misconceptions {
		if m.Match == nil {
			q.fail(noMatch, q.node.Key("misconceptions").Index(i), "the misconception %q has no match", m.ID)
		}
	}
}

func (q *question) unsaid(p part) {
	if p.Say == "" {
		q.fail(noSay, p.node, "the %s %q has no say", p.kind(), p.ID)
	}
}

// ownParts lists the points of a follow-up's own.
func (q *question) ownParts(i int) []part {
	var out []part
	for j, c := range q.FollowUps[i].Criteria() {
		out = append(out, part{c, q.node.Key("follow_ups").Index(i).Key("key_points").Index(j)})
	}
	return out
}

// cases finds questions nobody tests, or only with good answers.
func (q *question) cases() {
	if len(q.Cases) == 0 {
		q.fail(untested, q.node, "the question %q has no cases", q.ID)
		return
	}
	for _, c := range q.Cases {
		if q.weak(c) {
			return
		}
	}
	q.fail(onlyStrong, q.node.Key("cases"), "all %d cases of %q are strong answers, so nothing tests that a weak one scores low", len(q.Cases), q.ID)
}

// weakScore is the highest score a case may expect and still count as weak, and
// weakLevel the highest level.
const (
	weakScore = 50
	weakLevel = rubric.GapLevel - 1
)

// weak tells whether a case expects little of its answer.
func (q *question) weak(c bank.Case) bool {
	e := c.Expect
	if !e.Score.IsZero() && e.Score.High <= weakScore || len(e.Misconceptions)+len(e.Contradicted) > 0 || e.Met != nil && len(e.Met) == 0 {
		return true
	}
	for _, b := range e.Dimensions {
		if b.High <= weakLevel {
			return true
		}
	}
	return len(e.Missed) > 0 && len(e.Missed) == len(q.Criteria())
}
