package report

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with testdata/name, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; run with -update to see how. Got:\n%s", path, got)
	}
}

const (
	nilAsk      = "What happens when you **send** on a nil channel?\nSay\n\n1. what `ch <- 1` does,\n2. what it is *good* for.\n\n```go\nvar ch chan int\nch <- 1\n```"
	nilAnswer   = "A send on a nil channel blocks forever.\nIn a select you can set a channel to nil to switch that case off."
	codeAnswer  = "It prints 3 3 3:\n\tfor i := 0; i < 3; i++ {\n\t\tdefer fmt.Println(i)\n\t}\n```"
	builtinName = session.Builtin
)

// sampleAbout is what is known of where a sample comes from.
var sampleAbout = About{Elios: "v0.1.0", Authors: []string{"Ada Example", "Bo Example"}, License: "CC-BY-4.0"}

var day = time.Date(2026, 3, 1, 14, 5, 0, 0, time.UTC)

// sample is a report with one of everything.
func sample() session.Report {
	self := 80.0
	model := session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b", Digest: "sha256:abc", Version: "prompt-1"}
	own := session.EvaluatorInfo{Name: builtinName, Version: "1"}
	return session.Report{
		Interview: session.Summary{
			ID: "0195-abc", Bank: session.BankRef{ID: "go-core", Title: "Go", Version: "1.2.0"}, Mode: session.Practice,
			State: session.Complete, Questions: 6, Outcome: session.Ended, Evaluator: own, Judged: 2, CreatedAt: day,
			Settings: session.Settings{Bank: "/home/ada/banks/go.yaml", Count: 6, Mode: session.Practice, Seed: 7, Evaluator: "auto"},
		},
		Duration: 18*time.Minute + 20*time.Second,
		Score:    62.4, Upper: 81, Unprompted: 48, Band: rubric.Mixed, Judged: 2, SelfMarked: &self,
		Assessed: 5, Points: 7, Hints: 1,
		Topics:     []session.TopicScore{{Topic: "concurrency", Score: 62.4, Judged: 1}, {Topic: "errors | more", Score: 0, Judged: 1}},
		Learn:      []session.Lesson{{Question: 1, Text: "When all goroutines wait, the runtime ends with `fatal error`", Gain: 9}, {Question: 2, Text: "Say why", Gain: 0.4}},
		Evaluators: []session.EvaluatorInfo{model, own},
		Questions:  []session.QuestionReport{nilQuestion(model, own), behavioral(own), skipped(), unassessed(own), open()},
	}
}

func ptr(n int) *int { return &n }

func asked(turn, question int, kind session.TurnKind, ask string) session.QuestionAsked {
	return session.QuestionAsked{Turn: turn, Kind: kind, Question: question, Of: 6, Max: 3, Ask: ask}
}

func answered(a session.QuestionAsked, text string, by session.EvaluatorInfo, took time.Duration) session.TurnReport {
	return session.TurnReport{Took: took, TurnView: session.TurnView{
		Asked: a, Answer: text, Answered: true, Evaluation: &session.Judged{Turn: a.Turn, By: by},
	}}
}

