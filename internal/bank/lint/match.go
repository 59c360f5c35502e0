package lint

import (
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// matches looks at the patterns of points and misconceptions.
func (q *question) matches() {
	asked := wordsOf(q.Ask)
	for i, p := range q.KeyPoints {
		q.match(p.ID, p.Match, asked, q.node.Key("key_points").Index(i).Key("match"))
	}
	for i, m := range q.Misconceptions {
		q.match(m.ID, m.Match, asked, q.node.Key("misconceptions").Index(i).Key("match"))
	}
	for i, f := range q.FollowUps {
		asked := wordsOf(q.Ask + "\n" + f.Ask)
		for j, p := range f.KeyPoints {
			q.match(p.ID, p.Match, asked, q.node.Key("follow_ups").Index(i).Key("key_points").Index(j).Key("match"))
		}
	}
}

// match looks at one pattern.
func (q *question) match(id string, m *rubric.Match, asked map[string]bool, at bank.Node) {
	if m == nil {
		return
	}
	if m.Any != nil {
		q.terms(m.Any, at.Key("any"))
		for i, term := range m.Any {
			if allIn(term, asked) {
				q.fail(matchInQuestion, at.Key("any").Index(i), "the term %s of %q stands in the question, so it does not count", quoted(term), id)
			}
		}
		return
	}
	groups, _ := m.Groups()
	list := at.Key("all")
	if m.Seq != nil {
		list = at.Key("seq")
	}
	for i, g := range groups {
		q.terms(g, list.Index(i))
	}
	q.given(id, groups, asked, list)
}

// given finds a pattern that words of the question alone would fulfil: it never
// holds. A group of such words beside others that are new only says which of the
// question's things is meant.
func (q *question) given(id string, groups [][]string, asked map[string]bool, at bank.Node) {
	for _, g := range groups {
		for _, term := range g {
			if !allIn(term, asked) {
				return
			}
		}
	}
	q.fail(matchInQuestion, at, "every term of %q stands in the question, so the match never holds", id)
}

// allIn tells whether every word of a term is in a set of stems.
func allIn(term string, set map[string]bool) bool {
	words := text.Tokens(term)
	for _, w := range words {
		if !set[text.Stem(w)] {
			return false
		}
	}
	return len(words) > 0
}

// wordsOf gives the stems of all words of texts, function words too: a term
// that has one of them which the question has not is the candidate's own.
func wordsOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range text.Tokens(s) {
		out[text.Stem(w)] = true
	}
	return out
}

// terms finds terms that are the same to the evaluator as an earlier one.
func (q *question) terms(list []string, at bank.Node) {
	seen := map[string]string{}
	for i, term := range list {
		key := strings.Join(text.Tokens(term), " ")
		if key == "" {
			continue
		}
		first, again := seen[key]
		if !again {
			seen[key] = term
			continue
		}
		q.fail(repeatedTerm, at.Index(i), "the term %s is the same as %s before it", quoted(term), quoted(first))
		if e, ok := q.withoutItem(at.Index(i).Place()); ok {
			q.found[len(q.found)-1].mends(e)
		}
	}
}
