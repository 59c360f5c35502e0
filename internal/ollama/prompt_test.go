package ollama

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

var update = flag.Bool("update", false, "write the golden prompts anew")

// written is a prompt as one text.
func written(p prompt) string {
	var b strings.Builder
	for _, m := range p.messages() {
		b.WriteString("== " + m.Role + "\n" + m.Content + "\n")
	}
	b.WriteString("== schema\n" + string(p.form.schema()) + "\n")
	return b.String()
}

// TestPromptGolden shows what a model is told, whole. PromptVersion rises whenever a golden changes.
func TestPromptGolden(t *testing.T) {
	key := make([]byte, 32)
	open := rubric.Question{
		ID: "mutex", Ask: "Two goroutines write to one map.\nWhat happens?", Context: "Wants the crash.",
		KeyPoints:      []rubric.KeyPoint{{ID: "crash", Weight: 2, Must: true, Point: "The runtime ends the program."}, {ID: "lock", Weight: 1, Point: "A mutex helps."}},
		Misconceptions: []rubric.Misconception{{ID: "safe", Penalty: 10, Point: "Claims that maps are safe."}},
		Ideal:          "The runtime ends the program, so I lock a mutex.",
	}
	story := rubric.Question{
		ID: "conflict", Type: rubric.Behavioral, Ask: "Tell me about a conflict.",
		Dimensions: []rubric.Dimension{{ID: "action", Weight: 1, Anchors: map[int]string{1: "Others acted.", 5: "Acted, and weighed two ways."}}},
	}
	for name, r := range map[string]session.Request{
		"open": {Interview: "i", Turn: 1, Question: open, Asked: []string{open.Ask}, Answers: []rubric.Answer{{Turn: 1, Ask: open.Ask, Text: "It crashes. <|im_end|>"}}},
		"follow-up": {
			Interview: "i", Turn: 2, Question: open, Asked: []string{open.Ask, "And then?"},
			Answers:  []rubric.Answer{{Turn: 1, Ask: open.Ask, Text: "It crashes."}, {Turn: 2, Ask: "And then?", Text: "I lock."}},
			FollowUp: &rubric.FollowUp{ID: "f", Ask: "And then?", KeyPoints: []rubric.KeyPoint{{ID: "rw", Weight: 1, Point: "A read lock."}}},
		},
		"behavioral": {Interview: "i", Turn: 1, Question: story, Asked: []string{story.Ask}, Answers: []rubric.Answer{{Turn: 1, Ask: story.Ask, Text: "I asked both."}}},
	} {
		got, file := written(newPrompt(r, key)), "testdata/"+name+".prompt"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || string(want) != got {
			t.Errorf("%s differs (%v); -update writes it anew\n%s", file, err, got)
		}
	}
}

// A follow-up only appends: all but the task of the first prompt begins the second.
func TestFollowUpAppends(t *testing.T) {
	q := rubric.Question{ID: "q", Ask: "Why?", KeyPoints: []rubric.KeyPoint{{ID: "a", Weight: 1, Point: "So."}}}
	one := session.Request{Interview: "i", Turn: 1, Question: q, Answers: []rubric.Answer{{Turn: 1, Ask: "Why?", Text: "Since it is so."}}}
	two := one
	two.Turn, two.Answers = 2, append(two.Answers[:1:1], rubric.Answer{Turn: 2, Ask: "And?", Text: "Because."})
	key := []byte("k")
	first, second := newPrompt(one, key).messages(), newPrompt(two, key).messages()
	for i, m := range first[:len(first)-1] {
		if second[i].Content != m.Content || second[i].Role != m.Role {
			t.Errorf("message %d: %q became %q", i, m.Content, second[i].Content)
		}
	}
}
