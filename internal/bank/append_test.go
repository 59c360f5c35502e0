package bank

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func appendTo(t *testing.T, data, id string, kind rubric.Type) (string, error) {
	t.Helper()
	b, at, err := ParsePlaced("b.yaml", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := at.AppendQuestion(b, "b.yaml", id, kind)
	return string(out), err
}

func TestAppendKeepsEveryOtherByte(t *testing.T) {
	whole := string(Template("mine"))
	comment := "\n# about the test\ntest:\n  repeat: 2\n"
	for name, data := range map[string]string{
		"at the end":           whole,
		"without a last line":  strings.TrimRight(whole, "\n"),
		"with empty lines":     whole + "\n\n",
		"with an end":          whole + "...\n",
		"with a comment":       whole + "  # more to come\n",
		"before another key":   whole + comment,
		"with windows' lines":  strings.ReplaceAll(whole, "\n", "\r\n"),
		"not indented at all":  dedented(whole),
		"after a kept newline": whole + "    hints:\n      - |+\n        Think.\n\n",
	} {
		for _, kind := range []rubric.Type{rubric.Open, rubric.CodeReading, rubric.Behavioral} {
			t.Run(name+"/"+string(kind), func(t *testing.T) {
				out, err := appendTo(t, data, "new-one", kind)
				if err != nil {
					t.Fatal(err)
				}
				b, err := Parse("b.yaml", []byte(out))
				if err != nil {
					t.Fatal(err)
				}
				if q := b.Questions[len(b.Questions)-1]; q.ID != "new-one" || q.Type != kind {
					t.Errorf("the last question is %s, %s", q.ID, q.Type)
				}
				added := len(out) - len(data)
				if !strings.Contains(data, comment[1:]) && !strings.HasSuffix(data, "\n\n") && !strings.HasSuffix(data, "...\n") && out[:len(data)] != data {
					t.Error("what was there has changed")
				}
				if removed := withoutMiddle(out, data, added); removed != data {
					t.Error("bytes beside the new question have changed")
				}
			})
		}
	}
}

// dedented is a bank whose questions stand at the margin.
func dedented(bank string) string {
	head, list, _ := strings.Cut(bank, "\nquestions:\n")
	return head + "\nquestions:\n" + strings.ReplaceAll(list[2:], "\n  ", "\n")
}

// withoutMiddle takes added bytes out where the two texts part.
func withoutMiddle(out, data string, added int) string {
	i := 0
	for i < len(data) && out[i] == data[i] {
		i++
	}
	return out[:i] + out[i+added:]
}

func TestAppendToAFolder(t *testing.T) {
	b, at, err := LoadPlaced("testdata/folder")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range at.Files() {
		out, err := at.AppendQuestion(b, file, "new-one", rubric.Open)
		if err != nil || !bytes.Contains(out, []byte("- id: new-one")) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := at.AppendQuestion(b, "other.yaml", "new-one", rubric.Open); session.KindOf(err) != session.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestAppendRefuses(t *testing.T) {
	whole := string(Template("mine"))
	if _, err := appendTo(t, whole, "index-cost", rubric.Open); session.KindOf(err) != session.Conflict {
		t.Errorf("an id that is taken: %v", err)
	}
	if _, err := appendTo(t, whole, "No Id", rubric.Open); session.KindOf(err) != session.Invalid {
		t.Errorf("no id: %v", err)
	}
	if _, err := appendTo(t, whole, "new-one", "opne"); session.KindOf(err) != session.Invalid || !strings.Contains(err.Error(), `did you mean "open"`) {
		t.Errorf("no type: %v", err)
	}
	head, _, _ := strings.Cut(whole, "\nquestions:")
	flow := head + "\nquestions: [{id: a, type: open, topic: databases, level: 1, ask: Why not, key_points: [{id: p, weight: 1, point: P.}]}]\n"
	if _, err := appendTo(t, flow, "new-one", rubric.Open); session.KindOf(err) != session.Invalid || !strings.Contains(err.Error(), "brackets") {
		t.Errorf("in brackets: %v", err)
	}
}

func TestTemplatesOfAllIDsLoad(t *testing.T) {
	for _, id := range []string{"mine", "404", "null", "true", "no", "1e5", "a-b-c", strings.Repeat("x", MaxID)} {
		b, err := Parse("b.yaml", Template(id))
		if err != nil || b.ID != id {
			t.Errorf("%s: %v", id, err)
		}
		out, err := appendTo(t, string(Template("mine")), id, rubric.Open)
		if err != nil || !strings.Contains(out, id) {
			t.Errorf("a question %s: %v", id, err)
		}
	}
}

func TestTemplateMatchesTheSchema(t *testing.T) {
	if err := validate(t, validator(t), Template("mine")); err != nil {
		t.Error(err)
	}
	page, err := os.ReadFile("template/bank.yaml")
	if err != nil || !bytes.HasPrefix(page, []byte("# yaml-language-server: $schema=")) {
		t.Errorf("editors find no schema: %v", err)
	}
}
