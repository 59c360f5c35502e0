package conformance

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// secret is what nobody is told of a point while its question is open.
type secret struct {
	id    string            // "" when it is told, since a part of the point is met
	texts map[string]string // what each is, and how it reads
}

// openSecrets are those of the points that an evaluation has not found met. What the
// question itself says is none, nor is a single word, which stands anywhere.
func openSecrets(ask string, all *session.Reveal, met []session.MetPoint) []secret {
	told := map[string]rubric.Status{}
	for _, m := range met {
		told[m.Point] = m.Status
	}
	var out []secret
	for _, p := range all.Points {
		if told[p.ID] == rubric.Met {
			continue
		}
		s := secret{id: p.ID, texts: map[string]string{"the point": p.Text, "what to say": p.Say, "the ideal answer": all.Ideal}}
		maps.DeleteFunc(s.texts, func(_, text string) bool {
			return len(strings.Fields(text)) < 2 || strings.Contains(strings.ToLower(ask), strings.ToLower(text))
		})
		if told[p.ID] != "" {
			s.id = ""
		}
		out = append(out, s)
	}
	return out
}

// kept wants a message, or whatever else is JSON, to tell nothing of a secret.
func (s secret) kept(where string, data []byte) {
	for _, told := range textsOf(data) {
		want(s.id == "" || told != s.id, "%s names the open point %q", where, s.id)
		for _, what := range slices.Sorted(maps.Keys(s.texts)) {
			text := s.texts[what]
			want(!strings.Contains(strings.ToLower(told), strings.ToLower(text)), "%s tells %s of a question that is open: %s", where, what, text)
		}
	}
}

// elsewhere tells whether a member is of the interview or of all of a question: a word in
// it may be the id of a point by accident.
func elsewhere(of map[string]any, name string) bool {
	switch name {
	case "settings", "bank", "evaluator", "by":
		return true
	case "id", "topic":
		_, isQuestion := of["ask"]
		return isQuestion
	}
	return false
}

// textsOf are the texts in JSON that are about questions. Names of members are no texts.
func textsOf(data []byte) []string {
	var v any
	if json.Unmarshal(data, &v) != nil {
		return []string{string(data)}
	}
	return appendTexts(nil, v)
}

func appendTexts(out []string, v any) []string {
	switch v := v.(type) {
	case string:
		return append(out, v)
	case []any:
		for _, x := range v {
			out = appendTexts(out, x)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if !elsewhere(v, name) {
				out = appendTexts(out, v[name])
			}
		}
	}
	return out
}
