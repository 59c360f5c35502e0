package convert

import (
	"encoding/csv"
	"html"
	"io"
	"regexp"
	"strings"
)

// writeAnki writes notes that Anki imports: front, back and tags.
func writeAnki(w io.Writer, list []entry) error {
	if _, err := io.WriteString(w, "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = '\t'
	for _, e := range list {
		if err := out.Write([]string{e.ID, toHTML(e.Question), back(e), ankiTagsOf(e)}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// back is the other side of a card.
func back(e entry) string {
	var s strings.Builder
	s.WriteString(toHTML(e.Answer))
	if len(e.KeyPoints) > 0 {
		s.WriteString(pointsOpen)
		for _, p := range e.KeyPoints {
			s.WriteString("<li>" + html.EscapeString(p))
		}
		s.WriteString("</ul>")
	}
	return s.String()
}

// codeBlock is a block of code that stands by itself.
var codeBlock = regexp.MustCompile("(?ms)^```([^\n`]*)\n(.*?)\n?^```$")

// toHTML writes text for a card: escaped, with line ends and blocks of code.
func toHTML(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range codeBlock.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(lines(strings.Trim(s[at:m[0]], "\n")))
		b.WriteString(`<pre><code class="language-` + html.EscapeString(strings.TrimSpace(s[m[2]:m[3]])) + `">`)
		b.WriteString(lines(strings.TrimSuffix(s[m[4]:m[5]], "\n")) + "</code></pre>")
		at = m[1]
	}
	b.WriteString(lines(strings.Trim(s[at:], "\n")))
	return b.String()
}

// lines escapes text and writes its line ends as cards have them.
func lines(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") }

// ankiTagsOf lists tags without blanks, level and topic among them.
func ankiTagsOf(e entry) string {
	tags := []string{"level::" + itoa(e.Level), "topic::" + strings.Join(strings.Fields(e.Topic), "_")}
	for _, t := range e.Tags {
		tags = append(tags, strings.Join(strings.Fields(t), "-"))
	}
	return strings.Join(tags, " ")
}
