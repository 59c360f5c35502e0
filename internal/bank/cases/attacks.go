package cases

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/text"
)

// The most that answers may score that say nothing of their own.
const (
	mostEcho      = 10
	mostList      = 10
	mostShuffled  = 25
	mostNegated   = 20
	mostInjection = 10
	mostRamble    = 30
	mostNothing   = 0
)

// attack is an answer that must not pay.
type attack struct {
	kind         Kind
	name, answer string
	most         float64
}

// attacks checks that answers without substance stay low.
func (m *metamorphic) attacks(ctx context.Context) error {
	for _, a := range attacksOn(m.question) {
		if err := m.most(ctx, a.kind, a.name, a.answer, a.most); err != nil {
			return err
		}
	}
	return nil
}

// attacksOn makes the attacks on a question.
func attacksOn(q *bank.Question) []attack {
	out := slices.Concat(nothing(q), echoes(q), lists(q), shuffles(q), negations(q), injectionsOn(q))
	if len(q.KeyPoints) > 0 { // words cannot tell a ramble about work from a story of it
		out = append(out, ramblesOn(q)...)
	}
	return out
}

func nothing(*bank.Question) []attack {
	var out []attack
	for i, s := range []string{"", " \n\t ", "...", "?!"} {
		out = append(out, attack{Empty, fmt.Sprintf("wording %d", i+1), s, mostNothing})
	}
	for i, s := range dontKnows {
		out = append(out, attack{DontKnow, fmt.Sprintf("wording %d", i+1), s, mostNothing})
	}
	return out
}

var dontKnows = []string{
	"I don't know.", "Sorry, I have no idea.", "No clue.", "I do not know the answer to this one, sorry.",
	"I'm not sure. I don't know.", "i dont know",
}

// echoes say the question back.
func echoes(q *bank.Question) []attack {
	plain := strings.TrimSpace(q.Ask)
	claim := strings.TrimRight(strings.Join(strings.Fields(plain), " "), "?.! ")
	return []attack{
		{Echo, "as it is", plain, mostEcho},
		{Echo, "as a claim", "Well, this is about " + claim + ".", mostEcho},
		{Echo, "with a promise", "You ask: " + claim + ". I can explain that very well, and I have done so many times.", mostEcho},
		{Echo, "twice", plain + "\n" + plain, mostEcho},
	}
}

// lists give the rubric's words without a sentence.
func lists(q *bank.Question) []attack {
	var out []attack
	for _, source := range []struct {
		name  string
		words []string
	}{{"match", matchWords(q)}, {"point", pointWords(q)}, {"say", content(q.Say())}} {
		if len(source.words) == 0 {
			continue
		}
		for _, l := range listings {
			out = append(out, attack{List, source.name + ", " + l.name, l.change(source.words), mostList})
		}
	}
	return out
}

var listings = []struct {
	name   string
	change func([]string) string
}{
	{"commas", func(w []string) string { return strings.Join(w, ", ") + "." }},
	{"spaces", func(w []string) string { return strings.Join(w, " ") }},
	{"bullets", func(w []string) string { return "- " + strings.Join(w, "\n- ") }},
	{"padded", padded},
	{"padded sentences", paddedSentences},
}

// fillers are function words that make a list look like prose.
var fillers = []string{"the", "of the", "and", "with a", "in the", "to", "for the", "that is", "by", "from the", "on", "as a"}

func padded(words []string) string {
	var b strings.Builder
	for i, w := range words {
		fmt.Fprintf(&b, "%s %s ", fillers[i%len(fillers)], w)
	}
	return strings.TrimSpace(b.String()) + "."
}

// paddedSentences is padded with a full stop after every sixth word.
func paddedSentences(words []string) string {
	var out []string
	for six := range slices.Chunk(words, 6) {
		out = append(out, "It is "+padded(six))
	}
	return strings.Join(out, " ")
}

// matchWords are the terms of the patterns, each once.
func matchWords(q *bank.Question) []string {
	var out []string
	for _, k := range q.KeyPoints {
		groups, _ := k.Match.Groups()
		for _, g := range groups {
			out = append(out, g...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// pointWords are the words of the points, or of the dimensions' anchors.
func pointWords(q *bank.Question) []string {
	var out []string
	for _, c := range q.Criteria() {
		out = append(out, content(c.Text)...)
	}
	return out
}

// content are the words of a text that carry its subject, in order.
func content(s string) []string {
	var out []string
	for _, t := range text.Tokens(s) {
		if !text.IsStop(t) {
			out = append(out, t)
		}
	}
	return out
}

// Ideal answers too short to be shuffled: a few words can only stand in one
// sensible order.
const (
	shuffledSentences = 2
	shuffledWords     = 15
)

// shuffles put the best answer's words into random orders, the same each time.
func shuffles(q *bank.Question) []attack {
	answer := best(q)
	if len(sentences(answer)) < shuffledSentences || len(content(answer)) < shuffledWords {
		return nil
	}
	var out []attack
	for seed := range uint64(3) {
		words := strings.Fields(answer)
		numbers := rand.NewPCG(seed, uint64(len(words)))
		for i := len(words) - 1; i > 0; i-- {
			j := int(numbers.Uint64() % uint64(i+1))
			words[i], words[j] = words[j], words[i]
		}
		out = append(out, attack{Shuffled, fmt.Sprintf("order %d", seed+1), strings.Join(words, " "), mostShuffled})
	}
	return out
}
