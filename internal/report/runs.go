package report

import (
	"net/url"
	"regexp"
	"strings"
)

// run is a stretch of text in one style.
type run struct {
	Text             string
	Code, Strong, Em bool
	Link             string // a web address, "" for none
}

// styles finds, in this order: an escaped sign, code, strong, emphasis, a link.
var styles = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])" +
	"|`([^`]+)`" +
	`|\*\*([^*\s](?:[^*]*[^*\s])?)\*\*` +
	`|\*([^*\s](?:[^*]*[^*\s])?)\*` +
	`|\[([^\[\]]+)\]\(([^\s()]+)\)`)

// runs takes a line of Markdown apart.
func runs(s string) []run {
	var out []run
	done := 0
	for _, m := range styles.FindAllStringSubmatchIndex(s, -1) {
		out = plain(out, s[done:m[0]])
		group := func(n int) string { return s[max(0, m[2*n]):max(0, m[2*n+1])] }
		switch {
		case m[2] >= 0:
			out = plain(out, group(1))
		case m[4] >= 0:
			out = append(out, run{Text: group(2), Code: true})
		case m[6] >= 0:
			out = append(out, styled(runs(group(3)), func(s *run) { s.Strong = true })...)
		case m[8] >= 0:
			out = append(out, styled(runs(group(4)), func(s *run) { s.Em = true })...)
		case webAddress(group(6)):
			out = append(out, run{Text: group(5), Link: group(6)})
		default:
			out = plain(out, s[m[0]:m[1]])
		}
		done = m[1]
	}
	return plain(out, s[done:])
}

// codeRuns is a line of a rubric, in which only pairs of backticks mean
// something: a star may be a pointer.
func codeRuns(s string) []run {
	s = Line(s)
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 || strings.Contains(s, "``") {
		return plain(nil, s)
	}
	var out []run
	for i, p := range parts {
		if i%2 == 1 {
			out = append(out, run{Text: p, Code: true})
			continue
		}
		out = plain(out, p)
	}
	return out
}

// plain adds text without a style, if there is any.
func plain(out []run, s string) []run {
	if s == "" {
		return out
	}
	if n := len(out); n > 0 && out[n-1] == (run{Text: out[n-1].Text}) {
		out[n-1].Text += s
		return out
	}
	return append(out, run{Text: s})
}

func styled(list []run, style func(*run)) []run {
	for i := range list {
		style(&list[i])
	}
	return list
}

// webAddress tells whether a link leads to the web and nowhere else.
func webAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(link, "<> \\")
}
