package convert

import (
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// MaxPoints is how many key points are made of an answer.
const MaxPoints = 7

// bullets lists the items of a list in Markdown, or else its paragraphs.
func bullets(s string) []string {
	return proseOf(s).parts
}

// sentences lists what an answer says, as candidates for key points: sentences
// that state something. Introductions ("For example:") state nothing.
func sentences(parts []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, p := range parts {
		for _, at := range text.Sentences(p) {
			s := strings.TrimSpace(p[at.Start:at.End])
			key := strings.ToLower(s)
			if strings.HasSuffix(s, ":") || strings.HasSuffix(s, "?") || len(text.Content(text.Tokens(s))) < 2 || seen[key] {
				continue
			}
			seen[key] = true
			out = append(out, s)
		}
	}
	return out
}

// What two sentences must share to be the same in other words: so many words,
// and so large a part of the words of both. Lint has the same measure.
const (
	sharedWords = 3
	sharedPart  = 0.6
)

// mostCompared bounds the sentences that are compared with one another.
const mostCompared = 60

// distinct leaves out sentences that say nearly what one before them says. The
// words of the question do not count.
func distinct(list []string, ask string) []string {
	asked := map[string]bool{}
	for _, w := range text.Content(text.Tokens(ask)) {
		asked[w] = true
	}
	var out []string
	var words []map[string]bool
	for i, s := range list {
		own := map[string]bool{}
		for _, w := range text.Content(text.Tokens(s)) {
			if !asked[w] {
				own[w] = true
			}
		}
		if i < mostCompared && slices.ContainsFunc(words, func(other map[string]bool) bool { return similar(own, other) }) {
			continue
		}
		out, words = append(out, s), append(words, own)
	}
	return out
}

func similar(a, b map[string]bool) bool {
	shared := 0
	for w := range a {
		if b[w] {
			shared++
		}
	}
	return shared >= sharedWords && float64(shared) >= sharedPart*float64(len(a)+len(b)-shared)
}

// leads takes at most n of the sentences: where there are more, the first of
// each of n stretches of the same length, so that all of the answer has a part.
func leads(list []string, n int) []string {
	if len(list) <= n {
		return list
	}
	out := make([]string, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
}

// keyPoints makes points of texts, with ids made of their words.
func keyPoints(texts []string) []rubric.KeyPoint {
	ids := idSet{}
	var out []rubric.KeyPoint
	for _, s := range texts {
		if s = oneLine(s); s == "" {
			continue
		}
		out = append(out, rubric.KeyPoint{ID: ids.unique(pointID(s)), Weight: 1, Point: s, Say: s})
	}
	return out
}

// pointID is made of a point's first words that mean something.
func pointID(s string) string {
	var words []string
	for _, w := range strings.Split(slug(s), "-") {
		if w != "" && !text.IsStop(w) && len(words) < 3 {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "point"
	}
	return strings.Join(words, "-")
}
