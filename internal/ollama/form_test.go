package ollama

import (
	"encoding/json"
	"strings"
	"testing"
)

var small = form{
	{key: "evidence_a", most: 5},
	{key: "verdict_a", kind: choiceField, words: []string{"met", "missed"}},
	{key: "level_b", kind: levelField, most: 5},
}

func TestFormSchemaKeepsTheOrder(t *testing.T) {
	want := `{"type":"object","properties":{"evidence_a":{"type":"string","maxLength":5},` +
		`"verdict_a":{"type":"string","enum":["met","missed"]},"level_b":{"type":"integer","minimum":0,"maximum":5}},` +
		`"required":["evidence_a","verdict_a","level_b"]}`
	if got := string(small.schema()); got != want || !json.Valid([]byte(got)) {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestFormReads(t *testing.T) {
	const good = `{"evidence_a":"täglich","verdict_a":"met","level_b":3}`
	for name, body := range map[string]string{
		"as it should be":   strings.ReplaceAll(good, "täglich", "tägl "),
		"in another order":  `{"level_b":3,"verdict_a":"met","evidence_a":"tägl"}`,
		"in a sentence":     "Sure! Here it is:\n```json\n" + strings.ReplaceAll(good, "täglich", "tägl") + "\n```\nHope that {helps}.",
		"with white space":  " \n" + strings.ReplaceAll(good, "täglich", "tägl") + "\n",
		"with control text": `{"evidence_a":"tägl\u001b","verdict_a":"met","level_b":3}`,
	} {
		got, err := small.read(body)
		if err != nil || got["evidence_a"] != "tägl" || got["verdict_a"] != "met" || got["level_b"] != "3" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, body := range map[string]string{
		"nothing":           ``,
		"no JSON":           `I think the candidate did well.`,
		"cut off":           `{"evidence_a":"a","verdict_a":"m`,
		"a list":            `[{"evidence_a":"a"}]`,
		"a field is gone":   `{"evidence_a":"a","verdict_a":"met"}`,
		"one too many":      `{"evidence_a":"a","verdict_a":"met","level_b":3,"score":100}`,
		"another name":      `{"evidence_b":"a","verdict_a":"met","level_b":3}`,
		"another word":      `{"evidence_a":"a","verdict_a":"excellent","level_b":3}`,
		"too long":          good,
		"too high":          `{"evidence_a":"a","verdict_a":"met","level_b":6}`,
		"a fraction":        `{"evidence_a":"a","verdict_a":"met","level_b":2.5}`,
		"a level in quotes": `{"evidence_a":"a","verdict_a":"met","level_b":"5"}`,
		"null":              `{"evidence_a":null,"verdict_a":"met","level_b":5}`,
		"a number for text": `{"evidence_a":1,"verdict_a":"met","level_b":5}`,
	} {
		if got, err := small.read(body); err == nil {
			t.Errorf("%s was read: %q", name, got)
		}
	}
}

// FuzzForm reads anything: what it accepts holds to the form.
func FuzzForm(f *testing.F) {
	f.Add(`{"evidence_a":"a","verdict_a":"met","level_b":3}`)
	f.Add("x {\"evidence_a\":\"\\ud83d\",\"verdict_a\":\"missed\",\"level_b\":0} {")
	f.Fuzz(func(t *testing.T, body string) {
		got, err := small.read(body)
		if err != nil {
			return
		}
		if len(got) != 3 || len([]rune(got["evidence_a"])) > 5 || got["verdict_a"] != "met" && got["verdict_a"] != "missed" || len(got["level_b"]) != 1 {
			t.Errorf("%q gave %q", body, got)
		}
	})
}

func TestSpoken(t *testing.T) {
	for in, want := range map[string]string{
		"Good.<|user|>": "Good.", "Why?</s>": "Why?", "[INST] a": "a", "x < y and y > z": "x < y and y > z", "use <div> and a|b": "use <div> and a|b",
	} {
		if got := spoken(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
