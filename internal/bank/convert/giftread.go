package convert

import (
	"regexp"
	"strings"
)

// decodeGIFT reads Moodle's GIFT: questions parted by empty lines, comments
// after //, and $CATEGORY lines, which name the topic.
func decodeGIFT(file, data string) (List, error) {
	d := &giftDecoder{file: file, topic: fileTopic(file)}
	var block []string
	start, depth := 0, 0
	for i, line := range strings.Split(data, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case depth == 0 && strings.HasPrefix(trimmed, "//"):
			d.comment(trimmed)
			continue
		case depth == 0 && strings.HasPrefix(trimmed, "$CATEGORY:"):
			d.topic = category(trimmed)
			continue
		case trimmed == "" && depth == 0:
			d.block(start, block)
			block = nil
			continue
		}
		if len(block) == 0 {
			start = i + 1
		}
		block = append(block, line)
		depth = max(0, depth+braces(line))
		if depth > 0 && len(block) > maxGIFTLines { // a brace that never closes
			d.leave(Unreadable, file, start, 1, block[0])
			block, depth = nil, 0
		}
	}
	d.block(start, block)
	return d.List, nil
}

// maxGIFTLines is how many lines a question may have.
const maxGIFTLines = 500

type giftDecoder struct {
	List
	file, topic string
	level       int // what a comment says of the next question
	tags        []string
}

var giftTag = regexp.MustCompile(`\[tag:([^\]]*)\]`)

// comment reads the level and tags that Moodle and export write before a
// question.
func (d *giftDecoder) comment(s string) {
	for _, m := range giftTag.FindAllStringSubmatch(s, -1) {
		d.tags = append(d.tags, m[1])
	}
	if _, value, ok := strings.Cut(s, "level:"); ok {
		if words := strings.Fields(value); len(words) > 0 {
			d.level = levelOf(words[0])
		}
	}
}

// category is the last part of $CATEGORY: $course$/top/Topic.
func category(s string) string {
	s = strings.TrimSpace(strings.TrimPrefix(s, "$CATEGORY:"))
	parts := strings.Split(strings.Trim(strings.ReplaceAll(s, "//", "\x00"), "/"), "/")
	return strings.ReplaceAll(parts[len(parts)-1], "\x00", "/")
}

// braces counts those that open less those that close.
func braces(line string) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '{':
			n++
		case '}':
			n--
		}
	}
	return n
}

var (
	giftTitle  = regexp.MustCompile(`(?s)^\s*::((?:[^:\\]|\\.|:[^:])*)::`)
	giftFormat = regexp.MustCompile(`^\s*\[(html|moodle|plain|markdown)\]`)
	giftID     = regexp.MustCompile(`\[id:([^\]]*)\]|\[tag:([^\]]*)\]`)
	giftWeight = regexp.MustCompile(`^%(-?[0-9.]+)%`)
)

// block reads one question.
func (d *giftDecoder) block(line int, lines []string) {
	s := strings.Join(lines, "\n")
	if strings.TrimSpace(s) == "" {
		return
	}
	item := Item{File: d.file, Line: line, Topic: d.topic, Level: d.level, Tags: d.tags}
	d.level, d.tags = 0, nil
	if m := giftTitle.FindStringSubmatch(s); m != nil {
		item.Name, s = unescapeGIFT(m[1]), s[len(m[0]):]
		item.put(fieldID, item.Name)
	}
	format := "moodle"
	if m := giftFormat.FindStringSubmatch(s); m != nil {
		format, s = m[1], s[len(m[0]):]
	}
	open := unescaped(s, '{')
	if open < 0 {
		d.leave(Prose, d.file, line, 1, "a description: "+unescapeGIFT(s))
		return
	}
	ask, rest := s[:open], s[open+1:]
	end := unescaped(rest, '}')
	if end < 0 {
		end = len(rest)
	}
	body, after := rest[:end], strings.TrimPrefix(rest[end:], "}")
	item.Prompt = giftText(ask, format)
	if strings.TrimSpace(after) != "" {
		item.Prompt = strings.TrimSpace(ask) + " _____ " + strings.TrimSpace(after)
		item.Prompt = giftText(item.Prompt, format)
	}
	d.giftAnswers(&item, body, format)
	item.Prompt = cleanInline(item.Prompt)
	d.Items = append(d.Items, item)
}

