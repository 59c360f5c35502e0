package bank

import (
	"fmt"
	"strings"
	"testing"
)

// changing gives the changes that one replacement in the sample bank makes.
func changing(t *testing.T, replace ...string) []Change {
	t.Helper()
	before := diffSample
	after := strings.NewReplacer(replace...).Replace(before)
	if after == before {
		t.Fatalf("%q is not in the bank", replace[0])
	}
	a, err := Parse("a.yaml", []byte(before))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse("b.yaml", []byte(after))
	if err != nil {
		t.Fatal(err)
	}
	return Diff(a, b)
}

const diffSample = `
elios: bank/v1
id: flow
title: Flow control
version: 1.2.0
language: en
topics: [{id: flow, title: Flow}, {id: team, title: Team}]
questions:
  - id: backpressure
    type: open
    topic: flow
    level: 2
    ask: How does a queue protect a slow consumer?
    key_points:
      - {id: slow, weight: 2, must: true, point: The producer waits., say: "The producer waits.", match: {any: [waits]}}
      - {id: bounded, weight: 1, point: The buffer has a limit., say: "It has a limit."}
    misconceptions:
      - {id: endless, penalty: 10, point: It may grow without end.}
    ideal: The producer waits.
    follow_ups:
      - {id: fu-1, when: {missed: [slow]}, ask: "Who waits?"}
    cases:
      - {id: ideal, answer: $ideal, expect: {score: ">=60"}}
  - id: conflict
    type: behavioral
    topic: team
    level: 3
    ask: Tell me about a disagreement.
    dimensions:
      - {id: result, weight: 1, anchors: {5: It was settled.}, say: "I settled it."}
`

func TestDiff(t *testing.T) {
	for _, tc := range []struct {
		name    string
		replace []string
		want    string
	}{
		{"comment", []string{"questions:\n", "questions: # all of them\n"}, ""},
		{"layout", []string{"{id: flow, title: Flow}", "{title: \"Flow\", id: flow}"}, ""},
		{"version alone", []string{"1.2.0", "2.0.0"}, ""},
		{"title", []string{"title: Flow control", "title: Flow"}, "patch title is worded differently"},
		{"ask", []string{"a slow consumer?", "slow consumers?"}, "patch backpressure: ask is worded differently"},
		{"point", []string{"point: The producer waits.", "point: The sender waits."}, "patch backpressure: key point slow is worded differently"},
		{"say", []string{`say: "It has a limit."`, `say: "Its size is limited."`}, "patch backpressure: say of bounded is worded differently"},
		{"ideal gone", []string{"    ideal: The producer waits.\n", "", "$ideal", "$say"}, "patch backpressure: ideal is gone | minor backpressure: case ideal changed"},
		{"match", []string{"any: [waits]", "any: [waits, blocks]"}, "minor backpressure: match of slow changed"},
		{"weight", []string{"weight: 2", "weight: 3"}, "major backpressure: weight of slow is 3, was 2"},
		{"must", []string{", must: true", ""}, "major backpressure: must of slow is false, was true"},
		{"penalty", []string{"penalty: 10", "penalty: 20"}, "major backpressure: penalty of endless is 20, was 10"},
		{"level", []string{"level: 2", "level: 4"}, "minor backpressure: level is 4, was 2"},
		{"language", []string{"language: en", "language: de"}, "major language is de, was en"},
		{"type", []string{"type: open", "type: code-reading"}, "major backpressure: type is code-reading, was open"},
		{
			"cap",
			[]string{"    ask: How", "    scoring: {cap_if_must_missing: 40}\n    ask: How"},
			"major backpressure: cap_if_must_missing is 40, was 69",
		},
		{"the cap that holds anyway", []string{"    ask: How", "    scoring: {cap_if_must_missing: 69}\n    ask: How"}, ""},
		{"point renamed", []string{"id: bounded", "id: limit"}, "major backpressure: key point bounded is gone | minor backpressure: key point limit is new"},
		{"follow-up", []string{"Who waits?", "Who has to wait?"}, "patch backpressure: follow-up fu-1 is worded differently"},
		{"when", []string{"when: {missed: [slow]}", "when: {missed: [bounded]}"}, "minor backpressure: when of fu-1 changed"},
		{"case", []string{">=60", ">=70"}, "minor backpressure: case ideal changed"},
		{"anchors", []string{"{5: It was settled.}", "{4: It was settled.}"}, "major conflict: anchors of result changed"},
		{"question renamed", []string{"id: conflict", "id: dispute"}, "major conflict: the question is gone | minor dispute: the question is new"},
		{"test", []string{"questions:\n", "test: {tolerance: 3}\nquestions:\n"}, "patch test changed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, c := range changing(t, tc.replace...) {
				place := ""
				if c.Question != "" {
					place = c.Question + ": "
				}
				got = append(got, fmt.Sprintf("%s %s%s", c.Rise, place, c.What))
			}
			if s := strings.Join(got, " | "); s != tc.want {
				t.Errorf("got  %s\nwant %s", s, tc.want)
			}
		})
	}
}

func TestNeeded(t *testing.T) {
	if got := Needed([]Change{{Rise: Patch}, {Rise: Major}, {Rise: Minor}}); got != Major {
		t.Errorf("%s", got)
	}
	if got := Needed(nil); got != NoRise {
		t.Errorf("%s", got)
	}
}

func TestVersions(t *testing.T) {
	for _, tc := range []struct {
		from, to string
		want     Rise
	}{
		{"1.2.3", "1.2.3", NoRise},
		{"1.2.3", "1.2.4", Patch},
		{"1.2.3", "1.3.0", Minor},
		{"1.2.3", "2.0.0", Major},
		{"1.9.0", "1.10.0", Minor},
		{"1.2.3", "1.1.9", NoRise},
		{"2.0.0", "1.9.9", NoRise},
		{"1.2.3-rc.1", "1.2.3+build", NoRise},
		{"0.1.0", "1.0.0", Major},
	} {
		if got := Risen(tc.from, tc.to); got != tc.want {
			t.Errorf("from %s to %s: %s, want %s", tc.from, tc.to, got, tc.want)
		}
	}
	for rise, want := range map[Rise]string{NoRise: "1.2.3", Patch: "1.2.4", Minor: "1.3.0", Major: "2.0.0"} {
		if got := Raised("1.2.3", rise); got != want {
			t.Errorf("%s: %s, want %s", rise, got, want)
		}
		if got := Risen("1.2.3", Raised("1.2.3-beta", rise)); got != rise {
			t.Errorf("raised by %s, risen by %s", rise, got)
		}
	}
}

func TestHash(t *testing.T) {
	hash := func(s string) string {
		t.Helper()
		b, err := Parse("b.yaml", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		h, err := b.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	one := hash(diffSample)
	if got := hash("# a comment" + diffSample); got != one {
		t.Error("a comment changes the hash")
	}
	if got := hash(strings.Replace(diffSample, ">=60", ">=61", 1)); got == one {
		t.Error("another expectation does not change the hash")
	}
}
