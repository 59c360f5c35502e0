package lint_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/lint"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// behavioral is the behavioral question of the template as a bank of its own.
func behavioral(t testing.TB) string {
	t.Helper()
	whole := string(bank.Template("mine"))
	head, list, _ := strings.Cut(whole, "  - id: index-cost")
	_, second, ok := strings.Cut(list, "  - id: disagreement")
	if !ok {
		t.Fatal("the template has no behavioral question")
	}
	return strings.Replace(head, "  - {id: databases, title: Databases}\n", "", 1) + "  - id: disagreement" + second
}

func TestTemplateIsClean(t *testing.T) {
	for name, data := range map[string]string{"whole": string(bank.Template("mine")), "behavioral": behavioral(t)} {
		if found := check(t, data); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestRulesOfBehavioralQuestions(t *testing.T) {
	base := behavioral(t)
	const cases = "    cases:\n"
	for _, tc := range []struct{ name, old, fresh, rule string }{
		{"weak say", `"I learned to test before I argue: since then I write a small benchmark first, and did so again in two later projects."`, `"It was fine."`, ""},
		{"all weak", `say: "`, `say: "Something. `, ""},
		{"a level no bound has", cases, cases + `      - {id: x, answer: x, expect: {dimensions: {action: "2.2..2.8"}}}` + "\n", "impossible-expect"},
		{"met below a gap", cases, cases + `      - {id: x, answer: x, expect: {met: [action], dimensions: {action: "<=2"}}}` + "\n", "impossible-expect"},
		{"levels and score", cases, cases + `      - {id: x, answer: x, expect: {score: ">=80", dimensions: {action: "<=1", result: "<=1"}}}` + "\n", "impossible-expect"},
		{"levels that fit", cases, cases + `      - {id: x, answer: x, expect: {score: ">=30", dimensions: {action: "<=1", result: "<=1"}}}` + "\n", ""},
		{"a dimension is never contradicted", cases, cases + `      - {id: x, answer: x, expect: {contradicted: [action]}}` + "\n", "impossible-expect"},
		{"a follow-up on a contradiction", "when: {missed: [action]}", "when: {contradicted: [action]}", "unreachable-follow-up"},
		{"an anchor of the mind", "3: A general lesson.", "3: Shows good awareness of lessons.", "not-observable"},
		{"no say", "        say: \"I learned", "        # say: \"I learned", "no-say"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(base, tc.old) {
				t.Fatalf("the template has no %q", tc.old)
			}
			want := []string{tc.rule}
			if tc.rule == "" {
				want = nil
			}
			found := check(t, strings.Replace(base, tc.old, tc.fresh, 1))
			if got := rulesOf(found); !slices.Equal(got, want) {
				t.Errorf("broken: %v, want %v: %+v", got, want, found)
			}
		})
	}
}

func TestSayOfAllDimensionsTooWeak(t *testing.T) {
	data := behavioral(t)
	for line := range strings.Lines(data) {
		if strings.Contains(line, `say: "`) {
			data = strings.Replace(data, line, "        say: No idea.\n", 1)
		}
	}
	if got := rulesOf(check(t, data)); !slices.Contains(got, "weak-ideal") {
		t.Errorf("broken: %v", got)
	}
}

func TestOtherLanguagesAreNotJudged(t *testing.T) {
	base, _ := readPage(t)
	if found := check(t, lay(t, base, "language: de\nideal: Das Protokoll kommt zuerst.\n")); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

func TestCheckStopsWithItsContext(t *testing.T) {
	b, at, err := bank.ParsePlaced("b.yaml", bank.Template("mine"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lint.Check(ctx, b, at, builtin.New()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func BenchmarkCheck(b *testing.B) {
	data := behavioral(b)
	head, list, _ := strings.Cut(data, "questions:\n")
	var all strings.Builder
	for i := range 100 {
		all.WriteString(strings.Replace(list, "id: disagreement", "id: disagreement-"+strings.Repeat("x", i%50)+"y"+strings.Repeat("z", i/50), 1))
	}
	parsed, at, err := bank.ParsePlaced("b.yaml", []byte(head+"questions:\n"+all.String()))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := lint.Check(b.Context(), parsed, at, builtin.New()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCasesOfTheTemplateHold has the template's cases judged, so that the first
// thing an author sees is true.
func TestCasesOfTheTemplateHold(t *testing.T) {
	b, _, err := bank.ParsePlaced("b.yaml", bank.Template("mine"))
	if err != nil {
		t.Fatal(err)
	}
	ev := builtin.New()
	for i := range b.Questions {
		q := &b.Questions[i]
		for _, c := range q.Cases {
			answers := []rubric.Answer{{Turn: 1, Ask: q.Ask, Text: q.AnswerText(c)}}
			j, err := ev.Evaluate(t.Context(), session.Request{Turn: 1, Question: q.Question, Answers: answers}, nil)
			if err != nil {
				t.Fatal(err)
			}
			verdicts, held := session.Check(&q.Question, answers, j)
			if s := rubric.Compute(&q.Question, verdicts, held); !c.Expect.Score.Holds(s.Value) {
				t.Errorf("%s/%s scores %.0f, want %s", q.ID, c.ID, s.Value, c.Expect.Score)
			}
			if len(held) != len(c.Expect.Misconceptions) {
				t.Errorf("%s/%s holds %+v", q.ID, c.ID, held)
			}
			for _, v := range verdicts {
				if slices.Contains(c.Expect.Met, v.Point) && v.Status != rubric.Met || slices.Contains(c.Expect.Missed, v.Point) && !v.Gap() {
					t.Errorf("%s/%s: %s is %s", q.ID, c.ID, v.Point, v.Status)
				}
			}
		}
	}
}
