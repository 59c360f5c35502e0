package lint

import (
	"regexp"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/text"
)

// asking looks at how the question, its probes and follow-ups ask.
func (q *question) asking() {
	if a, b, ok := doubled(q.Ask); ok {
		q.fail(doubleBarrelled, q.node.Key("ask"), "%s and %s have nothing in common", quoted(a), quoted(b))
	}
	q.leads(q.Ask, q.node.Key("ask"))
	for _, p := range q.parts() {
		q.leads(p.Probe, p.node.Key("probe"))
	}
	for i, f := range q.FollowUps {
		at := q.node.Key("follow_ups").Index(i).Key("ask")
		if a, b, ok := doubled(f.Ask); ok {
			q.fail(doubleBarrelled, at, "%s and %s have nothing in common", quoted(a), quoted(b))
		}
		q.leads(f.Ask, at)
	}
}

// suggestions are turns that tell what to answer. A question that begins with
// a negated verb ("Isn't …") expects yes; "Why isn't …" does not.
var suggestions = regexp.MustCompile(`(?i)(?:^|[.!?]\s+|\n)((?:do|does|did|is|are|was|were|would|should|could|can|wo|has|have)n['’]?t\b|surely\b|obviously\b|of course\b)` +
	`|(\byou(?: would|['’]d)? agree (?:that|with)|\bisn['’]t it (?:true|obvious|clear|better)|\bas (?:everyone|everybody|we all) knows?\b|\bit is (?:obvious|clear|well known) that\b)` +
	`|,\s*((?:right|correct|yes|no|(?:is|does|do|are|was|would|should|ca|wo|has|have)n['’]t (?:it|they|he|she|you|we|that))\?)`)

func (q *question) leads(s string, at bank.Node) {
	if m := suggestions.FindStringSubmatch(s); m != nil {
		q.fail(leading, at, "%s suggests the answer: %s", quoted(s), quoted(m[1]+m[2]+m[3]))
	}
}

// joint is where one question ends and the next is joined to it.
var joint = regexp.MustCompile(`(?i)\?\s+(?:and\s+)?|,?\s+and\s+(?:also\s+)?`)

// mostJoints bounds the time that a text of nothing but "and" can take.
const mostJoints = 50

// asks is how a question begins.
var asks = regexp.MustCompile(`(?i)^(?:in |for |to |at |by |on |with )?(?:what|how|why|when|where|which|who|whom|is|are|do|does|did|can|could|would|should)\b`)

// doubled finds two questions in one text that have no word in common. The
// second may also point back: "and why is that?".
func doubled(s string) (a, b string, ok bool) {
	shown := strings.Join(code.FindAllString(s, -1), "\n")
	s = code.ReplaceAllString(s, "")
	for _, at := range joint.FindAllStringIndex(s, mostJoints) {
		a, b = lastQuestion(s[:at[0]]), firstQuestion(s[at[1]:])
		if asks.MatchString(a) && asks.MatchString(b) && strings.HasPrefix(s[at[1]+len(b):], "?") && unrelated(shown+"\n"+s[:at[0]], b) {
			return a, b, true
		}
	}
	return "", "", false
}

// unrelated tells whether a question takes up nothing of the text before it.
func unrelated(before, b string) bool {
	for _, w := range text.Tokens(b) {
		if pointsBack[w] {
			return false
		}
	}
	said := setOf(stems(before))
	words := stems(b)
	for _, s := range words {
		if said[s] {
			return false
		}
	}
	return len(setOf(words)) >= newWords
}

// newWords is how many words a question has that is one of its own; one of
// fewer ("and why?") lives on what was said before.
const newWords = 4

// pointsBack are words that take up what was said.
var pointsBack = setOf(strings.Fields(`it its they them their this that these those one ones then instead there such each both
	either neither same other others else so more most less second last former latter alternative another`))

func lastQuestion(s string) string {
	return strings.TrimSpace(s[strings.LastIndexAny(s, ".?!:\n")+1:])
}

func firstQuestion(s string) string {
	if i := strings.IndexAny(s, ".?!\n"); i >= 0 {
		return s[:i]
	}
	return s
}

// code is what Markdown sets apart.
var code = regexp.MustCompile("(?s)```.*?(?:```|$)")
