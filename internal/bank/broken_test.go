package bank

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// edit is the full bank with one text in it replaced.
func edit(t testing.TB, old, fresh string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("full.yaml has no %q", old)
	}
	return []byte(strings.Replace(string(data), old, fresh, 1))
}

// broken are edits of the full bank with all that elios says of each.
var broken = []struct {
	name, old, fresh string
	want             []string
}{
	{"unknown key", "    level: 2", "    levle: 2", []string{
		`b.yaml:19:5: the key "level" is missing`,
		`b.yaml:22:5: unknown key "levle"; did you mean "level"?`,
	}},
	{"unknown key far from all", "title: A talk", "xyzzyplugh: A talk", []string{
		`b.yaml:64:9: the key "title" is missing`,
		`b.yaml:64:10: unknown key "xyzzyplugh"; there is title, url`,
	}},
	{"duplicate key", "    level: 2\n", "    level: 2\n    level: 3\n", []string{
		`b.yaml:23:5: the key "level" is here twice; the first is in line 22`,
	}},
	{"merge key", "    tags: *tags", "    <<: *tags", []string{
		`b.yaml:82:5: merge keys (<<) are not supported; write the keys out, or use an alias for a whole value`,
	}},
	{"key that is no text", "  metamorphic: false", "  [a]: false", []string{`b.yaml:104:3: expected a key, found a list`}},
	{"text for a number", "weight: 2", `weight: "2"`, []string{`b.yaml:33:17: expected a number, found the text "2"`}},
	{"number for a text", "title: Message queues", "title: 12", []string{
		`b.yaml:3:8: expected a text, found the number 12; if it is a text, put it in quotes: "12"`,
	}},
	{"nothing for a text", "title: Message queues", "title:", []string{`b.yaml:3:7: expected a text, found nothing`}},
	{"truth for a text", `dedupe, message`, `dedupe, true, message`, []string{
		`b.yaml:43:43: expected a text, found true; if it is a text, put it in quotes: "true"`,
	}},
	{"fraction for a level", "level: 2", "level: 2.5", []string{`b.yaml:22:12: expected a whole number, found the number 2.5`}},
	{"huge level", "level: 2", "level: 99999999999999999999", []string{`b.yaml:22:12: expected a whole number, found the number 99999999999999999999`}},
	{"no number", "weight: 2", `weight: .nan`, []string{`b.yaml:33:17: expected a number, found the number .nan`}},
	{"text for truth", "must: true", "must: yes", []string{`b.yaml:34:15: expected true or false, found the text "yes"`}},
	{"mapping for a list", "[backend]", "{backend: 1}", []string{`b.yaml:24:12: expected a list, found a mapping`}},
	{"list for a mapping", "{cap_if_must_missing: 60}", "[60]", []string{
		`b.yaml:14:12: expected a mapping with the keys cap_if_must_missing, found a list`,
	}},
	{"list for anchors", "{0: Nothing., 5: Own steps and their reasons.}", "[a]", []string{`b.yaml:99:18: expected a mapping, found a list`}},
	{"list for a text", "context: Idem", "context: [a]\n    ideal: Idem", []string{
		`b.yaml:30:14: expected a text, found a list`,
		`b.yaml:50:5: the key "ideal" is here twice; the first is in line 31`,
	}},
	{"strange tag", "context: Idem", "context: !secret Idem", []string{
		`b.yaml:30:14: expected a text, found "Idempotency, not exactly-once marketing." with the tag !secret; if it is a text, put it in quotes: "Idempotency, not exactly-once marketing."`,
	}},
	{"false int", "level: 2", "level: !!int two", []string{`b.yaml:22:12: expected a whole number, found the number two`}},
	{"number for a time span", "time_limit: 3m", "time_limit: 3", []string{`b.yaml:12:15: expected a time span like 90s or 5m, found the number 3`}},
	{"no time span", "time_limit: 3m", "time_limit: soon", []string{`b.yaml:12:15: "soon" is not a time span like 90s or 5m`}},
	{"no time", "time_limit: 3m", "time_limit: 0s", []string{`b.yaml:12:15: the time limit must be longer than 0; leave the key out for none`}},
	{"long time", "time_limit: 90s", "time_limit: 25h", []string{`b.yaml:25:17: the time limit is longer than 24h`}},
	{"format", "bank/v1", "bank/v2", []string{`b.yaml:1:8: this is "bank/v2", and elios reads "bank/v1"`}},
	{"bank id", "id: queues", "id: Message_Queues", []string{
		`b.yaml:2:5: "Message_Queues" is no id: small letters, digits and single hyphens between them, at most 64`,
	}},
	{"version", "2.1.0-rc.1", "v2.1", []string{`b.yaml:4:10: "v2.1" is no version like 1.2.0 (semver)`}},
	{"language", "language: en", "language: English", []string{`b.yaml:5:11: "English" is no language like "en" or "pt-BR"`}},
	{"author's address", "https://example.invalid/grace", "javascript:alert(1)", []string{`b.yaml:8:61: "javascript:alert(1)" is no web address (https://…)`}},
	{"follow-ups", "max_follow_ups: 1", "max_follow_ups: 4", []string{`b.yaml:13:19: 4 is not from 0 to 3`}},
	{"question's follow-ups", "max_follow_ups: 2", "max_follow_ups: -1", []string{`b.yaml:26:21: -1 is not from 0 to 3`}},
	{"cap", "missing: 60", "missing: 101", []string{`b.yaml:14:34: 101 is not from 0 to 100`}},
	{"topics", "topics:\n  - {id: delivery, title: Delivery guarantees}\n  - {id: teamwork, title: Teamwork}", "topics: []", []string{`b.yaml:15:9: there are no topics`}},
	{"topic twice", "id: teamwork", "id: delivery", []string{
		`b.yaml:17:10: the topic id "delivery" is here twice; the first is in line 16`,
		`b.yaml:92:12: there is no topic "teamwork"; there is delivery`,
	}},
	{"dangling topic", "topic: delivery", "topic: delivry", []string{`b.yaml:21:12: there is no topic "delivry"; did you mean "delivery"?`}},
	{"question twice", "id: conflict", "id: code", []string{`b.yaml:90:9: the question id "code" is here twice; the first is in line 78`}},
	{"type", "type: open", "type: opne", []string{`b.yaml:20:11: there is no type "opne"; did you mean "open"?`}},
	{"level", "level: 2", "level: 6", []string{`b.yaml:22:12: 6 is not from 1 to 5`}},
	{"empty text", "context: Idempotency, not exactly-once marketing.", `context: " "`, []string{`b.yaml:30:14: this text is empty`}},
	{"empty term", "[idempotent, ", `[idempotent, "", `, []string{`b.yaml:43:35: this text is empty`}},
	{"weight", "weight: 2", "weight: 0", []string{`b.yaml:33:17: the weight 0 is not above 0 and at most 1000`}},
	{"point twice", "id: idempotent", "id: redelivery", []string{
		`b.yaml:39:13: the point id "redelivery" is here twice; the first is in line 32`,
		`b.yaml:53:53: there is no key point "idempotent"; there is redelivery`,
		`b.yaml:57:22: there is no key point "idempotent"; there is redelivery`,
		`b.yaml:73:32: there is no key point "idempotent"; there is redelivery`,
	}},
	{"point of a follow-up twice", "id: window", "id: redelivery", []string{`b.yaml:61:18: the point id "redelivery" is here twice; the first is in line 32`}},
	{"match with two", "{any: [idempotent", "{all: [[a]], any: [idempotent", []string{`b.yaml:43:16: a match has exactly one of any, all and seq; here are 2`}},
	{"match with none", "{any: [idempotent, dedupe, message id, \"304\"]}", "{}", []string{`b.yaml:43:16: a match has exactly one of any, all and seq; here are 0`}},
	{"empty any", "{any: [idempotent, dedupe, message id, \"304\"]}", "{any: []}", []string{`b.yaml:43:22: the list is empty`}},
	{"empty all", "{any: [idempotent, dedupe, message id, \"304\"]}", "{all: []}", []string{`b.yaml:43:22: the list is empty`}},
	{"empty group", "[[broker, queue], ", "[[], ", []string{`b.yaml:38:23: the group is empty`}},
	{"penalty", "penalty: 10", "penalty: 100.5", []string{`b.yaml:46:18: 100.5 is not from 0 to 100`}},
	{"both", "    misconceptions:\n", "    dimensions: [{id: d, weight: 1, anchors: {1: x}}]\n    misconceptions:\n", []string{
		`b.yaml:44:17: a question has either key_points or dimensions, not both`,
	}},
	{"neither", "    key_points:\n      - {id: unbounded, weight: 1, point: Goroutines without a bound.}\n", "", []string{
		`b.yaml:78:5: a question needs key_points`,
	}},
	{"behavioral with points", "type: open", "type: behavioral", []string{`b.yaml:19:5: a behavioral question needs dimensions`}},
	{"open with dimensions", "type: behavioral", "type: open", []string{`b.yaml:96:7: dimensions are for behavioral questions; this one is "open"`}},
	{"anchor", "{0: Nothing., 5", "{0: Nothing., 6", []string{`b.yaml:99:35: the level 6 is not from 0 to 5`}},
	{"anchor's key", "{0: Nothing., 5", "{0: Nothing., top", []string{`b.yaml:99:32: expected a level from 0 to 5, found the text "top"`}},
	{"no anchors", "{0: Nothing., 5: Own steps and their reasons.}", "{}", []string{`b.yaml:99:18: there are no anchors`}},
	{"dangling when", "missed: [redelivery], contra", "missed: [redlivery], contra", []string{
		`b.yaml:53:25: there is no key point "redlivery"; did you mean "redelivery"?`,
	}},
	{"impossible when", "{met: [idempotent]", "{missed: [idempotent], met: [idempotent]", []string{`b.yaml:57:44: "idempotent" cannot be met and missed`}},
	{"dangling covers", "covers: [redelivery]", "covers: [redelivery, redelivery, x]", []string{
		`b.yaml:55:30: "redelivery" is here twice`,
		`b.yaml:55:42: there is no key point "x"; there is redelivery, idempotent`,
	}},
	{"follow-up level", "level: 4", "level: 0", []string{`b.yaml:58:16: 0 is not from 1 to 5`}},
	{"follow-up twice", "id: fu-window", "id: fu-ack", []string{`b.yaml:56:13: the follow-up id "fu-ack" is here twice; the first is in line 52`}},
	{"bound", `score: ">=80"`, `score: ">=101"`, []string{`b.yaml:57:42: ">=101" does not fit: the value is from 0 to 100`}},
	{"bound without a value", `score: ">=80"`, `score: ">100"`, []string{`b.yaml:57:42: ">100" does not fit: the value is from 0 to 100`}},
	{"upper bound", `score: "0..20"`, `score: "<0"`, []string{`b.yaml:71:18: "<0" does not fit: the value is from 0 to 100`}},
	{"wide bound", `score: "0..20"`, `score: "0..200"`, []string{`b.yaml:71:18: "0..200" does not fit: the value is from 0 to 100`}},
	{"turned bound", `score: "0..20"`, `score: "20..0"`, []string{
		`b.yaml:71:18: "20..0" is not a bound like >=80, <=25, 55..80 or 0: its ends are the wrong way round`,
	}},
	{"no bound", `score: "0..20"`, `score: [1]`, []string{`b.yaml:71:18: expected a bound like ">=80", "<=25", "55..80" or 0, found a list`}},
	{"bound of a dimension", `action: ">=3"`, `action: ">=6"`, []string{`b.yaml:102:64: ">=6" does not fit: the value is from 0 to 5`}},
	{"dangling dimension", `action: ">=3"`, `acton: ">=3"`, []string{`b.yaml:102:63: there is no dimension "acton"; did you mean "action"?`}},
	{"case twice", "id: dollars", "id: ideal", []string{`b.yaml:77:14: the case id "ideal" is here twice; the first is in line 66`}},
	{"answer that stands for nothing", "answer: $ideal", "answer: $idael", []string{`b.yaml:66:29: there is no answer "$idael"; did you mean "$ideal"?`}},
	{"no ideal", "    ideal: The broker sends the message again because it never saw the ack, so the handler must be idempotent.\n", "", []string{
		`b.yaml:65:29: $ideal stands for the ideal answer, and the question has none`,
	}},
	{"no say", "        say: \"I asked both of them for their numbers.\"\n", "", []string{
		`b.yaml:101:28: $say stands for the say sentences, and the question has none`,
	}},
	{"named answers", "[Because it is exactly once.]", "[$say]", []string{`b.yaml:69:19: "$say" stands for an answer only under the key answer`}},
	{"expects nothing", "expect: {score: 0}", "expect: {}", []string{`b.yaml:77:57: the case expects nothing`}},
	{"expects both", "met: []", "met: [redelivery]", []string{`b.yaml:72:17: "redelivery" cannot be met and missed`}},
	{"dangling misconception", "[never-twice]", "[never-thrice]", []string{`b.yaml:75:28: there is no misconception "never-thrice"; did you mean "never-twice"?`}},
	{"dangling follow-up", "follow_up: fu-ack", "follow_up: fu-akc", []string{`b.yaml:76:22: there is no follow-up "fu-akc"; did you mean "fu-ack"?`}},
	{"reference", "https://example.invalid/book", "example.invalid/book", []string{`b.yaml:63:30: "example.invalid/book" is no web address (https://…)`}},
	{"repeat", "repeat: 3", "repeat: 0", []string{`b.yaml:105:11: 0 is not from 1 to 100`}},
	{"pass rate", "pass_rate: 1", "pass_rate: 80", []string{`b.yaml:106:14: 80 is not from 0 to 1`}},
	{"tolerance", "tolerance: 2.5", "tolerance: -1", []string{`b.yaml:107:14: -1 is not from 0 to 100`}},
	{"unclosed quote", `say: "The broker`, `say: "The "broker`, []string{`b.yaml:37:9: this is not YAML: did not find expected key`}},
}

