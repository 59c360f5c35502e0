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
// question or the answer itself says is none.
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
			return text == "" || strings.Contains(strings.ToLower(ask+"\n"+said), strings.ToLower(text))
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
		if told.accidental() {
			continue
		}
		want(told.text != s.id || s.id == "", "%s names the open point %q", where, s.id)
		for _, what := range slices.Sorted(maps.Keys(s.texts)) {
			text := s.texts[what]
			want(!told.says(text), "%s tells %s of a question that is open: %s", where, what, text)
		}
	}
}

// told is a text in JSON with the names of the members that it is in, the outermost first.
type told struct {
	text string
	in   []string
}

// says tells whether a secret is part of it. A question may have a single word of one.
func (t told) says(secret string) bool {
	if len(t.in) > 0 && t.in[len(t.in)-1] == "ask" && len(strings.Fields(secret)) < 2 {
		return false
	}
	return strings.Contains(strings.ToLower(t.text), strings.ToLower(secret))
}

// accidental tells whether a text is of the interview, or a word of the protocol such as a
// phase: what is secret of a point stands there by accident.
func (t told) accidental() bool {
	return slices.ContainsFunc(t.in, func(member string) bool { return ofInterview[member] })
}

var ofInterview = map[string]bool{
	"settings": true, "bank": true, "evaluator": true, "by": true, "token": true, "topic": true, "phase": true, "scope": true, "status": true,
	"state": true, "from": true, "to": true, "kind": true, "question_type": true, "mode": true, "outcome": true, "origin": true, "reason": true,
}

// textsOf are the texts in JSON. Names of members are none.
func textsOf(data []byte) []told {
	var v any
	if json.Unmarshal(data, &v) != nil {
		return []told{{text: string(data)}}
	}
	return appendTexts(nil, v, nil)
}

func appendTexts(out []told, v any, in []string) []told {
	switch v := v.(type) {
	case string:
		return append(out, told{v, in})
	case []any:
		for _, x := range v {
			out = appendTexts(out, x, in)
		}
	case map[string]any:
		_, isQuestion := v["ask"]
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name == "id" && isQuestion {
				continue // the question's own
			}
			out = appendTexts(out, v[name], append(slices.Clip(in), name))
		}
	}
	return out
}
