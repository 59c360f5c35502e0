package convert

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// maxJSONDepth bounds how deep lists and objects may stand within one another.
const maxJSONDepth = 64

// decodeJSON reads an array of questions, or the arrays of questions within an
// object: {"questions": […]}, {"css": [{…}], "html": [{…}]}.
func decodeJSON(file, data string) (List, error) {
	d := &jsonDecoder{file: file, data: data, dec: json.NewDecoder(strings.NewReader(data))}
	d.dec.UseNumber()
	d.ends = lineEnds(data)
	if err := d.value(fileTopic(file), 0); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("the file ends too early")
		}
		return List{}, fmt.Errorf("line %d: no JSON that holds questions: %w", d.line(), err)
	}
	return d.List, nil
}

// jsonDecoder walks the tokens of a document, so that places are known.
type jsonDecoder struct {
	List
	file, data string
	dec        *json.Decoder
	ends       []int
}

// lineEnds lists the offsets of line ends.
func lineEnds(s string) []int {
	var out []int
	for i := range len(s) {
		if s[i] == '\n' {
			out = append(out, i)
		}
	}
	return out
}

func (d *jsonDecoder) line() int {
	return 1 + sort.SearchInts(d.ends, int(d.dec.InputOffset()))
}

// value reads a list of questions, or looks for some in an object.
func (d *jsonDecoder) value(topic string, depth int) error {
	if depth > maxJSONDepth {
		return fmt.Errorf("lists and objects are nested more than %d deep", maxJSONDepth)
	}
	t, err := d.dec.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('['):
		for d.dec.More() {
			if err := d.element(topic, depth); err != nil {
				return err
			}
		}
		_, err = d.dec.Token()
	case json.Delim('{'):
		err = d.object(topic, depth, d.line())
	}
	return err
}

// element reads one entry of a list: an object is a question, or holds some; a
// text is a question without an answer.
func (d *jsonDecoder) element(topic string, depth int) error {
	for i := int(d.dec.InputOffset()); i < len(d.data); i++ {
		switch c := d.data[i]; {
		case strings.IndexByte(" \t\r\n,", c) >= 0:
			continue
		case c == '{' || c == '[':
			return d.value(topic, depth+1)
		}
		break
	}
	var v any
	if err := d.dec.Decode(&v); err != nil {
		return err
	}
	if s, ok := v.(string); ok && strings.TrimSpace(s) != "" {
		d.Items = append(d.Items, Item{File: d.file, Line: d.line(), Prompt: cleanInline(inMarkdown(s)), Topic: topic})
	}
	return nil
}

// object reads a question, or an object that holds lists of them by topic.
func (d *jsonDecoder) object(topic string, depth, line int) error {
	item := Item{File: d.file, Line: line, Topic: topic}
	values := map[string]any{}
	var names []string
	first := len(d.Items)
	for d.dec.More() {
		key, err := d.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if f := fieldOf(name); d.opens() && (f == noField || f == fieldQuestion) && !optionKey(name) {
			if err := d.value(d.under(topic, name), depth+1); err != nil {
				return err
			}
			continue
		}
		var v any
		if err := d.decode(&v, depth); err != nil {
			return err
		}
		if _, twice := values[name]; !twice {
			names = append(names, name)
		}
		values[name] = v
	}
	if _, err := d.dec.Token(); err != nil {
		return err
	}
	if len(d.Items) > first {
		d.inherit(first, names, values)
		return nil
	}
	d.question(item, names, values)
	return nil
}

// inherit gives the questions within an object the topic that it names.
func (d *jsonDecoder) inherit(first int, names []string, values map[string]any) {
	for _, name := range names {
		f := fieldOf(name)
		if text := textOf(values[name]); text != "" && (f == fieldTopic || strings.EqualFold(name, "title") || strings.EqualFold(name, "name")) {
			for i := range d.Items[first:] {
				d.Items[first+i].Topic = text
			}
			return
		}
	}
}

// opens tells whether the next value is a list of objects or an object.
func (d *jsonDecoder) opens() bool {
	rest := strings.TrimLeft(d.data[d.dec.InputOffset():min(len(d.data), int(d.dec.InputOffset())+200)], " \t\r\n:")
	if strings.HasPrefix(rest, "{") {
		return true
	}
	rest, ok := strings.CutPrefix(rest, "[")
	rest = strings.TrimLeft(rest, " \t\r\n")
	return ok && (strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "["))
}

