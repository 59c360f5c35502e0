package speech

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

func TestSpoken(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"prose", "What is\na  map?\n", "What is a map?"},
		{"paragraphs", "One\n\nTwo!", "One. Two!"},
		{"a fence", "What does this print?\n\n```go\nfmt.Println(1)\n```\nAnd why?", "What does this print? There is code on the screen. And why?"},
		{"fences in a row", "```\na\n```\n\n~~~\nb\n~~~\nWhy?", "There is code on the screen. Why?"},
		{"an open fence", "Look:\n```\na\nb", "Look: There is code on the screen."},
		{"indented code", "Look:\n\n    a := 1\n    b := 2\n\nWhy?", "Look: There is code on the screen. Why?"},
		{"inline code", "Why can `*T` satisfy `io.Writer`, `T` not?", "Why can *T satisfy io.Writer, T not?"},
		{"doubled backticks", "Say ``a`` now", "Say a now."},
		{"emphasis", "A *small* and **very big** __one__, _really_.", "A small and very big one, really."},
		{"no emphasis", "What is 2 * 3 * 4 in snake_case_name?", "What is 2 * 3 * 4 in snake_case_name?"},
		{"heading", "# Maps\nWhat of them?", "Maps. What of them?"},
		{"list", "Choose:\n- one\n- two\n  and more\n\n      deep\n1. last", "Choose: one. two and more. deep. 1. last."},
		{"quote", "> He said\n> so", "He said so."},
		{"rule", "a\n\n---\n\nb", "a. b."},
		{"table", "See:\n| a | b |\n|---|---|\n| 1 | 2 |\nWhy?", "See: There is a table on the screen. Why?"},
		{"link", "Read [the manual](https://x.y/z) or https://a.b/c?d, ![a cat](c.png)", "Read the manual or a link a cat."},
		{"speech commands", "[[volm 0]] [[[x", "[ [volm 0]] [ [ [x."},
		{"terminal", "\x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07bell\x07\u202e", "red bell."},
		{"other scripts", "これは何ですか？", "これは何ですか？."},
		{"nothing", "\n \x1b[0m\n---\n", ""},
	} {
		if got := Spoken(tc.src); got != tc.want {
			t.Errorf("%s:\n got %q\nwant %q", tc.name, got, tc.want)
		}
	}
}

func TestSpokenHasAnEnd(t *testing.T) {
	got := Spoken(strings.Repeat("word ", 5000))
	if n := utf8.RuneCountInString(got); n > maxSpoken+30 || !strings.HasSuffix(got, "word. "+restHere) {
		t.Errorf("%d characters, …%q", n, got[len(got)-60:])
	}
}

func FuzzSpoken(f *testing.F) {
	for _, seed := range []string{"a `b` **c**", "```\nx", "- [a](b)\n> c", "[[[[ \x1b[", "| a |\n\n    b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got := Spoken(src)
		if got != text.Clean(got) || strings.ContainsAny(got, "\n\t") || strings.Contains(got, "[[") {
			t.Errorf("%q becomes %q", src, got)
		}
		if n := utf8.RuneCountInString(got); n > maxSpoken+30 {
			t.Errorf("%d characters", n)
		}
	})
}
