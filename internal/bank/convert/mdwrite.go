package convert

import (
	"io"
	"regexp"
	"strings"

	"github.com/elios/elios/internal/bank"
)

// writeMarkdown writes a heading for each question, its ideal answer under
// "Answer" and its key points under "Good to hear".
func writeMarkdown(w io.Writer, b *bank.Bank, list []entry) error {
	var s strings.Builder
	s.WriteString("# " + escapeMarkdown(b.Title) + "\n")
	if b.Description != "" {
		s.WriteString("\n" + oneLine(escapeMarkdown(b.Description)) + "\n")
	}
	topic := ""
	for _, e := range list {
		if e.Topic != topic {
			topic = e.Topic
			s.WriteString("\n## " + oneLine(escapeMarkdown(topic)) + "\n")
		}
		heading, rest := headingFor(e.Question)
		s.WriteString("\n### " + heading + "\n\n")
		if rest != "" {
			s.WriteString(rest + "\n\n")
		}
		s.WriteString("#### Answer\n\n")
		if e.Answer != "" {
			s.WriteString(escapeMarkdown(e.Answer) + "\n\n")
		}
		if len(e.KeyPoints) > 0 {
			s.WriteString("#### Good to hear\n\n")
			for _, p := range e.KeyPoints {
				s.WriteString("* " + escapeMarkdown(p) + "\n")
			}
			s.WriteString("\n")
		}
		s.WriteString(comment("id", e.ID) + comment("level", itoa(e.Level)))
		if len(e.Tags) > 0 {
			s.WriteString(comment("tags", strings.Join(e.Tags, ", ")))
		}
	}
	_, err := io.WriteString(w, s.String())
	return err
}

// comment is metadata as the lists of others have it.
func comment(key, value string) string {
	return "<!-- " + key + ": (" + strings.NewReplacer("-->", "", ")", "").Replace(oneLine(value)) + ") -->\n"
}

// plainStart is how a line begins that can be a heading as it is.
var plainStart = regexp.MustCompile("^[\\p{L}\"'`(]")

// headingFor parts a question into a heading, its first paragraph on one line,
// and what stands beneath it. One that cannot be a heading stands whole beneath
// the word "Question".
func headingFor(ask string) (heading, rest string) {
	first, rest, _ := strings.Cut(ask, "\n\n")
	heading, rest = oneLine(first), strings.Trim(rest, "\n")
	list := strings.Contains(first, "\n") && listItem.MatchString(first[strings.LastIndexByte(first, '\n')+1:])
	if !plainStart.MatchString(first) || strings.Contains(first, "```") || list || !sameTitle(heading) || rest != "" && !asks(heading) {
		return "Question", ask
	}
	return heading, rest
}

// sameTitle tells whether a heading would be read as it is written.
func sameTitle(s string) bool {
	t, numbered := title(s)
	return t == s && cleanInline(s) == s && !numbered && !partTitle.MatchString(s) && !asideTitle.MatchString(s) && !bareTitle.MatchString(s)
}

var markdownMark = regexp.MustCompile(`[\\*_\[\]<>|~#]|&[#a-zA-Z]`)

// escapeMarkdown writes plain text so that it is read as it stands. Code between
// backticks and lists stay what they are.
func escapeMarkdown(s string) string {
	return outsideCode(s, func(s string) string {
		return markdownMark.ReplaceAllString(s, `\$0`)
	})
}
