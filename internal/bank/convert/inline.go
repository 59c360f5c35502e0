package convert

import (
	"regexp"
	"strings"

	"github.com/elios/elios/internal/rubric"
)

var (
	image      = regexp.MustCompile(`!\[[^\[\]]*\]\([^()\s]*(?:\s+"[^"]*")?\)|(?i)<img\s[^<>]*>`)
	mdLink     = regexp.MustCompile(`\[([^\[\]]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+"[^"]*")?\s*\)`)
	codeSpan   = regexp.MustCompile("(?s)```.*?```|~~~.*?~~~|`[^`\n]+`")
	refLink    = regexp.MustCompile(`\[([^\[\]]+)\]\[[^\[\]]*\]`)
	wholeBold  = regexp.MustCompile(`^(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?$`)
	nonMeaning = regexp.MustCompile(`^[\s\p{So}\p{Sk}\x{200d}\x{fe0f}:>#*_|-]+`)
)

// outsideCode applies f to what is not code, which nothing may change.
func outsideCode(s string, f func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range codeSpan.FindAllStringIndex(s, -1) {
		b.WriteString(f(s[at:m[0]]))
		b.WriteString(s[m[0]:m[1]])
		at = m[1]
	}
	b.WriteString(f(s[at:]))
	return b.String()
}

// cleanInline takes links, images and HTML out of Markdown and leaves the rest
// as it is.
func cleanInline(s string) string {
	s = outsideCode(s, func(s string) string {
		s = image.ReplaceAllString(s, "")
		s = mdLink.ReplaceAllString(s, "$1")
		s = refLink.ReplaceAllString(s, "$1")
		return s
	})
	return outsideCode(s, func(s string) string {
		if !strings.Contains(s, "<") {
			return s
		}
		s = strings.NewReplacer("<code>", "`", "</code>", "`", "<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(s)
		return tag.ReplaceAllString(s, "")
	})
}

// plainInline is the bare text of a line.
func plainInline(s string) string {
	return strings.TrimSpace(strings.NewReplacer("**", "", "__", "", "`", "").Replace(cleanInline(s)))
}

// title reads the text of a heading: without its number, links and emphasis
// around the whole.
func title(s string) (text string, numbered bool) {
	s, _ = undecorated(strings.TrimSpace(cleanInline(s)))
	if m := wholeBold.FindStringSubmatch(s); m != nil && !strings.Contains(m[1], "**") {
		s = m[1]
	}
	if m := numbering.FindString(s); m != "" && len(m) < len(s) {
		s, numbered = s[len(m):], true
	}
	if m := wholeBold.FindStringSubmatch(s); m != nil && !strings.Contains(m[1], "**") {
		s = m[1]
	}
	if n := len(s); n > 2 && s[0] == '*' && s[n-1] == '*' && !strings.Contains(s[1:n-1], "*") {
		s = s[1 : n-1] // what is left of ***whole***
	}
	return strings.TrimSpace(s), numbered
}

// linksOf lists the web addresses of a text as references.
func linksOf(s string) []rubric.Reference {
	var out []rubric.Reference
	for _, m := range mdLink.FindAllStringSubmatch(codeSpan.ReplaceAllString(image.ReplaceAllString(s, ""), ""), -1) {
		if r, ok := reference(m[1], m[2]); ok {
			out = append(out, r)
		}
	}
	return out
}

// reference is a link that a bank may hold.
func reference(title, url string) (rubric.Reference, bool) {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") || len(url) > 2000 || strings.ContainsAny(url, " \n\"<>`{}|\\^") {
		return rubric.Reference{}, false
	}
	title = plainInline(title)
	if title == "" {
		title = url
	}
	return rubric.Reference{Title: title, URL: url}, true
}
