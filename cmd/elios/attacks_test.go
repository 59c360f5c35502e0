package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// attack makes answers to a question that must earn little, whatever the bank.
type attack struct {
	name    string
	most    float64
	spare   float64 // share of the answers that may earn more
	answers func(q *rubric.Question) []string
}

// attacks are what people without an answer try, and what an answer turned round looks like.
var attacks = []attack{
	{"echo", 10, 0, echoes},
	{"list of points", 10, 0, func(q *rubric.Question) []string { return wordLists(pointsOf(q)) }},
	{"list of say", 10, 0, func(q *rubric.Question) []string { return wordLists(saysOf(q)) }},
	{"list of terms", 10, 0.02, func(q *rubric.Question) []string { return lists(firstTerms(q)) }},
	{"list of all terms", 10, 0, func(q *rubric.Question) []string { return lists(allTerms(q)) }},
	{"padded list", 10, 0, func(q *rubric.Question) []string { return padded(contentOf(pointsOf(q) + " " + saysOf(q))) }},
	{"framed list", 10, 0.05, framed},
	{"shuffled", 25, 0, func(q *rubric.Question) []string { return shuffles(q.Ideal) }},
	{"negated", 20, 0, func(q *rubric.Question) []string { return negations(q.Ideal) }},
	{"disowned", 20, 0, func(q *rubric.Question) []string { return disowned(q.Ideal) }},
	{"don't know", 0, 0, func(*rubric.Question) []string { return dontKnows }},
	{"injection", 10, 0, func(*rubric.Question) []string { return injections }},
	{"ramble", 30, 0, rambles},
}

func echoes(q *rubric.Question) []string {
	flat := strings.TrimRight(strings.Join(strings.Fields(q.Ask), " "), "?")
	return []string{q.Ask, flat + ".", "So the question is: " + flat, strings.ToUpper(q.Ask), q.Ask + "\n" + q.Ask, "I would say that " + flat + ", yes."}
}

func pointsOf(q *rubric.Question) string {
	var out []string
	for _, k := range q.KeyPoints {
		out = append(out, k.Point)
	}
	return strings.Join(out, " ")
}

func saysOf(q *rubric.Question) string {
	var out []string
	for _, k := range q.KeyPoints {
		out = append(out, k.Say)
	}
	return strings.Join(out, " ")
}

// contentOf gives the words of a text that are no function words, each once.
func contentOf(s string) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		w = strings.Trim(w, `.,;:()"'?!`)
		if w != "" && !text.IsStop(strings.ToLower(w)) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

func wordLists(s string) []string { return lists(contentOf(s)) }

// lists puts words one after the other in the ways people do, as they come and shuffled.
func lists(words []string) []string {
	mixed := slices.Clone(words)
	dice := rand.New(rand.NewPCG(1, uint64(len(words))))
	dice.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	var out []string
	for _, w := range [][]string{words, mixed} {
		for _, glue := range []string{", ", " ", "\n- ", ". ", " and ", "; ", "\n", " / ", " -> "} {
			out = append(out, strings.Join(w, glue))
		}
		out = append(out, "Keywords: "+strings.Join(w, ", "), "It is about "+strings.Join(w, ", ")+".")
	}
	return out
}

// firstTerms gives the first term of each group of each match.
func firstTerms(q *rubric.Question) []string { return terms(q, 1) }

func allTerms(q *rubric.Question) []string { return terms(q, 1000) }

func terms(q *rubric.Question, most int) (out []string) {
	for _, k := range q.KeyPoints {
		groups, _ := k.Match.Groups()
		for _, g := range groups {
			out = append(out, g[:min(most, len(g))]...)
		}
	}
	return out
}

// padded puts function words between the words of a list.
func padded(words []string) []string {
	var out []string
	for seed, all := range []string{
		"the a of and to is in for with it", "the", "and the", "is a", "the of and or if then so as at by", "of the/and a/to the/is in the/which is/with",
	} {
		filler := strings.Fields(all)
		if strings.Contains(all, "/") {
			filler = strings.Split(all, "/")
		} else if len(filler) == 2 {
			filler = []string{all}
		}
		dice := rand.New(rand.NewPCG(uint64(seed), uint64(len(words))))
		for _, share := range []float64{0.4, 0.7, 1} {
			var b strings.Builder
			for i, w := range words {
				b.WriteString(w + " ")
				if dice.Float64() < share {
					b.WriteString(filler[dice.IntN(len(filler))] + " ")
				}
				if i%12 == 11 {
					b.WriteString("\n")
				}
			}
			out = append(out, b.String(), strings.ReplaceAll(b.String(), "\n", ""))
		}
	}
	return out
}

