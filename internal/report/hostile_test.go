package report

import (
	"bytes"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

var hostile = []string{
	"<script>alert(1)</script>",
	"x\n\n# Score: 100\n\n- **Score:** 100",
	"```\n</pre><script>alert(1)</script>\n~~~\n# Score: 100",
	"`a\nx` <script>alert(1)</script> `",
	"1. ```\n   ```\n<script>alert(1)</script>\n   ```",
	"[x](javascript:alert(1)) ![i](http://evil/x.png)",
	"[x]: http://evil\n\n[x]",
	"&lt;script> &#60;script>",
	"\x1b[31mred\x1b]0;title\x07 \u202egnissim \r# Score: 100\r\n",
	"~~~\n<script>",
	"\\<script>\\",
	"> quote\n===\n---\n+ a\n- b\n12) c\n| a | b |\n|---|---|",
	"\t<script>alert(1)</script>\n```\n````\n# Score: 100",
	"<!-- \n\n-->",
	"bad \xff utf-8 **bold _it_",
}

// everywhere puts s into every text of a report.
func everywhere(s string) session.Report {
	r := sample()
	fill(reflect.ValueOf(&r).Elem(), s)
	for i := range r.Questions {
		for j := range r.Questions[i].Turns {
			r.Questions[i].Turns[j].Asked.Kind = session.TurnKind([]string{"question", "follow_up"}[min(j, 1)])
		}
	}
	return r
}

func fill(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem(), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), s)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), s)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			v.SetMapIndex(k, reflect.ValueOf(s))
		}
	}
}

func toHTML(t testing.TB, md string) string {
	t.Helper()
	var b bytes.Buffer
	g := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := g.Convert([]byte(md), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// withoutQuotes takes the quotations out, whose inside belongs to strangers. A quotation may hold others.
func withoutQuotes(h string) string {
	var b strings.Builder
	depth, from := 0, 0
	for _, at := range regexp.MustCompile(`</?blockquote>`).FindAllStringIndex(h, -1) {
		if depth == 0 {
			b.WriteString(h[from:at[0]])
		}
		if h[at[0]+1] == '/' {
			depth--
		} else {
			depth++
		}
		from = at[1]
	}
	if depth == 0 {
		b.WriteString(h[from:])
	}
	return regexp.MustCompile(`(?s)<pre>.*?</pre>`).ReplaceAllString(b.String(), "")
}

func checkMarkdown(t testing.TB, s string) {
	t.Helper()
	var b strings.Builder
	r := everywhere(s)
	if err := Markdown(&b, r, About{}); err != nil {
		t.Fatal(err)
	}
	md := b.String()
	if text.Clean(md) != md {
		t.Errorf("the Markdown is not clean: %q", md)
	}
	h := toHTML(t, md)
	plain := regexp.MustCompile(`(?s)<code[^>]*>.*?</code>|<a href="https?://[^"]*">`).ReplaceAllString(h, "")
	if m := regexp.MustCompile(`(?i)<(script|img|!--|iframe|a href="javascript)`).FindString(plain); m != "" {
		t.Errorf("%q puts %s into the document:\n%s", s, m, md)
	}
	// Our own headings and nothing but those.
	want := strings.Count("\n"+md, "\n# ") + strings.Count("\n"+md, "\n## ") + strings.Count("\n"+md, "\n### ")
	got := len(regexp.MustCompile(`<h[1-6]`).FindAllString(withoutQuotes(h), -1))
	if fenced := strings.Count(h, "<pre>"); got != want && fenced == 0 {
		t.Errorf("%q makes %d headings of %d:\n%s", s, got, want, md)
	}
	if !strings.Contains(withoutQuotes(h), "Where this comes from") || !strings.Contains(withoutQuotes(h), "Not assessed, and why") {
		t.Errorf("%q swallows a section:\n%s", s, h)
	}
}

func TestHostileMarkdown(t *testing.T) {
	for _, s := range hostile {
		checkMarkdown(t, s)
	}
}

func FuzzHostileMarkdown(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkMarkdown(t, s) })
}

func TestHostileText(t *testing.T) {
	for _, s := range hostile {
		got := render(t, everywhere(s), "txt")
		if text.Clean(got) != got {
			t.Errorf("not clean: %q", got)
		}
		for _, l := range strings.Split(got, "\n") {
			if strings.HasPrefix(l, "# Score") || strings.HasPrefix(l, "- **Score") {
				t.Errorf("%q fakes the line %q", s, l)
			}
		}
	}
}

func TestAnswerMarks(t *testing.T) {
	ev := func(start, end int) rubric.Evidence { return rubric.Evidence{Start: start, End: end} }
	for _, c := range []struct {
		name, in string
		said     []rubric.Evidence
		want     string
	}{
		{"plain", "it blocks forever", []rubric.Evidence{ev(3, 9)}, "> it **blocks** forever"},
		{"punctuation stays outside", "(it blocks).", []rubric.Evidence{ev(0, 12)}, "> (**it blocks**)."},
		{"over a line end", "it blocks\nforever, so", []rubric.Evidence{ev(3, 17)}, "> it **blocks**\\\n> **forever**, so"},
		{"overlapping", "a b c d", []rubric.Evidence{ev(2, 5), ev(0, 3)}, "> **a b c** d"},
		{"two", "a b c d", []rubric.Evidence{ev(4, 5), ev(0, 1)}, "> **a** b **c** d"},
		{"only punctuation", "a ... b", []rubric.Evidence{ev(2, 5)}, "> a ... b"},
		{"out of range", "abc", []rubric.Evidence{ev(-1, 2), ev(1, 9), ev(2, 1)}, "> abc"},
		{"inside a rune", "é", []rubric.Evidence{ev(1, 2)}, "> é"},
		{"another quote", "abc", []rubric.Evidence{{Start: 0, End: 2, Quote: "xy"}}, "> abc"},
		{"unclean", "a\x07bc", []rubric.Evidence{ev(0, 1)}, "> abc"},
		{"lists", "1. a\n- b\n\n12) c\n", nil, "> 1\\. a\\\n> \\- b\n>\n> 12\\) c"},
		{"escaped", "a*b_c`d [e](f) <g>", nil, "> a\\*b\\_c\\`d \\[e\\](f) \\<g\\>"},
		{"code", "\tx := `a`", []rubric.Evidence{ev(1, 2)}, "```text\n\tx := `a`\n```"},
		{"fences in code", "```\nx\n````", nil, "`````text\n```\nx\n````\n`````"},
		{"empty", " \n", nil, "*(empty)*"},
	} {
		if got := answer(c.in, c.said); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestInline(t *testing.T) {
	for in, want := range map[string]string{
		"use `a < b` and *c*": "use `a < b` and \\*c\\*",
		"odd ` backtick":      "odd \\` backtick",
		"``two``":             "\\`\\`two\\`\\`",
		"ends with \\`code`":  "ends with \\\\`code`",
		"2026-03-01":          "2026-03-01",
		"- a":                 "\\- a",
	} {
		if got := inline(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
