package ollama

import (
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// A verdict is told as soon as its word is complete, and feedback in whole words.
func TestListen(t *testing.T) {
	r := session.Request{Question: rubric.Question{
		KeyPoints:  []rubric.KeyPoint{{ID: "a", Weight: 1}, {ID: "b", Weight: 1}},
		Dimensions: []rubric.Dimension{{ID: "c", Weight: 1}},
	}}
	var got []session.Partial
	hear := listen(r, func(p session.Partial) { got = append(got, p) })
	hear(`{"evidence_a":"one two three","verdict_a":"me`)
	if len(got) != 0 {
		t.Fatalf("too early: %+v", got)
	}
	hear(`t","evidence_b":"","verdict_b":"brilliant","evidence_c":"x","level_c":4,`)
	hear(`"feedback":"You said wh`)
	hear(`y.","target":"none","follow_up":""}`)
	if len(got) != 4 || got[0].Verdict.Status != rubric.Met || got[0].Verdict.Evidence[0].Quote != "one two three" || got[0].Done != 1 || got[0].Of != 3 ||
		got[1].Verdict.Point != "c" || *got[1].Verdict.Level != 4 || got[2].Feedback != "You said" || got[3].Feedback != "You said why." {
		t.Errorf("%+v", got)
	}
}
