package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank/lint"
)

// TestRules lays keys over the clean bank of docs/bank-format.md and wants the
// rules that are broken then, each with a part of what is said. The page has a
// first bad and good example of every rule; these are the harder ones.
func TestRules(t *testing.T) {
	base, _ := readPage(t)
	for _, tc := range []struct {
		name, keys string
		rule, says string // "" for a clean bank
	}{
		// follow-ups
		{"no follow-ups at all", "max_follow_ups: 0\nfollow_ups: [{id: a, ask: And then}]", "unreachable-follow-up", "max_follow_ups is 0"},
		{"nothing left to aim at", "follow_ups: [{id: a, when: {met: [crash]}, covers: [crash], ask: And then}]", "unreachable-follow-up", "everything it aims at is met"},
		{"a score the gap does not leave", `follow_ups: [{id: a, when: {missed: [append], score: ">=90"}, ask: And then}]`, "unreachable-follow-up", `wants a score of >=90, and while "append" is open it leaves`},
		{"a score the cap does leave", `follow_ups: [{id: a, when: {missed: [append], score: ">=60"}, ask: And then}]`, "", ""},
		{"a stretch at full score", `follow_ups: [{id: a, when: {met: [crash, append], score: ">=100"}, ask: And then}]`, "", ""},
		{"a stretch under what is met", `follow_ups: [{id: a, when: {met: [crash, append], score: "<=99"}, covers: [], ask: And then}]`, "unreachable-follow-up", "everything it aims at is met"},
		{"the question again", "follow_ups: [{id: a, ask: why does a DATABASE write to its log first}]", "unreachable-follow-up", "the question itself"},
		{"two stretches for one place", "max_follow_ups: 1\nfollow_ups: [{id: a, ask: And then}, {id: b, when: {met: [crash]}, ask: And why}]", "unreachable-follow-up", "a always comes first"},
		{"a stretch before a gap", "max_follow_ups: 1\nfollow_ups: [{id: b, when: {missed: [append]}, ask: And why}, {id: a, ask: And then}]", "unreachable-follow-up", "a always comes first"},
		{"two places for two", "max_follow_ups: 2\nfollow_ups: [{id: a, ask: And then}, {id: b, when: {met: [crash]}, ask: And why}]", "", ""},
		{"the same gap, two places", "max_follow_ups: 2\nfollow_ups: [{id: a, when: {missed: [append]}, ask: And then}, {id: b, when: {missed: [append]}, ask: And why}]", "", ""},
		{"a tighter score first", `max_follow_ups: 1
follow_ups: [{id: a, when: {missed: [append], score: "<=20"}, ask: And then}, {id: b, when: {missed: [append], score: "<=50"}, ask: And why}]`, "", ""},
		{"a wider score first", `max_follow_ups: 1
follow_ups: [{id: a, when: {missed: [append], score: "<=50"}, ask: And then}, {id: b, when: {missed: [append], score: "<=20"}, ask: And why}]`, "unreachable-follow-up", "a always comes first"},

		// expectations
		{"all met, low score", cases(`{id: a, answer: x, expect: {met: [crash, append], score: "<=20"}}`), "impossible-expect", "the score is 100"},
		{"none missed, low score", cases(`{id: a, answer: x, expect: {missed: [], score: "<100"}}`), "impossible-expect", "the score is 100"},
		{"over the cap", cases(`{id: a, answer: x, expect: {missed: [crash], score: ">=70"}}`), "impossible-expect", "from 0 to 66.67"},
		{"partly met", cases(`{id: a, answer: x, expect: {missed: [append], score: "80..85"}}`), "", ""},
		{"none met", cases(`{id: a, answer: x, expect: {met: [], score: ">50"}}`), "impossible-expect", "from 0 to 50"},
		{"penalties", "misconceptions: [{id: slow, penalty: 30, point: Claims that it is slow., match: {any: [too slow]}}]\n" +
			cases(`{id: a, answer: x, expect: {misconceptions: [slow], score: ">=80"}}`), "impossible-expect", "from 0 to 70"},
		{"no penalties", "misconceptions: [{id: slow, penalty: 30, point: Claims that it is slow., match: {any: [too slow]}}]\n" +
			cases(`{id: a, answer: x, expect: {misconceptions: [], missed: [], score: ">=80"}}`), "", ""},
		{"met and none contradicted", cases(`{id: a, answer: x, expect: {met: [crash], contradicted: [], score: ">60"}}`), "", ""},
		{"a tolerance", "test: {tolerance: 5}\n" + cases(`{id: a, answer: x, expect: {missed: [append], score: ">=88"}}`), "", ""},
		{"a follow-up that cannot come", "follow_ups: [{id: f, when: {missed: [append]}, ask: And then}]\n" +
			cases(`{id: a, answer: x, expect: {met: [append], follow_up: f}}`), "impossible-expect", `the follow-up "f"`},
		{"a follow-up at another score", `follow_ups: [{id: f, when: {score: "<=40"}, ask: And then}]` + "\n" +
			cases(`{id: a, answer: x, expect: {score: ">=50", follow_up: f}}`), "impossible-expect", `the follow-up "f"`},
		{"a follow-up that may come", "follow_ups: [{id: f, when: {missed: [append]}, ask: And then}]\n" +
			cases(`{id: a, answer: x, expect: {met: [crash], follow_up: f}}`), "", ""},

		// wording
		{"familiar", points(`point: The candidate is very familiar with recovery.`), "not-observable", "is very familiar"},
		{"a fact", points(`point: Knows that recovery replays the log.`), "", ""},
		{"understanding as the subject", points(`point: Understanding needs no crash.`), "not-observable", "Understanding"},
		{"surely", "ask: A log is written. Surely it comes first?", "leading-question", "Surely"},
		{"right?", "ask: A database writes to its log first, right?", "leading-question", "right?"},
		{"isn't that a reason?", "ask: Why isn't the page written first?", "", ""},
		{"a probe that leads", points("point: It survives.\n    probe: Isn't it the crash?"), "leading-question", "Isn't"},
		{"two sentences", "ask: Why is the log first? Which colours does a designer prefer for warning lamps?", "double-barrelled", "nothing in common"},
		{"a second that points back", "ask: Why is the log first? What would those colours do without designers and lamps?", "", ""},
		{"a short second", "ask: Why is the log first, and what follows?", "", ""},

		// matches
		{"capitals and humps", matching("any: [DiskFull, disk full]"), "repeated-term", `"disk full" is the same as "DiskFull"`},
		{"in a group", matching("all: [[disk, Disk], [full]]"), "repeated-term", `"Disk"`},
		{"a group of the question", matching("all: [[log, database], [full]]"), "", ""},
		{"only groups of the question", matching("seq: [[log, database], [first]]"), "match-in-question", "never holds"},
		{"a term with one new word", matching("any: [log full]"), "", ""},
		{"a term by another form", matching("any: [logs, writing]"), "match-in-question", `"writing"`},

		// cases
		{"a misconception is weak", "misconceptions: [{id: slow, penalty: 30, point: Claims that it is slow., match: {any: [too slow]}}]\n" +
			"cases: [{id: a, answer: x, expect: {misconceptions: [slow]}}]", "", ""},
		{"nothing met is weak", "cases: [{id: a, answer: x, expect: {met: []}}]", "", ""},
		{"all missed is weak", "cases: [{id: a, answer: x, expect: {missed: [crash, append]}}]", "", ""},
		{"half is not", "cases: [{id: a, answer: x, expect: {missed: [append]}}]", "only-strong-cases", "all 1 cases"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			found := check(t, lay(t, base, tc.keys+"\n"))
			if tc.rule == "" {
				if len(found) > 0 {
					t.Errorf("found %+v", found)
				}
				return
			}
			if got := rulesOf(found); !slices.Equal(got, []string{tc.rule}) {
				t.Fatalf("broken: %v, want %s: %+v", got, tc.rule, found)
			}
			if !slices.ContainsFunc(messages(found), func(m string) bool { return strings.Contains(m, tc.says) }) {
				t.Errorf("says %q, want %q", messages(found), tc.says)
			}
		})
	}
}

// cases are a list of cases with one that is weak.
func cases(one string) string {
	return "cases:\n  - " + one + "\n  - {id: dont-know, answer: I don't know., expect: {score: 0}}"
}

// points are a key point, of which some keys are given.
func points(keys string) string {
	out := "key_points:\n  - id: crash\n    weight: 1\n    say: \"After a crash the recovery replays what was committed.\"\n    " + keys
	if !strings.Contains(keys, "probe:") {
		out += "\n    probe: The power fails right now. What then?"
	}
	return out
}

// matching is a misconception with a match.
func matching(match string) string {
	return "misconceptions: [{id: full, penalty: 10, point: Claims that it is full., match: {" + match + "}}]"
}

func messages(found []lint.Finding) (out []string) {
	for _, f := range found {
		out = append(out, f.Message)
	}
	return out
}
