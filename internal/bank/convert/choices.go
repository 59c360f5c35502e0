package convert

import (
	"regexp"
	"strings"
)

// needsChoices tells whether a question makes no sense without its choices.
var needsChoices = regexp.MustCompile(`(?i)\b(?:(?:which|one|what|all|any|some|none|either) of|following|these|those|below|above|select|choose|pick|tick|options?|choices|` +
	`(?:is|are) (?:not )?(?:true|false|correct|incorrect|valid|wrong)|except|best describes)\b`)

// offer puts the choices of a question where they belong. elios asks openly, and
// words that stand in the question show nothing: so choices go into the context,
// unless the question speaks of them.
func (item *Item) offer(choices []string) {
	if len(choices) < 2 {
		return
	}
	var b strings.Builder
	for _, c := range choices {
		b.WriteString("- " + strings.ReplaceAll(strings.TrimSpace(c), "\n", "\n  ") + "\n")
	}
	item.offered(strings.TrimSpace(b.String()))
}

// offered is offer for choices that are a list in Markdown already.
func (item *Item) offered(list string) {
	if list = strings.TrimSpace(cleanInline(list)); list == "" {
		return
	}
	if needsChoices.MatchString(codeSpan.ReplaceAllString(item.Prompt, "")) {
		item.Prompt += "\n\n" + list
		return
	}
	item.choices = list
}
