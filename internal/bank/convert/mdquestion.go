package convert

import (
	"regexp"
	"strings"
)

// question makes an item of a question's section and the parts that follow it.
func (d *mdDecoder) question(s *section, parts []section) {
	var m meta
	m.readAll(s.meta)
	for _, p := range parts {
		m.readAll(p.meta)
	}
	item := Item{File: d.file, Line: s.line, Name: plainInline(s.title)}
	body, inner := d.details(m.take(s.body), s)
	shown, choices, answer := d.split(s, body, len(inner) > 0 || answered(parts))
	answer = append(answer, inner...)
	for _, p := range parts {
		rest, deep := d.details(p.body, s)
		switch rest = append(rest, deep...); {
		case pointTitle.MatchString(p.title):
			item.Points = append(item.Points, bullets(joined(rest))...)
			item.Links = append(item.Links, linksOf(joined(rest))...)
		case linkTitle.MatchString(p.title):
			item.Links = append(item.Links, linksOf(joined(rest))...)
		case answerTitle.MatchString(p.title):
			answer = append(answer, resultLine(p, choices)...)
			answer = append(answer, rest...)
		default:
			answer = append(append(answer, mdLine{no: p.line, text: ""}, mdLine{no: p.line, text: plainInline(p.title) + ":"}, mdLine{}), rest...)
		}
	}
	if m.level == 0 {
		m.level = starLevel(s.signs, d.faces)
	}
	m = m.over(d.page)
	item.ID, item.Level, item.Tags, item.Topic = m.id, m.level, m.tags, m.topic
	if item.Topic == "" {
		item.Topic = d.topicFor(s.level)
	}
	item.Prompt = prompt(s, shown)
	item.offered(joined(plainOptions(choices)))
	item.Links = append(item.Links, m.sources...)
	item.Answer = strings.TrimSpace(answerLabel.ReplaceAllString(strings.TrimSpace(joined(answer)), ""))
	if placeholder.MatchString(tag.ReplaceAllString(item.Answer, "")) {
		item.Answer = ""
	}
	d.Items = append(d.Items, item)
}

// placeholder is what stands where somebody means to write an answer.
var placeholder = regexp.MustCompile(`(?i)^\W*(?:answers? (?:here|goes here|coming soon)|to ?do|tbd|wip|coming soon|to be (?:added|done|written|answered)|n/?a|pending)\W*$`)

// answerLabel is "**Answer:**" before an answer.
var answerLabel = regexp.MustCompile(`(?i)^(?:\*\*|__)(?:answers?|ans|a|solution)\s*:?\s*(?:\*\*|__)\s*:?\s*`)

// answered tells whether a part is the answer by its title.
func answered(parts []section) bool {
	for _, p := range parts {
		if answerTitle.MatchString(p.title) {
			return true
		}
	}
	return false
}

// prompt is a question's text: its title, and what belongs to it beneath.
func prompt(s *section, shown []mdLine) string {
	rest := strings.TrimSpace(cleanInline(joined(shown)))
	switch {
	case bareTitle.MatchString(s.title):
		return rest
	case rest == "":
		return strings.TrimSpace(s.title)
	case !asks(s.title) && (endsAsking(rest) || asks(rest)) && !strings.Contains(rest, "```"):
		return rest // "### Globals are evil", and the question beneath
	}
	return strings.TrimSpace(s.title) + "\n\n" + rest
}

var (
	codeWanted = regexp.MustCompile(`(?i)\b(?:output|outputs|printed?|prints|logs?|logged|following|below|this code|code above|snippet|result|returns?|evaluates?)\b`)
	option     = regexp.MustCompile(`^[ \t]*(?:[-*+][ \t]+\[([ xX]?)\][ \t]*|(?:[-*+][ \t]+)?\(?([A-Ha-h1-9])[.):][ \t]+)(.*)$`)
)

// split parts the lines beneath a question's title into those that belong to the
// question, its choices and its answer. told says that the answer is marked as
// one.
func (d *mdDecoder) split(s *section, body []mdLine, told bool) (shown, choices, answer []mdLine) {
	first, last, correct := options(body)
	switch {
	case last > 0:
		return body[:first], body[first:last], append(correct, body[last:]...)
	case told, bareTitle.MatchString(s.title):
		return body, nil, nil
	}
	if !asks(s.title) && len(body) < 40 && (endsAsking(joined(body)) || asksInText(s, body)) {
		return body, nil, nil
	}
	if lead := leadingCode(body); lead > 0 && codeWanted.MatchString(s.title) {
		return body[:lead], nil, body[lead:]
	}
	return nil, nil, body
}

