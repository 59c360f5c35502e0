package main

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/elios/elios/internal/builtin"
)

// spellings are words that Britain and America write differently, as the ideal answers use them.
var spellings = strings.NewReplacer(
	"isation", "ization", "ise ", "ize ", "ised", "ized", "ising", "izing", "behaviour", "behavior", "colour", "color", "neighbour", "neighbor",
	"favour", "favor", "honour", "honor", "centre", "center", "cancelled", "canceled", "cancelling", "canceling", "labelled", "labeled",
	"modelled", "modeled", "travelling", "traveling", "catalogue", "catalog", "licence", "license", "defence", "defense", "unsynchronised", "unsynchronized",
)

// variants say the same in another form.
var variants = map[string]func(string) string{
	"bullets":        func(s string) string { return "- " + strings.Join(sentencesOf(s), "\n- ") },
	"numbered":       func(s string) string { return "1. " + strings.Join(sentencesOf(s), "\n2. ") },
	"lines":          func(s string) string { return strings.Join(sentencesOf(s), "\n") },
	"back to front":  backToFront,
	"capitals":       strings.ToUpper,
	"small":          strings.ToLower,
	"American":       spellings.Replace,
	"one line":       func(s string) string { return strings.Join(strings.Fields(s), " ") },
	"no full stops":  func(s string) string { return strings.Join(sentencesOf(strings.ReplaceAll(s, ".\n", "\n")), "\n\n") },
	"with an opener": func(s string) string { return "Sure, I can explain that. " + s + " I hope that helps!" },
}

func backToFront(s string) string {
	all := sentencesOf(s)
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return strings.Join(all, " ")
}

// TestVariants changes the form of every ideal answer, which must not change its score.
func TestVariants(t *testing.T) {
	ev := builtin.New()
	for _, b := range builtInBanks(t) {
		for i := range b.Questions {
			q := &b.Questions[i].Question
			if len(q.KeyPoints) == 0 {
				continue
			}
			full := pointScore(t, ev, q, q.Ideal)
			if full.Score.Value < 95 {
				t.Errorf("%s/%s: the ideal answer earns %.0f: %v", b.ID, q.ID, full.Score.Value, marks(full))
			}
			for name, change := range variants {
				if j := pointScore(t, ev, q, change(q.Ideal)); math.Abs(j.Score.Value-full.Score.Value) > 5 {
					t.Errorf("%s/%s: %s: %.0f instead of %.0f: %v\n%s", b.ID, q.ID, name, j.Score.Value, full.Score.Value, marks(j), change(q.Ideal))
				}
			}
			if j := pointScore(t, ev, q, strings.Repeat(q.Ideal+"\n", 3)); j.Score.Value > full.Score.Value {
				t.Errorf("%s/%s: three times: %.0f", b.ID, q.ID, j.Score.Value)
			}
		}
	}
}

// mistype puts one slip into every fifteen letters.
func mistype(dice *rand.Rand, s string) string {
	out := []byte(s)
	var places []int
	for i := 1; i+1 < len(out); i++ {
		if isLetter(out[i-1]) && isLetter(out[i]) && isLetter(out[i+1]) {
			places = append(places, i)
		}
	}
	for range len(places) / 15 {
		i := places[dice.IntN(len(places))]
		switch dice.IntN(2) {
		case 0:
			out[i], out[i+1] = out[i+1], out[i]
		default:
			out[i] = byte('a' + dice.IntN(26))
		}
	}
	return string(out)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// TestTypos asks that slips of the hand cost hardly anything, nine times in ten.
func TestTypos(t *testing.T) {
	ev, n, near := builtin.New(), 0, 0
	for _, b := range builtInBanks(t) {
		for i := range b.Questions {
			q := &b.Questions[i].Question
			if len(q.KeyPoints) == 0 {
				continue
			}
			full := pointScore(t, ev, q, q.Ideal)
			for seed := range uint64(10) {
				answer := mistype(rand.New(rand.NewPCG(seed, uint64(i))), q.Ideal)
				j := pointScore(t, ev, q, answer)
				n++
				if math.Abs(j.Score.Value-full.Score.Value) <= 5 {
					near++
				} else {
					t.Logf("%s/%s: %.0f instead of %.0f: %v\n%s", b.ID, q.ID, j.Score.Value, full.Score.Value, marks(j), answer)
				}
			}
		}
	}
	t.Logf("TestVariants: %d of %d mistyped ideals within 5 points", near, n)
	if 10*near < 9*n {
		t.Errorf("%d of %d mistyped ideals within 5 points", near, n)
	}
}