// framed puts the words of the points into the same sentence again and again.
func framed(q *rubric.Question) []string {
	words := contentOf(pointsOf(q))
	var out []string
	for _, frame := range []string{"I know about *.", "There is *.", "The * is important.", "You should think about *.", "Then comes *, of course."} {
		for n := 1; n <= 3; n++ {
			var all []string
			for part := range slices.Chunk(words, n) {
				all = append(all, strings.ReplaceAll(frame, "*", strings.Join(part, ", ")))
			}
			out = append(out, strings.Join(all, " "))
		}
	}
	return out
}

// shuffles mixes the words of a text: all of them, with and without their punctuation.
func shuffles(s string) []string {
	if len(text.Sentences(s)) < 2 || len(contentOf(s)) < 15 {
		return nil
	}
	var out []string
	for seed := range uint64(4) {
		dice := rand.New(rand.NewPCG(seed, 7))
		words := strings.Fields(s)
		dice.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		mixed := strings.Join(words, " ")
		out = append(out, mixed, strings.NewReplacer(".", "", ",", "", ":", "", ";", "").Replace(mixed), within(dice, s))
	}
	return out
}

// within mixes the words of each sentence among themselves.
func within(dice *rand.Rand, s string) string {
	var out []string
	for _, sentence := range sentencesOf(s) {
		words := strings.Fields(strings.TrimRight(sentence, "."))
		dice.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		out = append(out, strings.Join(words, " ")+".")
	}
	return strings.Join(out, " ")
}

// sentencesOf gives the sentences of a text whose lines are wrapped.
func sentencesOf(s string) []string {
	s = strings.Join(strings.Fields(s), " ")
	var out []string
	for _, span := range text.Sentences(s) {
		out = append(out, s[span.Start:span.End])
	}
	return out
}

// negations turns every sentence round.
func negations(s string) []string {
	ways := []func(string) string{
		prefix("It is not true that "), prefix("It is not the case that "), prefix("I don't believe that "), prefix("It is false that "),
		prefix("It is a myth that "), prefix("No way, it is wrong to say that "), prefix("It is a lie that "), prefix("I doubt that "),
		prefix("Contrary to what many say, "), prefix("It is a mistake to think that "), prefix("I disagree that "), prefix("It cannot be that "),
		suffix(". Wrong."), suffix(". No."), suffix(", not at all."),
		suffix(", which is wrong."), suffix(". That is not true."), suffix(". This is a myth."), suffix(", and that is nonsense."),
		func(s string) string { return suffix(" is a mistake.")(prefix("To say that ")(s)) },
		func(s string) string { return verbNegated(s, "not") },
		func(s string) string { return verbNegated(s, "never") },
	}
	var out []string
	for _, way := range ways {
		var all []string
		for _, sentence := range sentencesOf(s) {
			all = append(all, way(sentence))
		}
		out = append(out, strings.Join(all, " "))
	}
	return out
}

func prefix(p string) func(string) string {
	return func(s string) string { return p + strings.ToLower(s[:1]) + s[1:] }
}

func suffix(p string) func(string) string {
	return func(s string) string { return strings.TrimRight(s, ".!") + p }
}

// disowned reports every sentence as somebody else's.
func disowned(s string) []string {
	var out []string
	for _, p := range []string{"Some people think that ", "Many believe that ", "It is often claimed that ", "Someone could think that "} {
		var all []string
		for _, sentence := range sentencesOf(s) {
			all = append(all, prefix(p)(sentence))
		}
		out = append(out, strings.Join(all, " "))
	}
	return out
}

var auxiliaries = strings.Fields("is are was were can could will would must may might should has have had does do did cannot")

// verbNegated puts the word after the first auxiliary of each clause, or makes "keeps" "does not keep".
func verbNegated(s, word string) string {
	w := strings.Fields(s)
	for i := range w {
		low := strings.ToLower(w[i])
		switch {
		case low == "cannot":
			w[i] = "can"
			return strings.Join(w, " ")
		case slices.Contains(auxiliaries, low) && (i+1 == len(w) || w[i+1] != "only"):
			if i+1 < len(w) && w[i+1] == "not" {
				return strings.Join(append(w[:i+1], w[i+2:]...), " ")
			}
			w[i] += " " + word
			return strings.Join(w, " ")
		case i > 0 && slices.Contains(verbs, low):
			w[i] = map[string]string{"not": "does not ", "never": "never "}[word] + low
			return strings.Join(w, " ")
		}
	}
	return prefix("It is not true that ")(s)
}

// verbs are those that the ideal answers of the built-in banks use without an auxiliary.
var verbs = strings.Fields(`returns keeps takes needs works gets sees calls holds adds wraps runs waits blocks uses means makes gives lets stops
says grows starts writes reads sends becomes finds belongs depends stores costs fails dies prints checks multiplexes goes switches
protects happens allocates carries passes closes reserves return keep take need work get see call hold add run wait block use mean make give`)
