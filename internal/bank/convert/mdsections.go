package convert

import (
	"regexp"
	"strings"
)

// section is a heading with the lines beneath it, up to the next heading.
type section struct {
	line     int
	level    int    // 1–6; 0 before the first heading, 7 for one that is only bold
	raw      string // as it stands
	title    string
	numbered bool
	signs    int // of the question, by the signs in its title; 0 for none
	body     []mdLine
	meta     string // what comments say
	role     role
}

// role is what a section is for.
type role int

const (
	aTopic    role = iota
	aQuestion      // its title asks, or its body does
	aPart          // an answer, or another part of the question before it
	anAside        // about the list: contents, contributing, sponsors
)

var (
	partTitle = regexp.MustCompile(`(?i)^(?:answers?|ans|solution|explanation|good to hear|key points?|points|what to listen for|additional (?:links|resources|reading)|` +
		`(?:useful )?links|references?|resources|further reading|read more|see also|hints?|tags?|notes?|examples?|code(?: example)?|options|output|tl;?dr|summary)\s*\d*\s*(?::.*|[.])?$`)
	answerTitle = regexp.MustCompile(`(?i)^(?:answers?|ans|solution|explanation)\b`)
	pointTitle  = regexp.MustCompile(`(?i)^(?:good to hear|key points?|points|what to listen for)\b`)
	linkTitle   = regexp.MustCompile(`(?i)^(?:additional (?:links|resources|reading)|(?:useful )?links|references?|resources|further reading|read more|see also)\b`)
	bareTitle   = regexp.MustCompile(`(?i)^(?:question|q)\s*\d*\s*[:.]?$`)
	asideTitle  = regexp.MustCompile(`(?i)^(?:table of contents?|contents?|toc|index|contribut\w*.*|how to contribute.*|licen[sc]e.*|sponsors?.*|support(?: us| me| the project| this .*)?|backers.*|donat\w*.*|` +
		`buy me.*|acknowledge?ments?|credits|authors?|maintainers|star history|changelog|translations?|related (?:projects|repositories|repos)|follow (?:me|us).*|disclaimer|` +
		`code of conduct|feedback|contact|stargazers.*|installation|getting started|thanks.*)\W*$`)
	bannerTitle   = regexp.MustCompile(`(?i)^(?:sponsors?|support|backers|donat|buy me)`)
	contentsTitle = regexp.MustCompile(`(?i)^(?:table of contents?|contents?|toc|index)\W*$`)
	boldLine      = regexp.MustCompile(`^[ \t]*(?:[-*+][ \t]+|\d{1,5}[.)][ \t]+)?(?:\*\*|__)(.{3,300}?)(?:\*\*|__)[ \t]*$`)
	colonLine     = regexp.MustCompile(`^[ \t]*(?:\*\*|__)?(?i:(q|question)|(a|ans|answer))\s*\d*\s*[.:)](?:\*\*|__)?\s*(.*)$`)
)

// sections takes a document apart at its headings. bold tells to take bold lines
// and "Q:" for headings, which is right only where there are no others.
func sections(lines []mdLine, comments map[int]string, bold bool) []section {
	out := []section{{line: 1}}
	for i, l := range lines {
		s, ok := section{}, false
		switch {
		case l.code:
		case bold:
			if s, ok = boldHeading(l); !ok {
				s, ok = headingOf(l)
			}
		default:
			s, ok = headingOf(l)
		}
		last := &out[len(out)-1]
		if !l.code && i > 0 && underlines(lines, i) {
			above := last.body[len(last.body)-1]
			last.body = last.body[:len(last.body)-1]
			s, ok = section{line: above.no, level: 1, raw: strings.TrimSpace(above.text)}, true
			s.title, s.numbered = title(s.raw)
		}
		if ok {
			out = append(out, s)
		} else {
			last.body = append(last.body, l)
		}
		out[len(out)-1].meta += comments[l.no]
	}
	return out
}

// underlines tells whether line i is the ==== beneath a heading.
func underlines(lines []mdLine, i int) bool {
	return strings.HasPrefix(lines[i].text, "===") && strings.Trim(lines[i].text, "=") == "" &&
		strings.TrimSpace(lines[i-1].text) != "" && !lines[i-1].code && !heading.MatchString(lines[i-1].text) && (i < 2 || strings.TrimSpace(lines[i-2].text) == "")
}

func headingOf(l mdLine) (section, bool) {
	m := heading.FindStringSubmatch(l.text)
	if m == nil || m[2] == "" && indentOf(m[1]) > 3 && len(m[3]) < 2 {
		return section{}, false
	}
	s := section{line: l.no, level: len(m[3]), raw: m[4], numbered: strings.ContainsAny(m[2], "0123456789")}
	var numbered bool
	s.title, numbered = title(m[4])
	s.numbered = s.numbered || numbered
	_, s.signs = undecorated(cleanInline(m[4]))
	return s, strings.TrimSpace(nonMeaning.ReplaceAllString(s.title, "")) != "" || s.numbered
}

// boldHeading reads a question that is set apart only by being bold, or by "Q:".
func boldHeading(l mdLine) (section, bool) {
	if m := colonLine.FindStringSubmatch(l.text); m != nil {
		s := section{line: l.no, level: 7, numbered: true, raw: m[3]}
		s.title = strings.TrimSpace(strings.Trim(cleanInline(m[3]), "*"))
		if m[2] != "" {
			s.title, s.numbered = "Answer", false
			s.body = []mdLine{{no: l.no, text: strings.TrimSuffix(m[3], "**")}}
		}
		return s, s.title != ""
	}
	m := boldLine.FindStringSubmatch(l.text)
	if m == nil || strings.Contains(m[1], "**") {
		return section{}, false
	}
	text, numbered := title(m[1])
	numbered = numbered || strings.ContainsAny(l.text[:strings.IndexAny(l.text, "*_")], "0123456789")
	_, signs := undecorated(cleanInline(m[1]))
	return section{line: l.no, level: 7, raw: m[1], title: text, numbered: numbered, signs: signs}, numbered || asks(text)
}
