package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

func TestSegments(t *testing.T) {
	ev := func(start, end, n int, kind string) quoted {
		return quoted{rubric.Evidence{Start: start, End: end}, n, kind}
	}
	show := func(list []segment) string {
		var b strings.Builder
		for _, s := range list {
			if s.Kind == "" {
				b.WriteString(s.Text)
				continue
			}
			fmt.Fprintf(&b, "[%s %s %v]", s.Kind, s.Text, s.Ends)
		}
		return b.String()
	}
	for _, c := range []struct {
		name, in string
		said     []quoted
		want     string
	}{
		{"plain", "it blocks for ever", []quoted{ev(3, 9, 1, "met")}, "it [met blocks [1]] for ever"},
		{"none", "it", nil, "it"},
		{"overlap", "abcdef", []quoted{ev(0, 4, 1, "met"), ev(2, 6, 2, "contradicted")}, "[met ab []][contradicted cd [1]][contradicted ef [2]]"},
		{"the same", "abc", []quoted{ev(0, 3, 3, "met"), ev(0, 3, 1, "partial"), ev(0, 3, 1, "partial")}, "[partial abc [1 3]]"},
		{"out of range", "abc", []quoted{ev(-1, 2, 1, "met"), ev(1, 9, 1, "met")}, "abc"},
		{"unclean", "a\x07bc", []quoted{ev(0, 1, 1, "met")}, "abc"},
	} {
		if got := show(segments(c.in, c.said)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestBlocks(t *testing.T) {
	words := func(list []run) string {
		var b strings.Builder
		for _, r := range list {
			open := ""
			for _, style := range []struct {
				on   bool
				sign string
			}{{r.Code, "`"}, {r.Strong, "*"}, {r.Em, "_"}, {r.Link != "", "@"}} {
				if style.on {
					open += style.sign
				}
			}
			b.WriteString(open + r.Text + open)
		}
		return b.String()
	}
	for in, want := range map[string]string{
		"two\nlines\n\nand a second":             "p two lines|p and a second",
		"**all `x` of** it":                      "p *all *`*x`** of* it",
		"a *b* c":                                "p a _b_ c",
		"2 * 3 * 4 and *T and *S":                "p 2 * 3 * 4 and *T and *S",
		"[go](https://go.dev) [x](javascript:y)": "p @go@ [x](javascript:y)",
		"\\*not\\* it":                           "p *not* it",
		"## Head ##\ntext":                       "p *Head*|p text",
		"say\n- one\n  more\n- two\n1) three":    "p say|ul one more,two|ol three",
		"```go\nx < y\n```\nend":                 "pre x < y|p end",
		"    x\n    y":                           "pre     x\n    y",
		"as 2, 1,\n0. The end":                   "p as 2, 1, 0. The end",
		"say\n1. one\n2. two":                    "p say|ol one,two",
		"a ` b":                                  "p a ` b",
		"":                                       "",
	} {
		var got []string
		for _, b := range blocks(in) {
			switch {
			case b.Code:
				got = append(got, "pre "+b.Text)
			case b.Items != nil:
				var items []string
				for _, item := range b.Items {
					items = append(items, words(item))
				}
				got = append(got, map[bool]string{true: "ol ", false: "ul "}[b.Ordered]+strings.Join(items, ","))
			default:
				got = append(got, "p "+words(b.Runs))
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", in, strings.Join(got, "|"), want)
		}
	}
}
