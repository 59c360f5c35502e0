package bank

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// bomb is the classic: each line stands for ten of the one before.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return b.String()
}

func TestLimits(t *testing.T) {
	long := strings.Repeat("x", MaxText+1)
	for name, c := range map[string]struct{ data, want string }{
		"size":       {strings.Repeat("# xxxxx\n", MaxFileSize/8+1), "b.yaml: the file is larger than 1024 KiB"},
		"depth":      {"a: " + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), "b.yaml:1:43: this is nested too deeply, or an alias holds itself"},
		"very deep":  {strings.Repeat("[", MaxFileSize), "exceeded max depth"},
		"text":       {"title: " + long, "b.yaml:1:8: this text has 20001 characters, more than 20000"},
		"alias bomb": {bomb(), "the aliases of this file stand for too many values"},
		"text bomb": {
			"a: &a " + long[:MaxText] + "\nb: [" + strings.Repeat("*a, ", 300) + "]",
			"b.yaml:2:841: the aliases of this file stand for too much text",
		},
		"cycle": {"a: &a [*a]", "b.yaml:1:8: this is nested too deeply, or an alias holds itself"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Parse("b.yaml", []byte(c.data))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %.300v\nwant %s", err, c.want)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// header is a bank without questions.
const header = "elios: bank/v1\nid: many\ntitle: M\nversion: 1.0.0\nlanguage: en\ntopics: [{id: a, title: A}]\nquestions:\n"

func many(n int) []byte {
	var b strings.Builder
	b.WriteString(header)
	for i := range n {
		fmt.Fprintf(&b, "- {id: q%d, type: open, topic: a, level: %d, ask: Q, key_points: [{id: p, weight: 1, point: P}]}\n", i, i%5+1)
	}
	return []byte(b.String())
}

func TestQuestionLimit(t *testing.T) {
	if b, err := Parse("b.yaml", many(MaxQuestions)); err != nil || len(b.Questions) != MaxQuestions {
		t.Error(err)
	}
	if _, err := Parse("b.yaml", many(MaxQuestions+1)); err == nil || !strings.Contains(err.Error(), "more than 5000 questions") {
		t.Error(err)
	}
	if _, err := Parse("b.yaml", []byte(header+"  []")); err == nil || err.Error() != "b.yaml:8:3: there are no questions" {
		t.Error(err)
	}
}

func TestHostileText(t *testing.T) {
	data := edit(t, "title: Message queues", `title: "Bad \e[31mred\e[0m \u202Eback \0 nul\u200b"`)
	b, err := Parse("b.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	if want := text.Clean("Bad \x1b[31mred\x1b[0m \u202Eback \x00 nul\u200b"); b.Title != want || strings.ContainsAny(b.Title, "\x1b\x00\u202e") {
		t.Errorf("title %q, want %q", b.Title, want)
	}
	_, err = Parse("b\x1b]0;x\a.yaml", edit(t, "    level: 2", "    \"\\e[31mlevle\\n\": 2\n    level: 2"))
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\a\n") {
		t.Errorf("a problem hands on %q", err)
	}
}

// dirty finds a text in v that was not cleaned.
func dirty(v reflect.Value) (string, bool) {
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		return s, !utf8.ValidString(s) || text.Clean(s) != s
	case reflect.Pointer:
		if !v.IsNil() {
			return dirty(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if s, bad := dirty(v.Field(i)); bad {
				return s, true
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if s, bad := dirty(v.Index(i)); bad {
				return s, true
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if s, bad := dirty(it.Key()); bad {
				return s, true
			}
			if s, bad := dirty(it.Value()); bad {
				return s, true
			}
		}
	}
	return "", false
}

func FuzzParse(f *testing.F) {
	f.Add(edit(f, "queues", "queues"))
	for _, c := range broken {
		f.Add(edit(f, c.old, c.fresh))
	}
	f.Add(edit(f, "title: Message queues", `title: "\e[31m\u202E\0\u200b\r\n"`))
	for _, s := range []string{bomb(), "a: &a [*a]", "? [a]: b", "a: b: c", "\xef\xbb\xbfa: 1", "%YAML 1.2\n---\n", "!!binary x", "<<: {a: 1}", "a: !!int"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Parse("b.yaml", data)
		if err != nil {
			if s := err.Error(); b != nil || s == "" || text.Clean(s) != s {
				t.Errorf("error %q", s)
			}
			return
		}
		if s, bad := dirty(reflect.ValueOf(b)); bad {
			t.Errorf("the text %q is not clean", s)
		}
		for i := range b.Questions {
			if _, err := b.Questions[i].Hash(); err != nil {
				t.Error(err)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	data := many(500)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Parse("b.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}
