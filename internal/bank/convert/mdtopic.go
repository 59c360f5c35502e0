package convert

import (
	"regexp"
	"strings"
)

var listItem = regexp.MustCompile(`^([ \t]*)([-*+]|\d{1,5}[.)])[ \t]+(.*)$`)

// underTopic reads what stands beneath a heading that is no question: folds,
// bullets that ask, tables, and text.
func (d *mdDecoder) underTopic(s *section) {
	m := meta{}
	m.readAll(s.meta)
	rest, _ := d.details(s.body, nil)
	rest = filled(m.take(rest))
	if d.asksBeneath(s, rest) {
		return
	}
	for len(rest) > 0 {
		n := 1
		if listItem.MatchString(rest[0].text) && !rest[0].code {
			n = itemEnd(rest)
			d.bullet(rest[:n])
		} else {
			n = blockEnd(rest)
			d.block(rest[:n], false)
		}
		rest = rest[n:]
	}
}

// asksBeneath takes a short section whose text ends with a question for one:
// "#### Globals are evil" and beneath it what is asked about them.
func (d *mdDecoder) asksBeneath(s *section, rest []mdLine) bool {
	if s.level < 2 || len(rest) == 0 || len(rest) > 12 || listItem.MatchString(rest[0].text) ||
		!endsAsking(joined(rest)) && !asksInText(s, rest) {
		return false
	}
	d.closeTopics(s.level)
	q := *s
	q.body = rest
	d.question(&q, nil)
	return true
}

// itemEnd is the end of a list item: the next line that is not indented deeper.
func itemEnd(lines []mdLine) int {
	first := indentOf(lines[0].text)
	for i := 1; i < len(lines); i++ {
		if !lines[i].code && indentOf(lines[i].text) <= first {
			return i
		}
	}
	return len(lines)
}

// blockEnd is the end of a run of lines that are no list items.
func blockEnd(lines []mdLine) int {
	i := 1
	table := strings.HasPrefix(strings.TrimSpace(lines[0].text), "|")
	for i < len(lines) && !listItem.MatchString(lines[i].text) && strings.HasPrefix(strings.TrimSpace(lines[i].text), "|") == table {
		i++
	}
	return i
}

// bullet reads a list item outside of any question: it asks, leads somewhere, or
// is text.
func (d *mdDecoder) bullet(lines []mdLine) {
	m := listItem.FindStringSubmatch(lines[0].text)
	text, _ := title(m[3])
	switch {
	case linkOnly(m[3]) || len(lines) > 1 && allLinks(lines):
		d.block(lines, false)
	case asks(text) && len(text) > 8 && !aboutList.MatchString(text):
		d.bulletQuestion(text, lines)
	case len(lines) > 1:
		d.leave(Prose, d.file, lines[0].no, 1, text)
		for rest := lines[1:]; len(rest) > 0; { // its own items may ask
			n := 1
			if listItem.MatchString(rest[0].text) && !rest[0].code {
				n = itemEnd(rest)
				d.flat(rest[:n])
			}
			rest = rest[n:]
		}
	default:
		d.block(lines, false)
	}
}

// aboutList is what a list asks of its readers.
var aboutList = regexp.MustCompile(`(?i)\b(?:pull requests?|PRs?|contribut\w*|open an issue|star (?:this|the|us))\b`)

// flat is bullet for the second depth; what is deeper belongs to it.
func (d *mdDecoder) flat(lines []mdLine) {
	m := listItem.FindStringSubmatch(lines[0].text)
	if text, _ := title(m[3]); asks(text) && len(text) > 8 && !linkOnly(m[3]) {
		d.bulletQuestion(text, lines)
		return
	}
	d.block(lines, false)
}

// bulletQuestion makes an item of a bullet: further bullets that ask belong to
// the question, anything else beneath it answers.
func (d *mdDecoder) bulletQuestion(text string, lines []mdLine) {
	s := section{line: lines[0].no, level: 8, title: text}
	more := lines[1:]
	if len(more) > 0 && endsAsking(joined(more)) && listItem.MatchString(more[0].text) {
		d.Items = append(d.Items, Item{
			File: d.file, Line: s.line, Name: text, Topic: d.topicFor(8),
			Prompt: text + "\n\n" + strings.TrimSpace(cleanInline(joined(more))), Level: d.page.level, Tags: d.page.tags,
		})
		return
	}
	s.body = more
	d.question(&s, nil)
}

// linkOnly tells whether a text is nothing but links.
func linkOnly(s string) bool {
	if !strings.Contains(s, "](") && !strings.Contains(s, "http") && !strings.Contains(s, "href") {
		return false
	}
	rest := mdLink.ReplaceAllString(image.ReplaceAllString(s, ""), "")
	rest = tag.ReplaceAllString(rest, "")
	n := 0
	for w := range strings.FieldsSeq(rest) {
		if !strings.HasPrefix(w, "http") && strings.ContainsFunc(w, wordRune) {
			n++
		}
	}
	return n <= 1 || strings.HasPrefix(strings.TrimSpace(s), "[") && !endsAsking(rest)
}

func allLinks(lines []mdLine) bool {
	for _, l := range lines {
		if m := listItem.FindStringSubmatch(l.text); m != nil && !linkOnly(m[3]) {
			return false
		}
	}
	return true
}

func wordRune(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 }

// block counts lines that hold no question, by what they are.
func (d *mdDecoder) block(lines []mdLine, contents bool) {
	if len(lines) == 0 {
		return
	}
	if pairs := tablePairs(lines); pairs != nil {
		d.tableQuestions(pairs)
		return
	}
	counts := map[Kind]int{}
	first := map[Kind]mdLine{}
	for _, l := range lines {
		kind := lineKind(l, contents)
		if kind == "" {
			continue
		}
		if counts[kind]++; counts[kind] == 1 {
			first[kind] = l
		}
	}
	for _, kind := range []Kind{Contents, LinkList, Banner, Prose} {
		if n := counts[kind]; n > 0 {
			if kind == Prose {
				n = 1
			}
			d.extend(kind, first[kind], n)
		}
	}
}

// extend counts entries together with those of the same kind just before.
func (d *mdDecoder) extend(kind Kind, at mdLine, n int) {
	if last := len(d.Left) - 1; last >= 0 && d.Left[last].Kind == kind && (kind == Contents || kind == LinkList) && d.Left[last].File == d.file {
		d.Left[last].Count += n
		return
	}
	d.leave(kind, d.file, at.no, n, plainInline(at.text))
}

var tableRule = regexp.MustCompile(`^[\s|:-]+$`)

// lineKind tells what a line without a question is, "" for what means nothing.
func lineKind(l mdLine, contents bool) Kind {
	s := strings.TrimSpace(l.text)
	switch {
	case s == "" || tableRule.MatchString(s) || anchorOnly.MatchString(s) && !strings.Contains(s, "href"):
		return ""
	case l.code:
		return Prose
	case anchor.MatchString(s):
		return Contents
	case image.MatchString(s):
		return Banner
	case contents:
		return Contents
	case linkOnly(strings.TrimLeft(s, "-*+0123456789.) \t|")) || strings.HasPrefix(s, "|") && strings.Contains(s, "]("):
		return LinkList
	case strings.Contains(strings.ToLower(s), "sponsor"):
		return Banner
	}
	return Prose
}
