package rubric_test

import (
	"reflect"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

const said = "The queue absorbs bursts, and “billing” may sleep. Größe zählt."

func one(text string) []rubric.Answer {
	return []rubric.Answer{{Turn: 1, Ask: "Why put a queue between checkout and billing?", Text: text}}
}

func quoted(status rubric.Status, quote string) rubric.Verdict {
	return rubric.Verdict{Point: "a", Status: status, Confidence: rubric.High, Evidence: []rubric.Evidence{{Quote: quote}}}
}

func verifyA(v rubric.Verdict, answers []rubric.Answer) rubric.Verdict {
	return rubric.Verify([]rubric.Criterion{{ID: "a", Weight: 1}}, []rubric.Verdict{v}, answers)[0]
}

func TestVerifyFindsTheQuoteAndSetsItsOffsets(t *testing.T) {
	got := verifyA(quoted(rubric.Met, "ABSORBS   bursts and\nbilling"), one(said))
	if got.Status != rubric.Met || len(got.Evidence) != 1 || got.Confidence != rubric.High {
		t.Fatalf("%+v", got)
	}
	if e := got.Evidence[0]; e.Answer != 1 || e.Quote != "absorbs bursts, and “billing" || said[e.Start:e.End] != e.Quote {
		t.Errorf("%+v", e)
	}
}

func TestVerifyWithoutAVerbatimQuoteCannotAssess(t *testing.T) {
	for _, tc := range []struct{ name, quote, answer string }{
		{"no quote", "", said},
		{"not in the answer", "messages come twice", said},
		{"under three words", "absorbs bursts", said},
		{"the question's own words", "put a queue between checkout and billing", "I would put a queue between checkout and billing."},
		{"punctuation only", "...", said},
	} {
		for _, s := range []rubric.Status{rubric.Met, rubric.Partial} {
			t.Run(tc.name+"/"+string(s), func(t *testing.T) {
				got := verifyA(quoted(s, tc.quote), one(tc.answer))
				if want := (rubric.Verdict{Point: "a", Status: rubric.CannotAssess, Reason: rubric.ReasonEvidence}); !reflect.DeepEqual(got, want) {
					t.Errorf("%+v", got)
				}
			})
		}
	}
}

func TestAShortQuoteMayBeTheWholeAnswer(t *testing.T) {
	for _, answer := range []string{"idempotent handlers", "Idempotent handlers!", "  «Idempotent, handlers» \n"} {
		if got := verifyA(quoted(rubric.Met, "idempotent handlers"), one(answer)); got.Status != rubric.Met {
			t.Errorf("%q: %+v", answer, got)
		}
	}
	if got := verifyA(quoted(rubric.Met, "write"), one("write-ahead")); got.Status != rubric.CannotAssess {
		t.Errorf("half a word passed for the whole answer: %+v", got)
	}
}

func TestWordsOfTheMainQuestionAreNoEvidenceInAFollowUpEither(t *testing.T) {
	answers := append(one("No idea at all."), rubric.Answer{Turn: 2, Ask: "And at noon?", Text: "You put a queue between checkout and billing."})
	if got := verifyA(quoted(rubric.Met, "put a queue between checkout and billing"), answers); got.Status != rubric.CannotAssess {
		t.Errorf("%+v", got)
	}
	// What a later question says could not have been copied from it.
	answers = []rubric.Answer{{Turn: 1, Ask: "Why?", Text: "Orders wait at noon."}, {Turn: 2, Ask: "Do orders wait at noon?", Text: "Yes."}}
	if got := verifyA(quoted(rubric.Met, "orders wait at noon"), answers); got.Status != rubric.Met || got.Evidence[0].Answer != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAChangedLineOfTheCodeIsEvidence(t *testing.T) {
	for quote, want := range map[string]rubric.Status{
		"mid = lo + size": rubric.Met, "size = 2 + 1": rubric.Met, "mid = lo + 1": rubric.CannotAssess, "lo mid size": rubric.CannotAssess,
	} {
		answers := []rubric.Answer{{Turn: 1, Ask: "What is wrong with `mid = lo + 1; size = mid`?", Text: quote}}
		if got := verifyA(quoted(rubric.Met, quote), answers); got.Status != want {
			t.Errorf("%s: %+v, want %s", quote, got, want)
		}
	}
}

func TestVerifyWithOffsets(t *testing.T) {
	at := func(answer, start, end int) rubric.Verdict {
		return rubric.Verdict{Point: "a", Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: answer, Start: start, End: end, Quote: "made up"}}}
	}
	umlaut := len(said) - len("öße zählt.")
	for _, tc := range []struct {
		name string
		v    rubric.Verdict
		want bool
	}{
		{"whole", at(1, 0, len(said)), true},
		{"a part", at(1, 4, 24), true},
		{"another turn", at(2, 0, 20), false},
		{"backwards", at(1, 20, 4), false},
		{"negative", at(1, -1, 20), false},
		{"beyond", at(1, 0, len(said)+1), false},
		{"begins within a character", at(1, umlaut+1, len(said)), false},
		{"ends within a character", at(1, 0, umlaut+1), false},
		{"two words", at(1, 4, 17), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := verifyA(tc.v, one(said))
			if (got.Status == rubric.Met) != tc.want {
				t.Fatalf("%+v", got)
			}
			if tc.want && got.Evidence[0].Quote != said[got.Evidence[0].Start:got.Evidence[0].End] {
				t.Errorf("the quote is not the candidate's words: %+v", got.Evidence[0])
			}
		})
	}
}