// decode reads a value whose depth has been looked at.
func (d *jsonDecoder) decode(v any, depth int) error {
	var raw json.RawMessage
	if err := d.dec.Decode(&raw); err != nil {
		return err
	}
	if nested(raw) > maxJSONDepth-depth {
		return fmt.Errorf("lists and objects are nested more than %d deep", maxJSONDepth)
	}
	return json.Unmarshal(raw, v)
}

// nested is the depth of a value.
func nested(raw []byte) int {
	depth, deepest, quoted := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return deepest
}

// under is the topic of a list that stands under a key.
func (d *jsonDecoder) under(topic, name string) string {
	switch strings.ToLower(name) {
	case "questions", "items", "data", "results", "list", "cards", "notes", "entries", "quiz":
		return topic
	}
	if _, err := strconv.Atoi(name); err == nil {
		return topic
	}
	return strings.NewReplacer("_", " ", "-", " ").Replace(name)
}

// question makes an item of an object with the key of a question. Any other is
// left, with its keys named.
func (d *jsonDecoder) question(item Item, names []string, values map[string]any) {
	title := ""
	asked := false
	for _, name := range names {
		f := fieldOf(name)
		if f == fieldQuestion && strings.EqualFold(name, "title") {
			title = textOf(values[name])
			continue
		}
		asked = asked || f == fieldQuestion
		item.take(f, values[name])
	}
	if item.Prompt == "" {
		item.Prompt = title
	}
	item.settleText()
	if item.Prompt == "" && !asked && title == "" && item.Answer == "" {
		d.leave(Prose, d.file, item.Line, 1, "an object with "+strings.Join(names[:min(len(names), 6)], ", "))
		return
	}
	item.pick(names, values)
	item.Prompt = cleanInline(inMarkdown(item.Prompt))
	d.Items = append(d.Items, item)
}

// take takes up a value of any form.
func (item *Item) take(f field, v any) {
	list, ok := v.([]any)
	if !ok {
		item.put(f, inMarkdown(textOf(v)))
		return
	}
	if f == fieldAnswer {
		list = right(list)
	}
	for _, v := range list {
		text := inMarkdown(textOf(v))
		if f == fieldPoints {
			if text = oneLine(text); text != "" {
				item.Points = append(item.Points, text)
			}
			continue
		}
		if f == fieldAnswer && len(list) > 1 {
			text = "- " + strings.ReplaceAll(text, "\n", "\n  ")
			if item.Answer != "" {
				item.Answer += "\n" + text
				continue
			}
		}
		item.put(f, text)
	}
}

// right leaves the answers that are marked as right, all where none is.
func right(list []any) []any {
	var out []any
	for _, v := range list {
		if correct(v) {
			out = append(out, v)
		}
	}
	if out == nil {
		return list
	}
	return out
}

// correct tells whether a choice is marked as the right one.
func correct(v any) bool {
	o, _ := v.(map[string]any)
	return o["correct"] == true || o["isCorrect"] == true || o["is_correct"] == true
}

// textOf gives a value as text: of an object the text of the point or answer in
// it.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		for _, key := range []string{"point", "text", "answer", "title", "content", "value", "name"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return ""
}

var optionKeys = []string{"options", "choices", "alternatives", "distractors"}

func optionKey(name string) bool { return slices.Contains(optionKeys, strings.ToLower(name)) }

// pick puts the text of the right choice in the place of its letter, and offers
// the choices.
func (item *Item) pick(names []string, values map[string]any) {
	for _, name := range names {
		list, ok := values[name].([]any)
		if !ok || !optionKey(name) {
			continue
		}
		var texts []string
		for _, v := range list {
			texts = append(texts, textOf(v))
		}
		item.offer(texts)
		answer := strings.ToLower(strings.Trim(strings.TrimSpace(item.Answer), "().:"))
		for i, v := range list {
			text := textOf(v)
			if correct(v) && item.Answer == "" || len(answer) == 1 && answer[0] == byte('a'+i%26) {
				item.Answer = text
				return
			}
		}
	}
}
