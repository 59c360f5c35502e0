package cases

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/text"
)

// rambles are long answers on the topic that make no point. Each {} stands for
// the next word of the question.
var rambles = []string{
	"That is a good question, and {} is a subject that I have thought about a lot. In my last job we talked about {} and {} nearly every week, " +
		"and I learned a great deal from my colleagues. There are many opinions about {}, and a lot depends on the situation. Some people like {}, others prefer {}, " +
		"and I respect both views. When I hear {} I first think of the big picture, since the details of {} matter to everybody in the team. Of course {} has advantages and " +
		"disadvantages, as everything in our field does. I would look at {} carefully, discuss {} with the others, and read what the experts write about {}. In general I believe that " +
		"{} is important, that {} deserves attention, and that one should never stop learning about {}.",
	"So, {}. Where should I begin? I remember a project where {} came up right at the start, and we had long meetings about {} and about {}. The manager wanted to know everything about {}, " +
		"the developers cared more for {}, and in the end everybody was happy. I have also read a book on {} and watched several talks about {}. What I took from them is that {} is a broad topic with a long history. " +
		"If you asked ten engineers about {} you would hear ten different stories about {}. Personally I find {} fascinating. I could talk about {} for hours, and at conferences I often do. " +
		"To sum up, {} is what it is, {} plays its part, and good engineers know when {} matters.",
}

// code is a fenced block, or code within a line.
var code = regexp.MustCompile("(?s)```.*?```")

func ramblesOn(q *bank.Question) []attack {
	words := subjects(q)
	if len(words) == 0 {
		return nil
	}
	var out []attack
	for i, template := range rambles {
		out = append(out, attack{Ramble, fmt.Sprintf("wording %d", i+1), filled(template, words), mostRamble})
	}
	return out
}

// subjects are the words of a question that a rambling candidate picks up.
func subjects(q *bank.Question) []string {
	var out []string
	for _, w := range content(q.TopicTitle + " " + code.ReplaceAllString(q.Ask, " ")) {
		if len(w) > 2 && !text.IsNegator(w) {
			out = append(out, w)
		}
	}
	return out
}

// filled puts words into a template, one after the other and over again.
func filled(template string, words []string) string {
	var b strings.Builder
	for i, part := range strings.Split(template, "{}") {
		if i > 0 {
			b.WriteString(words[(i-1)%len(words)])
		}
		b.WriteString(part)
	}
	return b.String()
}
