package builtin

import (
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		id, anchor string
		want       kind
	}{
		{"situation", "", situation},
		{"actions", "", action},
		{"impact", "", result},
		{"learning", "", reflection},
		{"x", "A measured outcome and its numbers.", result},
		{"y", "A lesson used since.", reflection},
		{"z", "", action},
	} {
		d := rubric.Dimension{ID: c.id, Anchors: map[int]string{5: c.anchor}}
		if got := kindOf(d); got != c.want {
			t.Errorf("%s (%q): kind %d, want %d", c.id, c.anchor, got, c.want)
		}
	}
}

// Each side of a story reacts to its own cues.
func TestLevels(t *testing.T) {
	for _, c := range []struct {
		answer, dimension string
		least, most       int
	}{
		{"We had a deadline and we were late but the team worked hard.", "action", 0, 2},
		{"We were late but the team worked hard and it was fine.", "result", 0, 2},
		{"We decided together and shipped a rewrite of the parser.", "action", 0, 1},
		{"I rewrote the parser.", "action", 2, 2},
		{"I rewrote the parser and compared two grammars with my manager.", "action", 3, 4},
		{"I told my manager on Monday, weighed a rollback against a fix and chose the rollback. I deployed it.", "action", 4, 5},
		{"I did not tell anybody about the parser.", "action", 0, 1},
		{"I told nobody. In the end the parser shipped with a new grammar.", "result", 2, 3},
		{"I left. The parser shipped and latency fell by 40 percent, although the docs came late.", "result", 4, 5},
		{"I learned a lot.", "reflection", 1, 2},
		{"I learned that parsers need fuzzing before review.", "reflection", 3, 3},
		{"Since then I fuzz every parser before its review, twice already.", "reflection", 4, 5},
		{"I led the parser project in 2022, and an outage would have cost us the contract.", "situation", 4, 5},
		{"The server sends a certificate signed by an authority.", "situation", 0, 1},
		{"I worked.", "situation", 0, 1},
		{"That never happened to me.", "situation", 0, 0},
		{"We, in the end, succeeded I guess.", "result", 0, 2},
		{"I wonder about the future.", "reflection", 0, 0},
		// What somebody would do, or does in general, is no story.
		{"If a parser broke in March, I would tell my manager and I'd weigh a rollback against a fix within two days.", "situation", 0, 1},
		{"If a parser broke, I would have told my manager and I would have chosen a rollback within two days.", "action", 0, 1},
		{"I'll tell my manager, I'd fix the parser, and errors would be cut by 50 percent.", "result", 0, 1},
		{"I usually talk to everyone involved, weigh the options and always share the results of the parser every week.", "situation", 0, 1},
		{"I always review every parser with the team each week.", "reflection", 0, 0},
		{"I'd asked my manager on Monday. I told her that I would take the parser and chose a fuzzer over a rewrite in two days.", "action", 4, 5},
		// Something that was done later in the story, or what others did then, counts too.
		{"I rewrote the parser. I told my manager on Monday. I considered a fuzzer.", "action", 5, 5},
		{"I had to cut the parser.", "action", 0, 1},
		{"I rewrote the parser. New colleagues praised its manual loudly.", "result", 2, 2},
		{"I rewrote the parser. Its memory is now under 2 MB.", "result", 4, 5},
		{"I rewrote the parser. Looking back, fuzzing belongs before review.", "reflection", 2, 3},
		{"I rewrote the parser. Since then I never merge a parser without fuzzing.", "reflection", 4, 4},
		{"Since then I write down what we will leave out of every parser.", "reflection", 4, 4},
		{"I rewrote the parser. I added a fuzzer, and it has caught four errors since.", "reflection", 5, 5},
		{"I rewrote the parser. I also always announce its changes in the channel now.", "reflection", 4, 4},
		{"I rewrote the parser. I no longer wait for a third error.", "reflection", 4, 4},
		{"I rewrote the parser. Next time I'd bring numbers from other parsers.", "reflection", 3, 3},
		{"Next time I'd bring numbers from other parsers.", "reflection", 0, 1},
		{"I finished the parser, and the other one was late by a few days.", "result", 3, 3},
		{"I rewrote the parser. Two customers quit in the second month.", "result", 3, 3},
		{"I never rewrote the parser.", "reflection", 0, 0},
		{"I didn't do anything about it. I never talked to him. We didn't fix it.", "action", 0, 0},
		{"There was lots of stuff going on, I was busy and I think I handled it.", "action", 0, 1},
		{"On our holiday in Spain I suggested we split the days, and we hiked for three, although it rained.", "result", 0, 1},
		{"I argued a lot about the parser.", "action", 1, 1},
		{"I rewrote the parser. I built a fuzzer in two days because an outage cost us a customer.", "situation", 3, 3},
		{"Our parser was in the contract with the hospital. I built a fuzzer in two days.", "situation", 4, 4},
		// Others' results are not the candidate's, and a story from another life is none.
		{"I think we were fast. We delivered the parser in 3 months and reduced errors by 30 percent.", "result", 0, 2},
		{"I used 3 eggs, chose chocolate instead of vanilla and it came out well after 40 minutes.", "action", 0, 1},
	} {
		j := judgeOf(t, conflict(), c.answer)
		v, _ := rubric.Find(j.Verdicts, c.dimension)
		if v.Level == nil || *v.Level < c.least || *v.Level > c.most || v.Confidence != rubric.Low {
			t.Errorf("%q: %s not in %d..%d\n%s", c.answer, c.dimension, c.least, c.most, describe(j))
		}
	}
}

// A say sentence that denies something is no denial of itself.
func TestNegatedSay(t *testing.T) {
	q := conflict()
	q.Dimensions[3].Say = "Since then I never argue about a schema that nobody measured."
	j := judgeOf(t, q, q.Dimensions[3].Say)
	if v, _ := rubric.Find(j.Verdicts, "reflection"); v.Gap() {
		t.Errorf("its own sentence leaves a gap\n%s", describe(j))
	}
}

// The rubric's own sentences told of "us" are no story of the candidate's.
func TestSaidOfUs(t *testing.T) {
	q := conflict()
	ours := strings.NewReplacer("I ", "we ").Replace(best(q))
	if got := scoreOf(t, q, ours); got > 25 {
		t.Errorf("%q earns %.0f\n%s", ours, got, describe(judgeOf(t, q, ours)))
	}
}
