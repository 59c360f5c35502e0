package bank

import (
	"cmp"
	"time"

	"github.com/elios/elios/internal/rubric"
)

const (
	maxTimeLimit = rubric.Duration(24 * time.Hour)
	maxFollowUps = 3
)

// part is the questions of a bank that stand in one file.
type part struct {
	src       *source
	questions []Question
}

// checkHeader checks all of a bank but its questions.
func checkHeader(src *source, b *Bank) {
	c := check{src: src}
	c.key("elios").unless(b.Elios == Format, "this is %q, and elios reads %q", shorten(b.Elios), Format)
	c.slug(b.ID)
	c.key("version").by(RuleVersion).unless(versions.MatchString(b.Version), "%q is no version like 1.2.0 (semver)", shorten(b.Version))
	c.key("language").unless(languages.MatchString(b.Language), `%q is no language like "en" or "pt-BR"`, shorten(b.Language))
	for i, a := range b.Authors {
		c.key("authors").index(i).link(a.URL)
	}
	c.key("defaults").limits(b.Defaults.TimeLimit, b.Defaults.MaxFollowUps, b.Defaults.Scoring)
	c.key("test").test(b.Test)
	c.key("topics").unless(len(b.Topics) > 0, "there are no topics")
	topics := newIDs("topic")
	for i, t := range b.Topics {
		topics.add(c.key("topics").index(i), t.ID)
	}
}

func (c check) test(t Test) {
	c.key("repeat").whole(t.Repeat, 1, MaxRepeat)
	c.key("pass_rate").number(t.PassRate, 0, 1)
	c.key("tolerance").number(t.Tolerance, 0, 100)
}

// checkQuestions checks the questions of all files together. An alias of the
// header's topics would be no use in another file, so they are handed in.
func checkQuestions(parts []part, topics []Topic) {
	questions := newIDs("question")
	known := topicIDs(topics)
	total := 0
	for _, part := range parts {
		list := check{src: part.src}.key("questions")
		if total += len(part.questions); total > MaxQuestions {
			list.fail("the bank has more than %d questions", MaxQuestions)
			return
		}
		for i := range part.questions {
			q := &part.questions[i]
			c := list.index(i)
			questions.add(c, q.ID)
			if len(known) > 0 {
				c.key("topic").refer("topic", q.Topic, known)
			}
			c.question(q)
		}
	}
	if total == 0 {
		check{src: parts[0].src}.key("questions").fail("there are no questions")
	}
}

func topicIDs(topics []Topic) names {
	out := newNames()
	for _, t := range topics {
		out.add(t.ID)
	}
	return out
}

// names is a list of ids that are also looked up.
type names map[string]int // id to its place

func newNames() names { return names{} }

func (n names) add(id string) {
	if _, ok := n[id]; !ok {
		n[id] = len(n)
	}
}

// list gives the ids in their order.
func (n names) list() []string {
	out := make([]string, len(n))
	for id, i := range n {
		out[i] = id
	}
	return out
}

// refer checks that an id names something there is.
func (c check) refer(what, id string, among names) {
	c.rule = cmp.Or(c.rule, RuleDangling)
	if _, ok := among[id]; !ok && id != "" {
		c.fail("there is no %s %q%s", what, shorten(id), didYouMean(id, among.list()))
	}
}

// referAll checks a list of ids: each names something, none is there twice.
func (c check) referAll(what string, list []string, among names) {
	seen := map[string]bool{}
	for i, id := range list {
		c.index(i).refer(what, id, among)
		c.index(i).by(RuleDuplicate).unless(!seen[id] || id == "", "%q is here twice", shorten(id))
		seen[id] = true
	}
}