// giftText reads a text: its escapes, and its HTML unless it is Markdown or
// plain.
func giftText(s, format string) string {
	s = strings.TrimSpace(unescapeGIFT(giftID.ReplaceAllString(s, "")))
	if format == "html" || format == "moodle" {
		return inMarkdown(s)
	}
	return s
}

// giftAnswers reads what stands between the braces. The right answers are the
// answer; feedback explains it.
func (d *giftDecoder) giftAnswers(item *Item, body, format string) {
	body, general := cutGeneral(body)
	if general != "" {
		item.feedback(giftText(general, format))
	}
	trimmed := strings.TrimSpace(body)
	switch {
	case trimmed == "":
		return
	case trimmed[0] == '#':
		item.addAnswer(strings.TrimLeft(strings.TrimSpace(trimmed[1:]), "="))
		return
	}
	if value, note, _ := strings.Cut(trimmed, "#"); isBool(value) {
		item.addAnswer(map[bool]string{true: "True.", false: "False."}[strings.EqualFold(value[:1], "t")])
		item.addAnswer(giftText(strings.Split(note, "#")[0], format))
		return
	}
	var offered []string
	for _, a := range giftChoices(body) {
		text, note := a.text, ""
		if i := unescaped(text, '#'); i >= 0 {
			text, note = text[:i], text[i+1:]
		}
		weight := giftWeight.FindStringSubmatch(strings.TrimSpace(text))
		if weight != nil {
			text = strings.TrimSpace(text)[len(weight[0]):]
		}
		if strings.Contains(body, "~") {
			offered = append(offered, giftText(text, format))
		}
		if a.right || weight != nil && !strings.HasPrefix(weight[1], "-") && weight[1] != "0" {
			item.addAnswer(strings.Replace(giftText(text, format), "->", "–", 1))
			item.addAnswer(giftText(note, format))
		}
	}
	item.offer(offered)
}

func isBool(s string) bool {
	switch strings.ToUpper(strings.TrimSpace(s)) {
	case "T", "F", "TRUE", "FALSE":
		return true
	}
	return false
}

// addAnswer adds a paragraph to the answer.
func (item *Item) addAnswer(s string) {
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	if item.Answer != "" {
		item.Answer += "\n\n"
	}
	item.Answer += s
}

// feedback reads general feedback: an ideal answer, and beneath "Key points:"
// the points, as export writes them.
func (item *Item) feedback(s string) {
	answer, points, ok := strings.Cut(s, keyPointsLine)
	if !ok && strings.HasPrefix(s, strings.TrimSpace(keyPointsLine)) {
		answer, points = "", strings.TrimPrefix(s, strings.TrimSpace(keyPointsLine))
	}
	item.addAnswer(answer)
	for p := range strings.Lines(points) {
		if p = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p), "- ")); p != "" {
			item.Points = append(item.Points, p)
		}
	}
}

// keyPointsLine stands between an ideal answer and its points.
const keyPointsLine = "\n\nKey points:\n"

// cutGeneral parts general feedback, after ####, from the answers.
func cutGeneral(s string) (body, general string) {
	for i := 0; i+4 <= len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i:i+4] == "####":
			return s[:i], s[i+4:]
		}
	}
	return s, ""
}

// giftChoice is an answer with its sign.
type giftChoice struct {
	right bool
	text  string
}

// giftChoices cuts at = and ~.
func giftChoices(s string) []giftChoice {
	var out []giftChoice
	start, sign := 0, byte(0)
	add := func(end int) {
		if sign != 0 {
			out = append(out, giftChoice{sign == '=', s[start:end]})
		}
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '=', '~':
			add(i)
			start, sign = i+1, s[i]
		}
	}
	add(len(s))
	return out
}

// unescaped finds a character that no backslash stands before, −1 when there is
// none.
func unescaped(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case c:
			return i
		}
	}
	return -1
}

// unescapeGIFT reads \~ \= \# \{ \} \: \\ and \n.
func unescapeGIFT(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		switch i++; s[i] {
		case 'n':
			b.WriteByte('\n')
		case '~', '=', '#', '{', '}', ':', '\\':
			b.WriteByte(s[i])
		default:
			b.WriteByte('\\')
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
