package report

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// element is a tag as our template writes them, with its attributes.
var (
	element   = regexp.MustCompile(`^<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"]*")?)*)(/?)>`)
	attribute = regexp.MustCompile(` ([a-zA-Z-]+)(?:="([^"]*)")?`)
)

var (
	elements = strings.Fields(`html head meta title style body header main footer section article div p span h1 h2 h3 dl dt dd
		table caption thead tbody tr th td ol ul li pre code blockquote mark sup a strong em b q svg rect`)
	attributes = strings.Fields(`lang charset http-equiv content name class id aria-labelledby aria-label aria-hidden scope dir
		href rel viewBox preserveAspectRatio role x width height`)
	void = strings.Fields("meta rect")
)

// checkHTML holds a page against what our template may write: known elements
// with known attributes, well nested, and every other < escaped.
func checkHTML(h string) error {
	var open []string
	h = strings.TrimPrefix(h, "<!doctype html>")
	if _, rest, ok := strings.Cut(h, "</style>"); ok {
		before, _, _ := strings.Cut(h, "<style>")
		h = before + "<style></style>" + rest
	}
	for i := strings.IndexByte(h, '<'); i >= 0; i = strings.IndexByte(h, '<') {
		m := element.FindStringSubmatch(h[i:])
		if m == nil {
			return fmt.Errorf("no element of ours: %.60q", h[i:])
		}
		if !slices.Contains(elements, m[2]) {
			return fmt.Errorf("element %s", m[2])
		}
		switch {
		case m[1] == "/":
			if len(open) == 0 || open[len(open)-1] != m[2] {
				return fmt.Errorf("%s ends inside %v", m[2], open)
			}
			open = open[:len(open)-1]
		case !slices.Contains(void, m[2]):
			open = append(open, m[2])
		}
		for _, a := range attribute.FindAllStringSubmatch(m[3], -1) {
			if !slices.Contains(attributes, a[1]) {
				return fmt.Errorf("attribute %s of %s", a[1], m[2])
			}
			if a[1] == "href" && !regexp.MustCompile(`^(#q\d|https?://)`).MatchString(a[2]) {
				return fmt.Errorf("link to %s", a[2])
			}
		}
		h = h[i+len(m[0]):]
	}
	if len(open) > 0 {
		return fmt.Errorf("%v stay open", open)
	}
	return nil
}

func TestHostileHTML(t *testing.T) {
	for _, s := range append(hostile, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, "</style><script>", "</title><script>",
		"https://x\" onclick=\"alert(1)", "{{.}}", "`</code><script>`", "**<b>** [<i>](https://x/<i>)", "- <li>\n- x\n\n1. y") {
		got := render(t, everywhere(s), "html")
		if err := checkHTML(got); err != nil {
			t.Errorf("%q: %v", s, err)
		}
		if text.Clean(got) != got {
			t.Errorf("%q: the page is not clean", s)
		}
	}
}

func FuzzHostileHTML(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := render(t, everywhere(s), "html")
		if err := checkHTML(got); err != nil {
			t.Error(err)
		}
		if text.Clean(got) != got {
			t.Error("the page is not clean")
		}
	})
}

// The check itself must refuse what it is for.
func TestCheckHTMLRefuses(t *testing.T) {
	for _, h := range []string{
		"<script></script>", "<p onclick=\"x\"></p>", "<p style=\"x\"></p>", "<a href=\"javascript:x\"></a>", "<p>", "<p></div>", "a < b", "<!-- x -->",
	} {
		if checkHTML(h) == nil {
			t.Errorf("%q is taken", h)
		}
	}
}

func TestHTMLNeedsNothingBesideIt(t *testing.T) {
	got := render(t, sample(), "html")
	for _, s := range []string{"<script", "<link", "<img", "@import", "url(", "@font-face"} {
		if strings.Contains(got, s) {
			t.Errorf("the page has %s", s)
		}
	}
	for _, s := range []string{
		`<html lang="en">`, `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"`, "@media print", "prefers-color-scheme: dark",
		`<meta name="viewport"`, `<th scope="col">`, `<th scope="row">`,
	} {
		if !strings.Contains(strings.ReplaceAll(got, "'", "&#39;"), s) {
			t.Errorf("the page lacks %s", s)
		}
	}
	if n := strings.Count(got, "<h1"); n != 1 {
		t.Errorf("%d first headings", n)
	}
}

// Every pair of colours that text is written in can be read: WCAG AA, 4.5.
func TestContrast(t *testing.T) {
	css := string(styleSheet)
	themes := map[string]string{
		"light": css[:strings.Index(css, "prefers-color-scheme: dark")],
		"dark":  css[strings.Index(css, "prefers-color-scheme: dark"):strings.Index(css, "* {")],
		"print": css[strings.Index(css, "@media print"):],
	}
	for name, part := range themes {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(part, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []string{
			"ink paper", "ink card", "ink soft", "ink tint", "muted paper", "muted card", "muted tint",
			"accent paper", "accent card", "accent soft", "accent tint", "card accent",
		} {
			fore, back, _ := strings.Cut(pair, " ")
			a, b := colours[fore], colours[back]
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("%s: %s on %s is only %.2f", name, fore, back, ratio)
			}
		}
	}
}

// luminance is WCAG's relative luminance of a colour.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = hex[1:]
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

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
