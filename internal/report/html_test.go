package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

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
