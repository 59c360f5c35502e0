package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/text"
)

// inline reads `code`, **strong**, *stress* and [text](address). Backticks stay
// as muted signs: without colour code must not turn into prose.
func (k *look) inline(s string) []span {
	var out []span
	for len(s) > 0 {
		at := strings.IndexAny(s, "`*[\\")
		if at < 0 {
			return append(out, span{s, nil})
		}
		if at > 0 {
			out = append(out, span{s[:at], nil})
			s = s[at:]
		}
		spans, n := k.inlineAt(s)
		out = append(out, spans...)
		s = s[n:]
	}
	return out
}

// inlineAt reads the markup s begins with and says how long it is; a lone sign
// is itself.
func (k *look) inlineAt(s string) ([]span, int) {
	switch {
	case s[0] == '\\' && len(s) > 1 && strings.IndexByte("`*[]_\\#", s[1]) >= 0:
		return []span{{s[1:2], nil}}, 2
	case s[0] == '`':
		if body, n := between(s, "`", "`"); n > 0 {
			return []span{{"`", &k.mutedStyle}, {body, &k.accentStyle}, {"`", &k.mutedStyle}}, n
		}
	case strings.HasPrefix(s, "**"):
		if body, n := between(s, "**", "**"); n > 0 {
			return []span{{body, &k.strong}}, n
		}
	case s[0] == '*':
		if body, n := between(s, "*", "*"); n > 0 && !strings.HasPrefix(body, " ") {
			return []span{{body, &k.strong}}, n
		}
	case s[0] == '[':
		return k.link(s)
	}
	return []span{{s[:1], nil}}, 1
}

func (k *look) link(s string) ([]span, int) {
	label, n := between(s, "[", "](")
	if n == 0 {
		return []span{{s[:1], nil}}, 1
	}
	address, m := between(s[n-1:], "(", ")")
	if m == 0 {
		return []span{{s[:1], nil}}, 1
	}
	return []span{{label + " ", nil}, {"<" + address + ">", &k.mutedStyle}}, n - 1 + m
}

// between gives what stands between two signs at the start of s, and the
// length of all of it; 0 when the second sign is missing.
func between(s, from, to string) (string, int) {
	body, ok := strings.CutPrefix(s, from)
	if !ok {
		return "", 0
	}
	i := strings.Index(body, to)
	if i <= 0 {
		return "", 0
	}
	return body[:i], len(from) + i + len(to)
}

// hardBreak cuts a line into pieces of w columns.
func hardBreak(s string, w int) []string {
	if ansi.StringWidth(s) <= w || w < 2 {
		return []string{s}
	}
	return strings.Split(ansi.Hardwrap(s, w, true), "\n")
}

// flat is the first words of a question for a list, without its markup.
func (k *look) flat(s string) string {
	var b strings.Builder
	for _, l := range strings.Split(text.Clean(s), "\n") {
		if strings.HasPrefix(strings.TrimSpace(l), "```") {
			continue
		}
		for _, p := range k.inline(l) {
			b.WriteString(p.text)
		}
		b.WriteByte(' ')
	}
	return report.Line(b.String())
}