func TestBrokenBanks(t *testing.T) {
	for _, c := range broken {
		t.Run(c.name, func(t *testing.T) {
			b, err := Parse("b.yaml", edit(t, c.old, c.fresh))
			if err == nil || b != nil {
				t.Fatalf("got %v, %v", b, err)
			}
			if diff := cmp.Diff(strings.Join(c.want, "\n"), err.Error()); diff != "" {
				t.Errorf("-want +got\n%s", err)
			}
		})
	}
}

func TestBrokenFiles(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "b.yaml:1:1: the file is empty",
		"# nothing\n":                           "b.yaml:1:1: the file is empty",
		"a: 1\n---\nb: 1\n":                     "b.yaml:2:1: a second document starts here; a bank's file holds one",
		"a: 1\n---\n]\n":                        "b.yaml:3:1: this is not YAML: did not find expected node content",
		"a: b: c\n":                             "b.yaml:1:7: this is not YAML: mapping values are not allowed in this context",
		"elios: bank/v1\nid: \"abc\ntitle: x\n": "b.yaml:2:5: this is not YAML: found unexpected end of stream",
		"a:\n  - b\n c: d\n":                    "b.yaml:3:2: this is not YAML: did not find expected key",
		"- a\nb: 1\n":                           "b.yaml:2:1: this is not YAML: did not find expected '-' indicator",
		"a: @x\n":                               "b.yaml:1:4: this is not YAML: found character that cannot start any token",
		"\ta: 1\n":                              "b.yaml:1:1: this is not YAML: found character that cannot start any token",
		"a: *x\n":                               "b.yaml:1:5: this is not YAML: unknown anchor 'x' referenced",
		"a: b\n\x00":                            "b.yaml:2:1: the character U+0000 cannot stand in YAML",
		"é: b\nü\x1b[31m":                       "b.yaml:2:2: the character U+001B cannot stand in YAML",
		"a: b\nc: ü\xff":                        "b.yaml:2:5: the byte 0xff is not valid UTF-8",
		"- a\n":                                 "b.yaml:1:1: expected a mapping with the keys " + strings.Join(namesOf(fieldsOf(bankType)), ", ") + ", found a list",
		"just words":                            `b.yaml:1:1: expected a mapping with the keys ` + strings.Join(namesOf(fieldsOf(bankType)), ", ") + `, found the text "just words"`,
	} {
		_, err := Parse("b.yaml", []byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestProblemsCarryTheirPath(t *testing.T) {
	_, err := Parse("b.yaml", edit(t, "weight: 1.5", "weight: -1"))
	var e *Error
	if !errors.As(err, &e) || len(e.Problems) != 1 || e.Problems[0].Path != "questions[0].key_points[1].weight" {
		t.Errorf("got %#v", err)
	}
}

func TestManyProblems(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "key%d: 1\n", i)
	}
	_, err := Parse("b.yaml", []byte(b.String()))
	var e *Error
	if !errors.As(err, &e) || len(e.Problems) != maxProblems {
		t.Fatalf("got %d problems", len(e.Problems))
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != shownProblems+1 || lines[shownProblems] != "and 980 more" {
		t.Errorf("the list ends with %q", lines[len(lines)-1])
	}
}
