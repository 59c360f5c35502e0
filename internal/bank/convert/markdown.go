package convert

import (
	"path/filepath"
	"regexp"
	"strings"
)

// decodeMarkdown reads a list in Markdown. docs/import.md says what is taken for
// a question.
func decodeMarkdown(file, data string) (List, error) {
	lines, comments := mdLines(data)
	d := &mdDecoder{file: file, faces: strings.ContainsAny(data, "👶🐣🚀")}
	lines = d.frontMatter(lines)
	lines = d.dropTopLinks(lines)
	list := sections(lines, comments, false)
	assign(list)
	if questions(list) < 3 {
		if other := sections(lines, comments, true); len(other) > len(list) {
			assign(other)
			if questions(other) > questions(list) {
				list = other
			}
		}
	}
	d.walk(list)
	if len(d.Items) == 0 && asks(d.title) {
		d.wholePage(lines)
	}
	return d.List, nil
}

// wholePage takes a page whose front matter asks for one question, and all of it for the answer.
func (d *mdDecoder) wholePage(lines []mdLine) {
	d.Left = nil
	text, _ := title(d.title)
	d.question(&section{line: 1, level: 1, title: text, body: lines}, nil)
}

func questions(list []section) int {
	n := 0
	for _, s := range list {
		if s.role == aQuestion {
			n++
		}
	}
	return n
}

// mdDecoder walks the sections of one document.
type mdDecoder struct {
	List
	file   string
	faces  bool      // levels are told by signs
	title  string    // of the page, from its front matter
	topics [8]string // the open headings by level
	page   meta      // what the front matter says of all
}

// frontMatter takes the YAML at the top of a page off and keeps what it says
// about the questions.
func (d *mdDecoder) frontMatter(lines []mdLine) []mdLine {
	if len(lines) == 0 || lines[0].text != "---" {
		return lines
	}
	for i := 1; i < len(lines) && i < 100; i++ {
		if lines[i].text == "---" {
			return lines[i+1:]
		}
		if m := pageTitle.FindStringSubmatch(lines[i].text); m != nil {
			d.title = m[1]
		}
		d.page.read(lines[i].text)
	}
	return lines
}

var pageTitle = regexp.MustCompile(`^(?i:title|question)\s*:\s*["']?(.*?)["']?\s*$`)

func (d *mdDecoder) dropTopLinks(lines []mdLine) []mdLine {
	out := lines[:0]
	for _, l := range lines {
		if !l.code && topLink(l.text) {
			d.leave(BackToTop, d.file, l.no, 1, "")
			continue
		}
		out = append(out, l)
	}
	return out
}

// walk makes items of the questions and looks for further ones beneath topics.
func (d *mdDecoder) walk(list []section) {
	for i := 0; i < len(list); i++ {
		s := &list[i]
		switch s.role {
		case anAside:
			d.aside(s)
		case aQuestion:
			end := i + 1
			for end < len(list) && list[end].role == aPart {
				end++
			}
			d.question(s, list[i+1:end])
			i = end - 1
		default:
			d.topic(s)
		}
	}
}

// aside counts what a section about the list itself holds.
func (d *mdDecoder) aside(s *section) {
	d.closeTopics(s.level)
	switch lines := filled(s.body); {
	case contentsTitle.MatchString(s.title):
		d.block(filled(s.body), true)
	case bannerTitle.MatchString(s.title):
		d.leave(Banner, d.file, s.line, 1, s.title)
	default:
		d.leave(Section, d.file, s.line, max(1, len(lines)/max(1, len(lines))), s.title)
	}
}

// closeTopics forgets the headings beneath a level.
func (d *mdDecoder) closeTopics(level int) {
	for l := max(level, 1); l < len(d.topics); l++ {
		d.topics[l] = ""
	}
}

// topicFor is the nearest heading above a level, the page's own topic, or else
// the file's name.
func (d *mdDecoder) topicFor(level int) string {
	for l := min(level, len(d.topics)) - 1; l > 0; l-- {
		if d.topics[l] != "" {
			return d.topics[l]
		}
	}
	if d.page.topic != "" {
		return d.page.topic
	}
	return fileTopic(d.file)
}

// fileTopic makes a topic of a file's name, or for a README of its folder's.
func fileTopic(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if strings.EqualFold(name, "readme") || strings.EqualFold(name, "index") {
		if dir := filepath.Base(filepath.Dir(file)); dir != "." && dir != string(filepath.Separator) {
			name = dir
		}
	}
	return oneLine(strings.NewReplacer("-", " ", "_", " ").Replace(name))
}

// topic notes a heading and reads what stands beneath it.
func (d *mdDecoder) topic(s *section) {
	if s.level > 0 {
		d.closeTopics(s.level)
		d.topics[s.level] = strings.TrimRight(nonMeaning.ReplaceAllString(plainInline(s.title), ""), ": ")
	}
	d.underTopic(s)
}