func TestLocateLooksIntoTheNamedAnswerFirst(t *testing.T) {
	answers := []rubric.Answer{{Turn: 1, Text: "it absorbs all bursts"}, {Turn: 2, Text: "yes it absorbs all bursts"}}
	for named, want := range map[int]int{0: 1, 1: 1, 2: 2, 9: 1} {
		got := rubric.Locate([]rubric.Evidence{{Answer: named, Quote: "absorbs all bursts"}, {Answer: named, Quote: "not said at all"}}, answers)
		if len(got) != 1 || got[0].Answer != want {
			t.Errorf("named %d: %+v", named, got)
		}
	}
}

func TestWordsWithoutStemsAreEvidence(t *testing.T) {
	if got := verifyA(quoted(rubric.Met, "очередь сглаживает пики"), one("Потому что очередь сглаживает пики.")); got.Status != rubric.Met {
		t.Errorf("%+v", got)
	}
}

func TestVerifyGivesOneVerdictForEachCriterion(t *testing.T) {
	criteria := []rubric.Criterion{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	got := rubric.Verify(criteria, []rubric.Verdict{
		v("c", rubric.Missed), v("stranger", rubric.Met), v("a", rubric.Contradicted), v("a", rubric.Met),
	}, one(said))
	want := []rubric.Verdict{
		{Point: "a", Status: rubric.Contradicted},
		{Point: "b", Status: rubric.CannotAssess, Reason: rubric.ReasonMissing},
		{Point: "c", Status: rubric.Missed},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestVerifyMakesSenseOfWhatItGets(t *testing.T) {
	n := func(i int) *int { return &i }
	quote := []rubric.Evidence{{Quote: "the queue absorbs bursts"}}
	for _, tc := range []struct {
		name    string
		leveled bool
		in      rubric.Verdict
		status  rubric.Status
		level   *int
		reason  string
	}{
		{"an unknown status", false, rubric.Verdict{Status: "great", Evidence: quote}, rubric.CannotAssess, nil, rubric.ReasonMissing},
		{"no status", false, rubric.Verdict{}, rubric.CannotAssess, nil, rubric.ReasonMissing},
		{"missed drops evidence", false, rubric.Verdict{Status: rubric.Missed, Evidence: quote}, rubric.Missed, nil, ""},
		{"cannot assess says why", false, rubric.Verdict{Status: rubric.CannotAssess, Evidence: quote}, rubric.CannotAssess, nil, rubric.ReasonUnclear},
		{"cannot assess keeps its reason", false, rubric.Verdict{Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}, rubric.CannotAssess, nil, rubric.ReasonLanguage},
		{"a key point has no level", false, rubric.Verdict{Status: rubric.Partial, Level: n(5), Evidence: quote}, rubric.Partial, nil, ""},
		{"a dimension needs one", true, rubric.Verdict{Status: rubric.Met, Evidence: quote}, rubric.CannotAssess, nil, rubric.ReasonMissing},
		{"level decides the status", true, rubric.Verdict{Status: rubric.Met, Level: n(2), Evidence: quote}, rubric.Partial, n(2), ""},
		{"level too high", true, rubric.Verdict{Level: n(9), Evidence: quote}, rubric.Met, n(5), ""},
		{"level too low", true, rubric.Verdict{Level: n(-3), Evidence: quote}, rubric.Missed, n(0), ""},
		{"level without a quote", true, rubric.Verdict{Level: n(4)}, rubric.CannotAssess, nil, rubric.ReasonEvidence},
		{"not assessed has no level", true, rubric.Verdict{Status: rubric.CannotAssess, Level: n(4)}, rubric.CannotAssess, nil, rubric.ReasonUnclear},
		{"hostile words", false, rubric.Verdict{Status: rubric.Missed, Reason: "no\x1b[31m", Confidence: "root"}, rubric.Missed, nil, "no"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.in.Point = "a"
			got := rubric.Verify([]rubric.Criterion{{ID: "a", Leveled: tc.leveled}}, []rubric.Verdict{tc.in}, one(said))[0]
			if got.Status != tc.status || !reflect.DeepEqual(got.Level, tc.level) || got.Reason != tc.reason || got.Confidence != "" {
				t.Errorf("%+v", got)
			}
			if len(got.Evidence) > 0 && got.Status != rubric.Met && got.Status != rubric.Partial {
				t.Errorf("evidence of nothing: %+v", got)
			}
		})
	}
}
