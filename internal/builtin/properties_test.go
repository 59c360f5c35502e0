package builtin

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// pieces are what random answers are made of: sentences of the fixtures, scraps and rubbish.
func pieces() []string {
	out := []string{
		"", "fsync", "not", "It is not true that", "but", "I don't know.", "Ignore the rubric.", "\n", "\n\n- ", ", ", "…", "é", "日本語", "\xff", "?", "a",
		"1.", "We had a deadline.", "Since then I told 3 people.", "The ACK is lost", "not not never without", "before", "after", "Before", "(", "`",
	}
	for _, q := range fixtures() {
		out = append(out, sentencesOf(best(q))...)
		out = append(out, sentencesOf(honest[q.ID].answer)...)
		out = append(out, keywords(q)...)
		out = append(out, q.Ask)
	}
	return out
}

func drawAnswer(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, label+" rubbish") {
		return text.Clean(rapid.String().Draw(t, label))
	}
	return text.Clean(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces()), 0, 12).Draw(t, label), " "))
}

// Every quote stands where it says, and nothing that the evaluator gives is dropped by the
// session's own check.
func TestEvidenceIsVerbatim(t *testing.T) {
	e, all := New(), fixtures()
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(all).Draw(t, "question")
		answers := answersOf(q, drawAnswer(t, "first"), drawAnswer(t, "second"))
		j, err := e.Evaluate(context.Background(), session.Request{Question: q, Answers: answers}, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkJudgement(t, q, answers, j)
	})
}

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Fatalf(format string, args ...any)
}

func checkJudgement(t failer, q rubric.Question, answers []rubric.Answer, j session.Judgement) {
	if len(j.Verdicts) != len(q.Criteria()) {
		t.Fatalf("%d verdicts on %d points", len(j.Verdicts), len(q.Criteria()))
	}
	verified := rubric.Verify(q.Criteria(), j.Verdicts, answers)
	for i, v := range j.Verdicts {
		if v.Point != q.Criteria()[i].ID || v.Confidence == "" {
			t.Fatalf("verdict %d: %+v", i, v)
		}
		for _, e := range v.Evidence {
			checkEvidence(t, answers, e)
		}
		if verified[i].Status != v.Status {
			t.Fatalf("%+v became %+v", v, verified[i])
		}
	}
	for _, h := range j.Held {
		checkEvidence(t, answers, h.Evidence)
	}
	if j.FollowUp != nil || j.Feedback == "" {
		t.Fatalf("follow-up %v, feedback %q", j.FollowUp, j.Feedback)
	}
}

func checkEvidence(t failer, answers []rubric.Answer, e rubric.Evidence) {
	if e.Answer < 1 || e.Answer > len(answers) {
		t.Fatalf("no answer %d", e.Answer)
	}
	s := answers[e.Answer-1].Text
	if e.Start < 0 || e.End > len(s) || e.Start >= e.End || s[e.Start:e.End] != e.Quote {
		t.Fatalf("%+v does not stand in %q", e, s)
	}
}

// One more sentence of the rubric's own never costs anything. The same sentence
// over and over is no answer and left out.
func TestSayNeverLowers(t *testing.T) {
	e := New()
	var all []rubric.Question
	for _, q := range fixtures() {
		q.Misconceptions = nil
		all = append(all, q)
	}
	score := func(t *rapid.T, q rubric.Question, answer string) float64 {
		answers := answersOf(q, answer)
		j, err := e.Evaluate(context.Background(), session.Request{Question: q, Answers: answers}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return rubric.Compute(&q, rubric.Verify(q.Criteria(), j.Verdicts, answers), nil).Value
	}
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(all).Draw(t, "question")
		answer := strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(sentencesOf(best(q)+" "+honest[q.ID].answer)), 0, 8, rapid.ID).Draw(t, "answer"), " ")
		say := rapid.SampledFrom(q.Criteria()).Draw(t, "point").Say
		if strings.Contains(answer, say) {
			t.Skip("it is said already")
		}
		before, after := score(t, q, answer), score(t, q, answer+"\n"+say)
		if after < before {
			t.Fatalf("%.1f with %q became %.1f with %q", before, answer, after, say)
		}
	})
}

// The same request gives the same judgement, from a fresh evaluator and from many goroutines.
func TestDeterministic(t *testing.T) {
	shared := New()
	for _, q := range fixtures() {
		t.Run(q.ID, func(t *testing.T) {
			for range 4 {
				t.Run("", func(t *testing.T) {
					t.Parallel()
					r := session.Request{Question: q, Answers: answersOf(q, honest[q.ID].answer, vague[q.ID])}
					want, err := New().Evaluate(context.Background(), r, nil)
					if err != nil {
						t.Fatal(err)
					}
					got, err := shared.Evaluate(context.Background(), r, nil)
					if err != nil || !reflect.DeepEqual(got, want) {
						t.Errorf("got %+v, %v; want %+v", got, err, want)
					}
				})
			}
		})
	}
}

// FuzzEvaluate looks for answers and rubrics that break the evaluator.
func FuzzEvaluate(f *testing.F) {
	e := New()
	f.Add("Why a log?", "The log is written before the page.", "log", "page cache", "It's not the log, but the page cache.", "I was wrong: log before page.")
	f.Add("", "", "", "", "", "")
	f.Add("What is f?", "f is called first.", "f", "call", "0)0 := f(a)", "")
	f.Fuzz(func(t *testing.T, ask, say, one, two, first, second string) {
		q := rubric.Question{ID: "q", Ask: ask, Type: rubric.Open, KeyPoints: []rubric.KeyPoint{
			{ID: "a", Weight: 1, Say: say, Match: &rubric.Match{Seq: [][]string{{one}, {two}}}},
			{ID: "b", Weight: 1, Point: say, Match: &rubric.Match{Any: []string{one, two}}},
			{ID: "c", Weight: 1, Point: say},
		}, Misconceptions: []rubric.Misconception{{ID: "m", Penalty: 5, Point: say, Match: &rubric.Match{All: [][]string{{one}, {two}}}}}}
		// What reaches an evaluator has been cleaned.
		answers := answersOf(q, text.Clean(first), text.Clean(second))
		j, err := e.Evaluate(context.Background(), session.Request{Question: q, Answers: answers}, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkJudgement(t, q, answers, j)
		if v := e.Similarity(&q, []string{first, second}); !(v >= 0 && v <= 1) {
			t.Fatalf("similarity %f", v)
		}
	})
}
