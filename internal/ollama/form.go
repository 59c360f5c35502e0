package ollama

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// form is the shape of a reply: one flat object with every field in this order. The schema for the
// server, the sketch for the prompt, the room a reply needs and the check of what came all follow
// from the same list.
type form []field

// field is a text of at most so many characters, one of some words, or a number from 0 to most.
type field struct {
	key   string
	kind  fieldKind
	most  int
	words []string
}

type fieldKind int

const (
	textField fieldKind = iota
	choiceField
	levelField
)

// schema is the form as JSON Schema, in literal bytes: a Go map would sort the keys, and the order
// matters (evidence before verdict). Everything is bounded and required: what is not runs away, or is
// left out.
func (f form) schema() json.RawMessage {
	var b strings.Builder
	b.WriteString(`{"type":"object","properties":{`)
	keys := make([]string, len(f))
	for i, field := range f {
		if keys[i] = field.key; i > 0 {
			b.WriteString(",")
		}
		b.WriteString(encoded(field.key) + ":" + field.schema())
	}
	b.WriteString(`},"required":` + encoded(keys) + `}`)
	return json.RawMessage(b.String())
}

func (f field) schema() string {
	switch f.kind {
	case choiceField:
		return `{"type":"string","enum":` + encoded(f.words) + `}`
	case levelField:
		return fmt.Sprintf(`{"type":"integer","minimum":0,"maximum":%d}`, f.most)
	default:
		return fmt.Sprintf(`{"type":"string","maxLength":%d}`, f.most)
	}
}

// sketch is the form for the model to read.
func (f form) sketch() string {
	out := make([]string, len(f))
	for i, field := range f {
		out[i] = field.key + ": " + field.sketch()
	}
	return strings.Join(out, "\n")
}

func (f field) sketch() string {
	switch f.kind {
	case choiceField:
		return strings.Join(f.words, " | ")
	case levelField:
		return fmt.Sprintf("0 to %d", f.most)
	default:
		return fmt.Sprintf("text ≤ %d", f.most)
	}
}

// tokens is the most a reply in this form takes: a token is a character or more, save in rare
// scripts, and the grammar allows some white space between.
func (f form) tokens() int {
	n := 16
	for _, field := range f {
		n += len(field.key) + 8
		switch field.kind {
		case textField:
			n += field.most
		case choiceField:
			n += len(slices.MaxFunc(field.words, func(a, b string) int { return len(a) - len(b) }))
		}
	}
	return n
}

// read holds a reply to the form, since not every server does, and gives its fields as clean text.
func (f form) read(body string) (map[string]string, error) {
	var in map[string]json.RawMessage
	if err := parse(body, &in); err != nil {
		return nil, err
	}
	if len(in) != len(f) {
		return nil, fmt.Errorf("%d fields where there should be %d", len(in), len(f))
	}
	out := make(map[string]string, len(f))
	for _, field := range f {
		raw, ok := in[field.key]
		if !ok {
			return nil, fmt.Errorf("no field %q", field.key)
		}
		v, err := field.read(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field.key, err)
		}
		out[field.key] = v
	}
	return out, nil
}

func (f field) read(raw json.RawMessage) (string, error) {
	if f.kind == levelField {
		n, err := strconv.Atoi(string(raw))
		if err != nil || n < 0 || n > f.most {
			return "", fmt.Errorf("it is no number from 0 to %d", f.most)
		}
		return strconv.Itoa(n), nil
	}
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil || s == nil {
		return "", errors.New("it is no text")
	}
	switch {
	case f.kind == choiceField && !slices.Contains(f.words, *s):
		return "", fmt.Errorf("it is none of %s", strings.Join(f.words, ", "))
	case f.kind == textField && utf8.RuneCountInString(*s) > f.most:
		return "", fmt.Errorf("it has more than %d characters", f.most)
	}
	return strings.TrimSpace(text.Clean(*s)), nil
}

// parse reads exactly one JSON value, or the first whole object that stands among other words.
func parse(body string, into any) error {
	err := json.Unmarshal([]byte(body), into)
	if err == nil {
		return nil
	}
	if inner, ok := firstObject(body); ok {
		return json.Unmarshal([]byte(inner), into)
	}
	return err
}

// firstObject finds the first balanced object in a text.
func firstObject(s string) (string, bool) {
	start := strings.IndexByte(s, '{')
	if start < 0 {
		return "", false
	}
	var d decoder
	for i := start; i < len(s); i++ {
		if d.next(s[i]); d.over {
			return s[start : i+1], true
		}
	}
	return "", false
}

// encoded is JSON of strings, which always have one.
func encoded(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
