package bank

import (
	"slices"
	"strconv"

	"github.com/elios/elios/internal/rubric"
)

// types lists the types of questions as a bank writes them.
var types = []string{string(rubric.Open), string(rubric.CodeReading), string(rubric.Behavioral)}

// criterionNames are the ids that when, covers and expect may name.
func criterionNames(q *Question) names {
	out := newNames()
	for _, c := range q.Criteria() {
		out.add(c.ID)
	}
	return out
}

// question checks everything within one question.
func (c check) question(q *Question) {
	c.key("type").unless(q.Type == "" || slices.Contains(types, string(q.Type)),
		"there is no type %q%s", shorten(string(q.Type)), didYouMean(string(q.Type), types))
	c.key("level").by(RuleLevel).whole(q.Level, 1, 5)
	c.limits(q.TimeLimit, q.MaxFollowUps, q.Scoring)
	for i, r := range q.References {
		c.key("references").index(i).link(r.URL)
	}
	c.rubric(q)
	points := criterionNames(q)
	c.followUps(q, points)
	c.cases(q, points)
}

// rubric checks what the question is scored on.
func (c check) rubric(q *Question) {
	switch behavioral := q.Type == rubric.Behavioral; {
	case len(q.KeyPoints) > 0 && len(q.Dimensions) > 0:
		c.key("dimensions").by(RuleCriteria).fail("a question has either key_points or dimensions, not both")
	case behavioral && len(q.Dimensions) == 0:
		c.key("dimensions").by(RuleCriteria).fail("a behavioral question needs dimensions")
	case !behavioral && len(q.Dimensions) > 0:
		c.key("dimensions").by(RuleCriteria).fail("dimensions are for behavioral questions; this one is %q", shorten(string(q.Type)))
	case !behavioral && len(q.KeyPoints) == 0:
		c.key("key_points").by(RuleCriteria).fail("a question needs key_points")
	}
	points := newIDs("point")
	c.key("key_points").keyPoints(q.KeyPoints, points)
	for i, d := range q.Dimensions {
		at := c.key("dimensions").index(i)
		points.add(at, d.ID)
		at.weight(d.Weight)
		at.key("anchors").anchors(d.Anchors)
	}
	for i, f := range q.FollowUps {
		c.key("follow_ups").index(i).key("key_points").keyPoints(f.KeyPoints, points)
	}
	c.misconceptions(q)
}

func (c check) keyPoints(list []rubric.KeyPoint, known ids) {
	for i, p := range list {
		at := c.index(i)
		known.add(at, p.ID)
		at.weight(p.Weight)
		at.key("match").match(p.Match)
	}
}

func (c check) weight(w float64) {
	c.key("weight").by(RuleWeight).unless(w > 0 && w <= MaxWeight, "the weight %v is not above 0 and at most %d", w, MaxWeight)
}

// anchors checks the levels that are described.
func (c check) anchors(a map[int]string) {
	c.unless(len(a) > 0, "there are no anchors")
	for level := range a {
		at := c.key(strconv.Itoa(level))
		at.unless(level >= 0 && level <= rubric.MaxLevel, "the level %d is not from 0 to %d", level, rubric.MaxLevel)
	}
}

func (c check) misconceptions(q *Question) {
	known := newIDs("misconception")
	for i, m := range q.Misconceptions {
		at := c.key("misconceptions").index(i)
		known.add(at, m.ID)
		at.key("penalty").number(m.Penalty, 0, 100)
		at.key("match").match(m.Match)
	}
}

// match checks that there is exactly one of any, all and seq, and no empty
// group in it, which would match nothing or everything.
func (c check) match(m *rubric.Match) {
	if m == nil {
		return
	}
	given := 0
	for _, is := range []bool{m.Any != nil, m.All != nil, m.Seq != nil} {
		if is {
			given++
		}
	}
	c.unless(given == 1, "a match has exactly one of any, all and seq; here are %d", given)
	c.key("any").unless(m.Any == nil || len(m.Any) > 0, "the list is empty")
	c.key("all").groups(m.All)
	c.key("seq").groups(m.Seq)
}

func (c check) groups(groups [][]string) {
	c.unless(groups == nil || len(groups) > 0, "the list is empty")
	for i, g := range groups {
		c.index(i).unless(len(g) > 0, "the group is empty")
	}
}

// followUps checks the author's further questions.
func (c check) followUps(q *Question, points names) {
	known := newIDs("follow-up")
	for i, f := range q.FollowUps {
		at := c.key("follow_ups").index(i)
		known.add(at, f.ID)
		if level := at.key("level"); level.present() {
			level.whole(f.Level, 1, 5)
		}
		at.key("covers").by(RuleCovers).referAll("key point", f.Covers, points)
		at.key("when").when(f.When, points)
	}
}

func (c check) when(w rubric.When, points names) {
	c.key("missed").referAll("key point", w.Missed, points)
	c.key("met").referAll("key point", w.Met, points)
	c.key("contradicted").referAll("key point", w.Contradicted, points)
	c.key("score").bound(w.Score, 100)
	c.key("met").apart(w.Met, w.Missed, "missed")
	c.key("met").apart(w.Met, w.Contradicted, "contradicted")
}

// apart checks that no id of the list here is in another that excludes it.
func (c check) apart(list, other []string, name string) {
	for i, id := range list {
		c.index(i).unless(!slices.Contains(other, id), "%q cannot be met and %s", shorten(id), name)
	}
}
