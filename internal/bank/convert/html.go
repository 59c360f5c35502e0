package convert

import (
	"html"
	"regexp"
	"strings"
)

// tag is one HTML tag of those that lists use. Others, such as <minute>, are
// mostly words between angle brackets and stay.
var tag = regexp.MustCompile(`(?i)</?(?:a|abbr|b|big|blockquote|br|center|code|dd|details|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|` +
	`picture|q|s|samp|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|video)(?:\s[^<>]*)?/?>`)

var (
	href     = regexp.MustCompile(`(?i)\bhref\s*=\s*["']?([^"'\s>]+)`)
	language = regexp.MustCompile(`(?i)\bclass\s*=\s*["']?(?:language|lang)-([A-Za-z0-9+#_.-]+)`)
	tagName  = regexp.MustCompile(`(?i)^</?([a-z][a-z0-9]*)`)
)

// fromHTML writes HTML as Markdown: paragraphs, lists, code, and the text of
// everything else.
func fromHTML(s string) string {
	h := htmlReader{}
	at := 0
	for _, m := range tag.FindAllStringIndex(s, -1) {
		h.text(s[at:m[0]])
		h.tag(s[m[0]:m[1]])
		at = m[1]
	}
	h.text(s[at:])
	h.end()
	return strings.TrimSpace(h.out.String())
}

// htmlReader collects the Markdown of HTML.
type htmlReader struct {
	out    strings.Builder
	pre    bool // within <pre>
	opened bool // just now: the language may follow
	link   string
}

func (h *htmlReader) text(s string) {
	if h.opened && s != "" {
		h.begin("")
		s = strings.TrimPrefix(s, "\n")
	}
	s = html.UnescapeString(s)
	if !h.pre {
		s = strings.ReplaceAll(s, "\u00a0", " ")
	}
	h.out.WriteString(s)
}

func (h *htmlReader) tag(t string) {
	name := strings.ToLower(tagName.FindStringSubmatch(t)[1])
	closes := strings.HasPrefix(t, "</")
	switch name {
	case "br":
		h.out.WriteString("\n")
	case "p", "div", "ul", "ol", "table", "blockquote", "hr", "dl":
		h.out.WriteString("\n\n")
	case "li", "tr", "dt", "dd":
		if !closes {
			h.out.WriteString("\n- ")
		}
	case "td", "th":
		if closes {
			h.out.WriteString("; ")
		}
	case "code", "tt", "kbd", "samp":
		switch m := language.FindStringSubmatch(t); {
		case h.opened && m != nil:
			h.begin(m[1])
		case !h.pre:
			h.out.WriteString("`")
		}
	case "pre":
		if closes {
			h.end()
		} else if !h.pre {
			h.pre, h.opened = true, true
			h.out.WriteString("\n\n```")
		}
	case "a":
		h.anchor(t, closes)
	}
}

// begin ends the line that opens a block of code.
func (h *htmlReader) begin(language string) {
	h.opened = false
	h.out.WriteString(language + "\n")
}

// anchor writes a link as Markdown does, so that it is found again.
func (h *htmlReader) anchor(t string, closes bool) {
	if closes {
		if h.link != "" {
			h.out.WriteString("](" + h.link + ")")
		}
		h.link = ""
		return
	}
	if m := href.FindStringSubmatch(t); m != nil && h.link == "" && !strings.HasPrefix(m[1], "#") {
		h.link = strings.ReplaceAll(m[1], ")", "%29")
		h.out.WriteString("[")
	}
}

// end closes a block of code that is open.
func (h *htmlReader) end() {
	if h.pre {
		if h.opened {
			h.begin("")
		}
		h.pre = false
		h.out.WriteString("\n```\n\n")
	}
}
