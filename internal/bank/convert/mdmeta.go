package convert

import (
	"regexp"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
)

// meta is what comments and lines like "Difficulty: hard" say of a question.
type meta struct {
	id, topic string
	tags      []string
	level     int
	sources   []rubric.Reference
}

// sourceLine names where an answer is from: "🔗 **Source:** stackoverflow.com".
var sourceLine = regexp.MustCompile(`(?i)^[^\pL\pN]*sources?[*_]*\s*:[*_]*\s*(\S.{0,200}?)\s*$`)

var (
	metaPair = regexp.MustCompile(`(?i)^[\s*_>-]*(tags?|labels?|expertise|difficulty|level|topic|category|id)[*_]*\s*[:=][*_]*\s*(.*?)\s*$`)
	metaLine = regexp.MustCompile(`(?i)^[\s*_>-]*(tags?|expertise|difficulty|level)[*_]*\s*:[*_]*\s*(.{1,80}?)\s*$`)
)

// read takes up a line "key: value" and tells whether it was one.
func (m *meta) read(line string) bool {
	pair := metaPair.FindStringSubmatch(line)
	if pair == nil {
		return false
	}
	value := strings.TrimSpace(strings.Trim(pair[2], "()[]\"'"))
	switch key := strings.ToLower(pair[1]); key {
	case "id":
		if bank.IsID(value) {
			m.id = value
		}
	case "topic", "category":
		m.topic = value
	case "expertise":
		m.level = expertiseOf(value)
	case "difficulty", "level":
		m.level = levelOf(value)
	default:
		m.tags = append(m.tags, tagsOf(value)...)
	}
	return true
}

// readAll takes up every line of comments.
func (m *meta) readAll(s string) {
	for line := range strings.Lines(s) {
		m.read(line)
	}
}

// take reads and removes the lines that say a level or tags in words.
func (m *meta) take(lines []mdLine) []mdLine {
	out := lines[:0:0]
	for _, l := range lines {
		if !l.code && metaLine.MatchString(l.text) && !strings.HasSuffix(l.text, "?") && m.read(l.text) {
			continue
		}
		if from := sourceLine.FindStringSubmatch(l.text); from != nil && !l.code {
			m.sources = append(m.sources, sourceOf(from[1]))
			continue
		}
		out = append(out, l)
	}
	return out
}

// sourceOf is the reference that a source names: its link, else its words.
func sourceOf(s string) rubric.Reference {
	if links := linksOf(s); len(links) > 0 {
		return links[0]
	}
	return rubric.Reference{Title: plainInline(s)}
}

// over fills what m does not say from the page's.
func (m meta) over(page meta) meta {
	if m.topic == "" {
		m.topic = page.topic
	}
	if m.level == 0 {
		m.level = page.level
	}
	if m.tags == nil {
		m.tags = page.tags
	}
	return m
}