func nilQuestion(model, own session.EvaluatorInfo) session.QuestionReport {
	main := answered(asked(1, 1, session.MainTurn, nilAsk), nilAnswer, model, 130*time.Second)
	main.HintsGiven = []string{"Think of `select`."}
	follow := answered(asked(2, 1, session.FollowUpTurn, "What does the runtime do then?"), "It might panic? I am not sure.", own, 65*time.Second)
	follow.Asked.Origin, follow.TimedOut = session.FromModel, true
	follow.Evaluation.Feedback = "It might panic, you say."
	follow.Evaluation.Met = []session.MetPoint{{Point: "block", Text: "It blocks forever", Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: 1, Start: 0, End: 39, Quote: "A send on a nil channel blocks forever."}}}}
	stretch := session.TurnReport{TurnView: session.TurnView{Asked: asked(3, 1, session.FollowUpTurn, "And across processes?"), Skipped: true, Answered: true}}
	stretch.Asked.Stretch = true
	return session.QuestionReport{
		Number: 1, ID: "nil-channel", Hash: "9f86d081884c7d659a2feaa0c55ad015", Type: rubric.Open, Ask: nilAsk, Topic: "concurrency", Level: 3, Turns: []session.TurnReport{main, follow, stretch},
		Result: session.Result{
			Question: 1, Over: true,
			Unprompted: rubric.Score{Value: 48, Upper: 48, Coverage: 1, Judged: true},
			Final:      rubric.Score{Value: 62.4, Upper: 81, Coverage: 0.8, Judged: true, Capped: true},
			Verdicts:   []rubric.Verdict{{Point: "block", Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: 1, Start: 0, End: 39, Quote: "A send on a nil channel blocks forever."}}}},
			Held:       []rubric.Held{{ID: "panics", Penalty: 10, Evidence: rubric.Evidence{Answer: 2, Start: 0, End: 15, Quote: "It might panic?"}}},
		},
		Reveal: &session.Reveal{
			Points: []session.RevealedPoint{
				{ID: "block", Text: "It blocks forever", Weight: 3, Must: true, Verdict: rubric.Verdict{Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: 1, Start: 0, End: 39, Quote: "A send on a nil channel blocks forever."}}}},
				{ID: "select", Text: "A nil channel disables its `select` case", Verdict: rubric.Verdict{Status: rubric.Partial, Evidence: []rubric.Evidence{{Answer: 1, Start: 52, End: 86, Quote: "you can set a channel to nil to sw"}}}},
				{ID: "deadlock", Text: "The runtime ends with a deadlock", Must: true, Verdict: rubric.Verdict{Status: rubric.Contradicted, Evidence: []rubric.Evidence{{Answer: 2, Start: 0, End: 15, Quote: "It might panic?"}}}},
				{ID: "leak", Text: "It leaks", Verdict: rubric.Verdict{Status: rubric.Missed}},
				{ID: "why", Text: "Why it is so", Verdict: rubric.Verdict{Status: rubric.CannotAssess, Reason: rubric.ReasonUnclear}},
			},
			Misconceptions: []session.RevealedPoint{
				{ID: "panics", Text: "Claims that it panics", Weight: 10, Verdict: rubric.Verdict{Status: rubric.Contradicted, Evidence: []rubric.Evidence{{Answer: 2, Start: 0, End: 15, Quote: "It might panic?"}}}},
				{ID: "closed", Text: "Takes nil for closed", Weight: 5, Verdict: rubric.Verdict{Status: rubric.Missed, Reason: "withdrawn"}},
			},
			Own:      []session.RevealedPoint{{ID: "ipc", Text: "Uses a pipe", Verdict: rubric.Verdict{Status: rubric.Missed}}},
			Ideal:    "It blocks forever.\nThat is useful in a select.",
			Feedback: "Clear on the basics.",
			References: []rubric.Reference{
				{Title: "The spec", URL: "https://go.dev/ref/spec#Send_statements"},
				{Title: "A trap", URL: "javascript:alert(1)"},
			},
		},
		Marks:    []session.MarkedPoint{{Point: "leak", Status: rubric.Missed}, {Point: "leak", Status: rubric.Met}},
		Disputes: []session.DisputedPoint{{Point: "leak", Reason: "I said it in other words."}},
	}
}

func behavioral(own session.EvaluatorInfo) session.QuestionReport {
	return session.QuestionReport{
		Number: 2, ID: "deadline", Hash: "60303ae22b998861bce3b28f33eec1be", Type: rubric.Behavioral, Topic: "ownership", Level: 2,
		Turns:  []session.TurnReport{answered(asked(4, 2, session.MainTurn, "Tell me about a deadline."), codeAnswer, own, time.Hour)},
		Result: session.Result{Question: 2, Over: true, Final: rubric.Score{Value: 60, Upper: 60, Coverage: 1, Judged: true}},
		Reveal: &session.Reveal{Points: []session.RevealedPoint{
			{ID: "action", Text: "Names own decisions", Anchors: map[int]string{3: "Says I, but not what was decided", 5: "Names own decisions"}, Verdict: rubric.Verdict{Status: rubric.Met, Level: ptr(3), Confidence: rubric.Low, Evidence: []rubric.Evidence{{Answer: 4, Start: 0, End: 15, Quote: "It prints 3 3 3"}}}},
			{ID: "result", Text: "A measure", Anchors: map[int]string{5: "A measure"}, Verdict: rubric.Verdict{Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}},
		}},
	}
}

func skipped() session.QuestionReport {
	turn := session.TurnReport{TurnView: session.TurnView{Asked: asked(5, 3, session.MainTurn, "Why?"), Skipped: true, Answered: true}}
	return session.QuestionReport{
		Number: 3, Topic: "errors", Level: 1, Turns: []session.TurnReport{turn},
		Result: session.Result{Question: 3, Over: true, Skipped: true},
		Reveal: &session.Reveal{Points: []session.RevealedPoint{{ID: "a", Text: "Because", Verdict: rubric.Verdict{Status: rubric.Missed, Reason: rubric.ReasonSkipped}}}},
	}
}

func unassessed(own session.EvaluatorInfo) session.QuestionReport {
	return session.QuestionReport{
		Number: 4, Topic: "errors", Level: 1,
		Turns:  []session.TurnReport{answered(asked(6, 4, session.MainTurn, "How?"), "So.", own, time.Second)},
		Result: session.Result{Question: 4, Over: true, Unassessed: true},
		Reveal: &session.Reveal{Points: []session.RevealedPoint{{ID: "a", Text: "Like this", Must: true, Verdict: rubric.Verdict{Status: rubric.CannotAssess, Reason: rubric.ReasonMissing}}}},
	}
}

func open() session.QuestionReport {
	return session.QuestionReport{
		Number: 5, Topic: "errors", Level: 1,
		Turns:  []session.TurnReport{{TurnView: session.TurnView{Asked: asked(7, 5, session.MainTurn, "Where?")}}},
		Result: session.Result{Question: 5},
	}
}
