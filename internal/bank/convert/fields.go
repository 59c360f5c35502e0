package convert

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/elios/elios/internal/bank"
)

// field is what a column or key of a list means.
type field int

const (
	noField field = iota
	fieldID
	fieldQuestion
	fieldAnswer
	fieldPoints
	fieldTopic
	fieldLevel
	fieldTags
	fieldLink
	fieldText // the answer, or where nothing else is the question the question
)

// fieldNames are the names of fields, small letters and digits only.
var fieldNames = map[string]field{
	"id": fieldID, "slug": fieldID,
	"question": fieldQuestion, "questions": fieldQuestion, "q": fieldQuestion, "prompt": fieldQuestion, "ask": fieldQuestion, "front": fieldQuestion,
	"questiontext": fieldQuestion, "title": fieldQuestion, "problem": fieldQuestion, "interviewquestion": fieldQuestion,
	"answer": fieldAnswer, "answers": fieldAnswer, "a": fieldAnswer, "solution": fieldAnswer, "response": fieldAnswer, "back": fieldAnswer, "ideal": fieldAnswer,
	"idealanswer": fieldAnswer, "modelanswer": fieldAnswer, "sampleanswer": fieldAnswer, "explanation": fieldAnswer, "answertext": fieldAnswer, "correctanswer": fieldAnswer,
	"keypoints": fieldPoints, "points": fieldPoints, "goodtohear": fieldPoints, "rubric": fieldPoints, "criteria": fieldPoints, "expectedpoints": fieldPoints, "bullets": fieldPoints,
	"topic": fieldTopic, "category": fieldTopic, "section": fieldTopic, "subject": fieldTopic, "area": fieldTopic, "deck": fieldTopic,
	"level": fieldLevel, "difficulty": fieldLevel, "seniority": fieldLevel, "expertise": fieldLevel,
	"text": fieldText, "body": fieldText, "content": fieldText, "details": fieldText, "description": fieldText,
	"tags": fieldTags, "tag": fieldTags, "theme": fieldTags, "themes": fieldTags, "labels": fieldTags, "keywords": fieldTags, "skills": fieldTags, "technologies": fieldTags,
	"link": fieldLink, "url": fieldLink, "reference": fieldLink, "references": fieldLink, "source": fieldLink, "links": fieldLink,
}

// fieldOf tells what a column or key means: case, blanks, hyphens and
// underscores make no difference.
func fieldOf(name string) field {
	return fieldNames[strings.Map(func(r rune) rune {
		if r = unicode.ToLower(r); r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)]
}

// put takes up the text of a field. Of two that mean the same the first that is
// filled counts for the question; answers are joined.
func (item *Item) put(f field, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	switch f {
	case fieldID:
		if bank.IsID(value) {
			item.ID = value
		}
	case fieldQuestion:
		if item.Prompt == "" {
			item.Prompt = value
		}
	case fieldAnswer:
		if item.Answer != "" {
			value = item.Answer + "\n\n" + value
		}
		item.Answer = value
	case fieldText:
		item.text = value
	case fieldPoints:
		item.Points = append(item.Points, pointsIn(value)...)
	case fieldTopic:
		item.Topic = value
	case fieldLevel:
		item.Level = levelOf(value)
	case fieldTags:
		item.Tags = append(item.Tags, tagsOf(value)...)
	case fieldLink:
		item.Links = append(item.Links, linksOf(value)...)
		if r, ok := reference("", value); ok {
			item.Links = append(item.Links, r)
		}
	}
}

var pointMark = regexp.MustCompile(`^\s*(?:[-*•+]|\d{1,3}[.)])\s+`)

// pointsIn reads several points from one text: a line each, or else parted by
// semicolons or bars.
func pointsIn(s string) []string {
	cut := func(r rune) bool { return r == '\n' }
	if !strings.Contains(s, "\n") {
		switch {
		case strings.Contains(s, "|"):
			cut = func(r rune) bool { return r == '|' }
		case strings.Contains(s, ";"):
			cut = func(r rune) bool { return r == ';' }
		}
	}
	var out []string
	for p := range strings.FieldsFuncSeq(s, cut) {
		if p = strings.TrimSpace(pointMark.ReplaceAllString(p, "")); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// inMarkdown gives a text as Markdown when it looks like HTML.
func inMarkdown(s string) string {
	if strings.Contains(s, "<") && blockTag.MatchString(s) {
		return fromHTML(s)
	}
	return s
}

// blockTag is a tag that only text in HTML has.
var blockTag = regexp.MustCompile(`(?i)</?(?:p|div|br|ul|ol|li|pre|b|i|strong|em|span)\s*/?>|<(?:p|div|span|a|img)\s`)

// settleText makes the field that may be either the answer or the question
// what is still missing, and takes the question off the top of the answer.
func (item *Item) settleText() {
	switch {
	case item.Prompt == "":
		item.Prompt = item.text
	case item.Answer == "":
		item.Answer = item.text
	}
	item.text = ""
	first, rest, ok := strings.Cut(strings.TrimSpace(item.Answer), "\n")
	if m := heading.FindStringSubmatch(first); ok && m != nil && strings.EqualFold(bare(m[4]), bare(item.Prompt)) {
		item.Answer = strings.TrimSpace(rest)
	}
}

// bare is a title for comparing: its letters and digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
