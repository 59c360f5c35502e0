package builtin

import (
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

// fillers are function words that make a list look like prose.
var fillers = []string{"the", "of the", "and", "with a", "in the", "to", "for the", "that is", "by", "from the", "on", "as a"}

// paddings put function words between the words of a list.
var paddings = map[string]func([]string) string{
	"before each": func(words []string) string { return padWith(words, 0, fillers) + "." },
	"other start": func(words []string) string { return padWith(words, 5, fillers) + "." },
	"few kinds": func(words []string) string {
		return padWith(words, 0, []string{"the", "of the", "and the", "with a"}) + "."
	},
	"sentences": func(words []string) string {
		var out []string
		for i := 0; i < len(words); i += 6 {
			out = append(out, "It is "+padWith(words[i:min(len(words), i+6)], 0, fillers)+".")
		}
		return strings.Join(out, " ")
	},
}

func padWith(words []string, from int, fillers []string) string {
	var out []string
	for i, w := range words {
		out = append(out, fillers[(from+i)%len(fillers)], w)
	}
	return strings.Join(out, " ")
}

// smaller gives a question with n of its points, as short rubrics are.
func smaller(q rubric.Question, from, n int, match bool) rubric.Question {
	q.KeyPoints = append([]rubric.KeyPoint(nil), q.KeyPoints[from:from+n]...)
	for i := range q.KeyPoints {
		if !match {
			q.KeyPoints[i].Match = nil
		}
	}
	q.Misconceptions, q.Ideal = nil, ""
	q.Ideal = idealOf(&q)
	return q
}

// Short rubrics have few words, and a list of them with function words in between is soon all of
// them.
func TestPaddedListsOfSmallRubrics(t *testing.T) {
	a := asker{t, New()}
	n, over := 0, 0
	for _, q := range openQuestions(t) {
		for i := 0; i+1 < len(q.KeyPoints); i += 2 {
			for _, match := range []bool{true, false} {
				small := smaller(q, i, 2, match)
				for _, words := range [][]string{contentWords(small.Ideal), contentWords(small.KeyPoints[0].Point + " " + small.KeyPoints[1].Point), keywordsOf(small)} {
					if len(words) < 6 {
						continue
					}
					for name, pad := range paddings {
						n++
						answer := pad(words)
						if _, score := a.ask(&small, answer); score > 10 {
							over++
							if testing.Verbose() {
								t.Logf("%s %s: %.0f %v: %s", q.ID, name, score, match, answer)
							}
						}
					}
				}
			}
		}
	}
	t.Logf("%d lists, %d earn more than 10", n, over)
	if 100*over > n {
		t.Error("more than one in a hundred")
	}
}

// keywordsOf gives the first two terms of each group.
func keywordsOf(q rubric.Question) []string {
	var out []string
	for _, k := range q.KeyPoints {
		groups, _ := k.Match.Groups()
		for _, g := range groups {
			out = append(out, g[:min(len(g), 2)]...)
		}
	}
	return out
}
