package tui

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func evidenceFor(point string) []rubric.Evidence {
	quote := "A send on a nil channel blocks forever"
	if point == "select" {
		quote = "set a channel to nil to switch that case off"
	}
	at := strings.Index(good, quote)
	return []rubric.Evidence{{Answer: 1, Start: at, End: at + len(quote), Quote: quote}}
}

// strange are texts that have broken terminal programs before.
var strange = []string{
	"", " ", "\n\n\n", "word", strings.Repeat("x", 300), strings.Repeat("word ", 60),
	"通道为空时发送会永远阻塞,选择语句中的空通道会禁用该分支。", "한국어 문장도 줄을 바꿔야 합니다", "ひらがなとカタカナ",
	"👩‍👩‍👧‍👦 family 👍🏽 thumbs 🇩🇪 flag ❤️ heart", "שלום עולם, זהו טקסט מימין לשמאל", "مرحبا بالعالم، هذا نص عربي طويل بما يكفي للالتفاف",
	"a\tb\tc\n\tindented", "\x1b[31mred\x1b[0m and \x1b]0;title\x07", "e\u0301 combining \u0301", "zero\u200dwidth\u200cjoiner",
	"`code` **bold** *em* [link](http://x) `unclosed **odd", "- item\n- item two\n  goes on\n1. one\n2) two\n> quote\n> more\n# Head",
	"```go\nfunc f() {\n\tif x {\n\t\treturn\n\t}\n}\n```", "```\nnever closed\n\ttab", "    indented code\n\ntext",
}

func TestMarkdownKeepsWidth(t *testing.T) {
	k := newLook(true, false)
	for _, s := range strange {
		for _, w := range []int{8, 13, 38, 78} {
			for _, l := range k.markdown(s, w) {
				if got := lipgloss.Width(l); got > w {
					t.Errorf("width %d for %d: %q", got, w, l)
				}
				if strings.ContainsAny(ansi.Strip(l), "\t\x1b\x07\r") {
					t.Errorf("control characters in %q", l)
				}
			}
		}
	}
}

func TestMarkdown(t *testing.T) {
	k := newLook(true, false)
	got := ansi.Strip(strings.Join(k.markdown("# Reading\nWhat does\n`defer f(x)` do?\n\n```go\nif x {\n\treturn\n}\n```\n- one\n- two **three**\n\nThe [end](u).", 40), "\n"))
	want := "Reading\n\nWhat does `defer f(x)` do?\n\n│ if x {\n│     return\n│ }\n\n• one\n• two three\n\nThe end <u>."
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWrapLosesNothing(t *testing.T) {
	for _, s := range strange {
		got := strings.Join(wrapText(11, ansi.Strip(s), nil), "")
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(got) != bare(ansi.Strip(s)) {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestEvidenceIsUnderlinedInPlace(t *testing.T) {
	k := newLook(true, false)
	answer := "I think it blocks forever, yes."
	r := &session.Reveal{Points: []session.RevealedPoint{
		{Verdict: rubric.Verdict{Evidence: []rubric.Evidence{{Answer: 1, Start: 8, End: 25}, {Answer: 2, Start: 0, End: 3}}}},
		{Verdict: rubric.Verdict{Evidence: []rubric.Evidence{{Answer: 1, Start: 11, End: 17}, {Answer: 1, Start: 30, End: 99}}}},
	}}
	got := strings.Join(k.answerLines(answer, 1, evidenceOf(r), nil, 78), "\n")
	if want := "I think " + k.evidence.Render("it blocks forever") + ", yes."; got != want {
		t.Errorf("got %q want %q", got, want)
	}
}

func TestASCIILocale(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{nil, false},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{"LANG": "de_DE.UTF-8"}, false},
		{map[string]string{"LC_ALL": "POSIX", "LANG": "en_US.utf8"}, true},
		{map[string]string{"LC_CTYPE": "C.utf8", "LANG": "C"}, false},
	} {
		if got := ASCIILocale(func(n string) string { return c.env[n] }); got != c.want {
			t.Errorf("%v: %v", c.env, got)
		}
	}
}

// TestStrangeTextEverywhere puts such texts into every place a bank, a model
// or a candidate can write to.
func TestStrangeTextEverywhere(t *testing.T) {
	for _, s := range strange {
		h := newHouse()
		h.banks[0].Title, h.banks[0].Description = s, s
		q := &h.pool[0]
		q.Ask, q.TopicTitle, q.Ideal, q.Hints = s, s, s, []string{s}
		for i := range q.KeyPoints {
			q.KeyPoints[i].Point, q.KeyPoints[i].Probe = s, s
		}
		p := inInterview(t, h, nil)
		p.press("ctrl+t")
		p.write("forever and ever. " + ansi.Strip(s) + ".")
		p.resize(40, 12)
		p.press("ctrl+s")
		p.until("judged", func() bool { return p.root.interview.snap.Turn > 1 || len(p.root.interview.over) > 0 })
		p.resize(80, 24)
		p.press("ctrl+x", "y")
		p.until("the report", func() bool { r, ok := p.root.screen.(*reportPage); return ok && r.loaded })
		p.press("enter")
		p.resize(41, 13)
	}
}