// asksInText tells whether the few lines beneath a deep title ask without a question mark: "Tell me
// about …".
func asksInText(s *section, body []mdLine) bool {
	return s.level > 2 && len(spoken(body)) < 4 && asks(joined(body))
}

// leadingCode is the end of the code block a body begins with, 0 for none.
func leadingCode(body []mdLine) int {
	i := 0
	for i < len(body) && !body[i].code && strings.TrimSpace(body[i].text) == "" {
		i++
	}
	if i == len(body) || !body[i].code {
		return 0
	}
	for i < len(body) && body[i].code {
		i++
	}
	return i
}

// options finds the choices of a question: where they begin and end, 0 when there
// are none, and the text of those that are ticked.
func options(body []mdLine) (first, last int, correct []mdLine) {
	count, boxes := 0, 0
	for i, l := range body {
		if l.code {
			if boxes > 0 && i == last {
				last = i + 1 // the code of a choice
			}
			continue
		}
		m := option.FindStringSubmatch(l.text)
		switch {
		case m == nil && strings.TrimSpace(l.text) == "" && i == last && last > 0:
			last = i + 1
			continue
		case m == nil:
			continue
		case m[2] == "":
			boxes++
			if strings.EqualFold(m[1], "x") {
				correct = append(correct, mdLine{no: l.no, text: m[3]}, mdLine{})
				correct = append(correct, codeAfter(body, i+1)...)
			}
		case !nextOption(m[2], count):
			continue
		}
		if count++; count == 1 {
			first = i
		}
		last = i + 1
	}
	if count < 2 || boxes == 0 && !lettered(body) {
		return 0, 0, nil
	}
	return first, last, correct
}

// lettered tells whether the first choice is A: plain numbers are steps of an
// answer as often.
func lettered(body []mdLine) bool {
	for _, l := range body {
		if m := option.FindStringSubmatch(l.text); !l.code && m != nil && strings.EqualFold(m[2], "a") {
			return true
		}
	}
	return false
}

// nextOption tells whether a letter or number is the one that follows n others.
func nextOption(mark string, n int) bool {
	c := strings.ToLower(mark)[0]
	return int(c) == 'a'+n || int(c) == '1'+n
}

func codeAfter(body []mdLine, i int) []mdLine {
	for i < len(body) && !body[i].code && strings.TrimSpace(body[i].text) == "" {
		i++
	}
	start := i
	for i < len(body) && body[i].code {
		i++
	}
	return body[start:i]
}

// plainOptions writes choices as a list that does not tell which is right.
func plainOptions(lines []mdLine) []mdLine {
	out := make([]mdLine, 0, len(lines))
	for _, l := range lines {
		if m := option.FindStringSubmatch(l.text); m != nil && !l.code && m[2] == "" {
			l.text = "- " + m[3]
		}
		out = append(out, l)
	}
	return out
}

var letter = regexp.MustCompile(`(?i)^(?:the )?(?:correct )?(?:answers?|solution)\s*(?:is)?\s*:?\s*\(?([A-H])\b\)?\s*[.:)-]?\s*(.*)$`)

// resultLine is what the title of an answer itself says: "Answer: D" stands for
// the text of that choice.
func resultLine(p section, choices []mdLine) []mdLine {
	if m := letter.FindStringSubmatch(p.title); m != nil {
		for _, l := range choices {
			if o := option.FindStringSubmatch(l.text); o != nil && strings.EqualFold(o[2], m[1]) {
				return []mdLine{{no: p.line, text: o[3]}, {}}
			}
		}
	}
	if _, after, ok := strings.Cut(p.title, ":"); ok && strings.TrimSpace(after) != "" {
		return []mdLine{{no: p.line, text: strings.TrimSpace(after)}, {}}
	}
	return nil
}

// joined gives lines as text, without the indentation that all of it has.
func joined(lines []mdLine) string {
	cut := -1
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "" {
			cut = indentOf(l.text)
			break
		}
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(cutIndent(l.text, cut))
		b.WriteByte('\n')
	}
	return strings.Trim(b.String(), "\n")
}
