package builtin

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/elios/elios/internal/builtin/thesaurus"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// Supports tells whether the words of a quote have anything in common with a point: a word of the
// point, of its say or its match that does not stand in the question, or (unless exact) a word near one
// of those. It is a low bar on purpose: a true paraphrase passes, a quote on something else does not.
// A question in another language than English passes always.
func (e *Evaluator) Supports(q *rubric.Question, point, quote string, exact bool) bool {
	c, ok := q.Criterion(point)
	if !ok || foreign(q) || !text.English(quote) {
		return true
	}
	wanted, asked := contentOf(c.Text+" "+c.Say+" "+matchWords(q, point)), contentOf(q.Ask)
	if c.Leveled {
		return len(wanted) == 0 || !allIn(contentOf(quote), asked)
	}
	for s := range asked {
		delete(wanted, s)
	}
	if len(wanted) == 0 {
		return true
	}
	near := relatedOf(slices.Sorted(maps.Keys(wanted)), thesaurus.Default())
	for s := range contentOf(quote) {
		if wanted[s] || !exact && len(near[s]) > 0 && !asked[s] {
			return true
		}
	}
	return false
}

// shaped finds what looks like a reply of a model or like its control tokens.
var shaped = regexp.MustCompile(`"[\w ]+"\s*:\s*["\d{\[]|<\|?/?[\w｜]+\|?>|\[/?[A-Z_]{3,}\]`)

// Tampers tells whether an answer speaks to whoever judges it, instead of about the question: orders,
// words about its own grade, roles, forged replies.
func (e *Evaluator) Tampers(q *rubric.Question, answer string) bool {
	p := e.cache.get(q)
	if shaped.MatchString(answer) && !shaped.MatchString(q.Ask) {
		return true
	}
	for _, s := range p.newReader().read(p, rubric.Answer{Turn: 1, Ask: q.Ask, Text: answer}).sentences {
		if s.role == commands {
			return true
		}
	}
	return false
}

// foreign tells whether a question is in a language that the evaluator does not read.
func foreign(q *rubric.Question) bool {
	return q.Language != "" && !strings.HasPrefix(strings.ToLower(q.Language), "en")
}

func matchWords(q *rubric.Question, point string) string {
	var b strings.Builder
	for _, k := range q.KeyPoints {
		if k.ID != point {
			continue
		}
		groups, _ := k.Match.Groups()
		for _, g := range groups {
			b.WriteString(strings.Join(g, " ") + " ")
		}
	}
	return b.String()
}

// contentOf are the stems of a text without function words.
func contentOf(s string) map[string]bool {
	set := make(map[string]bool)
	for _, stem := range text.Content(text.Tokens(s)) {
		set[stem] = true
	}
	return set
}

func allIn(words, set map[string]bool) bool {
	for w := range words {
		if !set[w] {
			return false
		}
	}
	return true
}
