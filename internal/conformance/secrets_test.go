package conformance

import (
	"testing"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestSecrets(t *testing.T) {
	all := &session.Reveal{Ideal: "One has it, and all know who.", Points: []session.RevealedPoint{
		{ID: "owner", Text: "One process has the lock at a time.", Say: "One process has the lock."},
		{ID: "lease", Text: "It is had for a while only."},
		{ID: "queue", Text: "Queue"},
	}}
	const ask = "Who has the lock, if one process has the lock?"
	for name, c := range map[string]struct {
		met   []session.MetPoint
		data  string
		found string
	}{
		"an id":                        {nil, `{"points":[{"id":"lease"}]}`, `it names the open point "lease"`},
		"a point":                      {nil, `{"x":["So: it is had for a WHILE only."]}`, "it tells the point of a question that is open: It is had for a while only."},
		"a point in other signs":       {nil, `{"x":"It is had for a \u0077hile only."}`, "it tells the point of a question that is open: It is had for a while only."},
		"the ideal answer":             {nil, `{"x":{"y":"One has it, and all know who."}}`, "it tells the ideal answer of a question that is open: One has it, and all know who."},
		"no JSON":                      {nil, `It is had for a while only.`, "it tells the point of a question that is open: It is had for a while only."},
		"the name of a member":         {nil, `{"owner":{"token":"x"}}`, ""},
		"a word in the feedback":       {nil, `{"feedback":"Think of a queue."}`, "it tells the point of a question that is open: Queue"},
		"somebody's word":              {nil, `{"settings":{"topics":["owner"]},"bank":{"id":"owner"}}`, ""},
		"a phase":                      {nil, `{"phase":"lease","token":{"scope":"owner"},"status":"queue"}`, ""},
		"an id among what is met":      {nil, `{"met":[{"point":"lease"}]}`, `it names the open point "lease"`},
		"an id in a list of others":    {nil, `{"gaps":["queue"]}`, `it names the open point "queue"`},
		"the question's own id":        {nil, `{"ask":"Who?","id":"owner","topic":"lease"}`, ""},
		"what the question says":       {nil, `{"ask":"Who has the lock, if one process has the lock?"}`, ""},
		"a word in a question":         {nil, `{"ask":"Why do they wait in a queue?"}`, ""},
		"a point that is met":          {[]session.MetPoint{{Point: "lease", Status: rubric.Met}}, `{"point":"lease","text":"It is had for a while only."}`, ""},
		"the id of one partly there":   {[]session.MetPoint{{Point: "lease", Status: rubric.Partial}}, `{"point":"lease","text":"partly there"}`, ""},
		"the text of one partly there": {[]session.MetPoint{{Point: "lease", Status: rubric.Partial}}, `{"point":"lease","text":"It is had for a while only."}`, "it tells the point of a question that is open: It is had for a while only."},
	} {
		if got := leakOf([]byte(c.data), openSecrets(ask, all, c.met)); got != c.found {
			t.Errorf("%s: %q, want %q", name, got, c.found)
		}
	}
}

// TestNoQuestionOfOursTellsItsSecrets has the run take no question that a good server may
// draw for a leak.
func TestNoQuestionOfOursTellsItsSecrets(t *testing.T) {
	files, err := banks.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := bank.LoadFS(banks.FS, f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range b.Questions {
			all := &session.Reveal{Ideal: q.Ideal}
			said := []any{map[string]any{"settings": map[string]string{"bank": b.ID}, "bank": b.ID}, session.QuestionAsked{ID: q.ID, Topic: q.Topic, Ask: q.Ask}}
			for _, c := range q.Criteria() {
				all.Points = append(all.Points, session.RevealedPoint{ID: c.ID, Text: c.Text, Say: c.Say})
				said = append(said, session.QuestionAsked{ID: q.ID, Topic: q.Topic, Ask: c.Probe})
			}
			for _, m := range said {
				if leak := leakOf(asBytes(m), openSecrets(q.Ask, all, nil)); leak != "" {
					t.Errorf("%s#%s: %s", b.ID, q.ID, leak)
				}
			}
		}
	}
}

// leakOf is what is found of secrets in a message, "" for nothing.
func leakOf(data []byte, secrets []secret) (found string) {
	defer func() {
		if p := recover(); p != nil {
			found = p.(*Fault).Found
		}
	}()
	for _, s := range secrets {
		s.kept("it", data)
	}
	return ""
}
