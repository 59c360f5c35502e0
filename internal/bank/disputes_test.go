package bank

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func level(n int) *int { return &n }

func disputed() session.Report {
	v := func(id string, s rubric.Status) session.RevealedPoint {
		return session.RevealedPoint{ID: id, Text: "It is " + id + ".", Verdict: rubric.Verdict{Point: id, Status: s}}
	}
	slow := v("slow", rubric.Met)
	return session.Report{
		Interview: session.Summary{ID: "0198f0", Bank: session.BankRef{ID: "http", Title: "HTTP", Version: "1.2.0"}},
		Questions: []session.QuestionReport{
			{
				Number: 1, ID: "etag",
				Turns: []session.TurnReport{
					{TurnView: session.TurnView{Answer: "It names a version:\n- yes", Answered: true}},
					{TurnView: session.TurnView{Answered: true, Skipped: true}},
					{TurnView: session.TurnView{Answer: "true", Answered: true}},
				},
				Reveal: &session.Reveal{
					Points:         []session.RevealedPoint{v("a", rubric.Missed), v("b", rubric.Met), v("c", rubric.CannotAssess)},
					Misconceptions: []session.RevealedPoint{slow},
				},
				Disputes: []session.DisputedPoint{
					{Point: "a", Reason: "first thought"},
					{Point: "a", Reason: "I said\n\x1b[31mthat"},
					{Point: "b", Reason: "too kind"},
					{Point: "slow", Reason: "never"},
				},
			},
			{Number: 2, ID: "calm", Reveal: &session.Reveal{}, Turns: []session.TurnReport{{TurnView: session.TurnView{Answer: "x", Answered: true}}}},
			{
				Number: 3, ID: "story",
				Turns: []session.TurnReport{{TurnView: session.TurnView{Answer: "I did it.", Answered: true}}},
				Reveal: &session.Reveal{Points: []session.RevealedPoint{
					{ID: "own", Verdict: rubric.Verdict{Point: "own", Level: level(2)}},
					{ID: "end", Verdict: rubric.Verdict{Point: "end", Level: level(5)}},
				}},
				Disputes: []session.DisputedPoint{{Point: "own", Reason: "more"}, {Point: "end", Reason: "less"}},
			},
		},
	}
}

func TestDisputeCases(t *testing.T) {
	list := DisputeCases(disputed())
	if len(list) != 2 {
		t.Fatalf("%d cases, want those of two questions", len(list))
	}
	c := list[0].Case
	if c.Answer != "It names a version:\n- yes" || len(c.Answers) != 1 || c.Answers[0] != "true" {
		t.Errorf("%+v", c)
	}
	e := c.Expect
	if strings.Join(e.Met, " ") != "a" || strings.Join(e.Missed, " ") != "b" || e.Misconceptions == nil || len(e.Misconceptions) != 0 {
		t.Errorf("%+v", e)
	}
	if len(list[0].Notes) != 3 || !strings.Contains(list[0].Notes[0], "I said that") {
		t.Errorf("%q", list[0].Notes)
	}
	dims := list[1].Case.Expect.Dimensions
	if dims["own"].String() != ">2" || dims["end"].String() != "<5" {
		t.Errorf("%v", dims)
	}
	if again := DisputeCases(disputed()); again[0].Case.ID != c.ID || list[1].Case.ID == c.ID {
		t.Error("ids are not stable, or not distinct")
	}
}

// What is printed goes into a bank as it is.
func TestFormatDisputeCases(t *testing.T) {
	body, err := FormatDisputeCases(DisputeCases(disputed()))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "\x1b") {
		t.Errorf("an escape sequence got through:\n%s", body)
	}
	var out struct {
		Questions []struct {
			ID    string
			Cases []Case
		}
	}
	if err := yaml.Unmarshal(body, &out); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	if len(out.Questions) != 2 || out.Questions[0].ID != "etag" || len(out.Questions[0].Cases) != 1 {
		t.Fatalf("%+v", out)
	}
	c := out.Questions[0].Cases[0]
	if c.Answers[0] != "true" || c.Expect.Misconceptions == nil {
		t.Errorf("%+v", c)
	}
	file := filepath.Join(t.TempDir(), "http.yaml")
	bank := strings.Replace(string(body), "# Bank", "elios: bank/v1\nid: http\ntitle: HTTP\nversion: 1.0.0\nlanguage: en\ntopics: [{id: t, title: T}]\n# Bank", 1)
	point := func(id string) string { return "{id: " + id + ", weight: 1, point: P., say: It is said so.}" }
	bank = strings.Replace(bank, "- id: etag\n", "- id: etag\n    type: open\n    topic: t\n    level: 1\n    ask: Why?\n    key_points: ["+
		point("a")+", "+point("b")+", "+point("c")+"]\n", 1)
	bank = strings.Replace(bank, "- id: story\n", "- id: story\n    type: behavioral\n    topic: t\n    level: 1\n    ask: Tell me.\n    dimensions: [{id: own, weight: 1, say: I did., anchors: {1: a, 5: b}}, {id: end, weight: 1, say: It ended., anchors: {1: a, 5: b}}]\n", 1)
	if err := os.WriteFile(file, []byte(bank), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file); err != nil {
		t.Errorf("the bank with the cases is refused: %v\n%s", err, bank)
	}
}

func TestFormatDisputeCasesOfNothing(t *testing.T) {
	body, err := FormatDisputeCases(nil)
	if err != nil || len(body) != 0 {
		t.Errorf("%q %v", body, err)
	}
}
