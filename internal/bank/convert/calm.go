package convert

import "strings"

// Bounds on what is handed to the Markdown parser, which takes more than linear
// time for what is nested: far more than a person writes.
const (
	maxAnswer = 60_000 // bytes of one answer
	maxNested = 12     // containers within one another, and marks in a row
	maxIndent = 40     // columns before a line
)

// calm makes Markdown cheap to parse. Nested quotes and lists beyond the bound
// are cut back, runs of brackets and stars are shortened, and indentation that
// belongs to no list is taken off, since lists of questions indent answers as
// they like.
func calm(s string) string {
	var b strings.Builder
	inList, code, blank := false, "", true
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		if m := fence.FindStringSubmatch(line); m != nil && (code == "" || strings.HasPrefix(m[1], code)) {
			if code == "" {
				code = m[1]
			} else {
				code = ""
			}
		} else if code == "" {
			line = calmLine(line)
			indent := indentOf(line)
			switch {
			case strings.TrimSpace(line) == "":
			case listItem.MatchString(line):
				inList = true
			case indent == 0 && blank:
				inList = false
			case !inList && indent > 3:
				line = strings.TrimLeft(line, " \t")
			}
			blank = strings.TrimSpace(line) == ""
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// calmLine bounds the marks at the beginning of a line and within it.
func calmLine(line string) string {
	if n := indentOf(line); n > maxIndent {
		line = strings.Repeat(" ", maxIndent) + strings.TrimLeft(line, " \t")
	}
	nested := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ', '\t':
			continue
		case '>', '-', '*', '+':
			if nested++; nested <= maxNested {
				continue
			}
			return line[:i] + strings.TrimLeft(line[i:], "->*+ \t")
		}
		break
	}
	return shortRuns(line)
}

// shortRuns cuts a line's brackets and marks of emphasis off after so many:
// each may be the beginning of something that has to be looked for.
func shortRuns(line string) string {
	const most = 400
	if strings.Count(line, "[")+strings.Count(line, "*")+strings.Count(line, "_")+strings.Count(line, "<")+strings.Count(line, "`") <= most {
		return line
	}
	return strings.NewReplacer("[", " ", "]", " ", "*", " ", "_", " ", "<", " ", "`", " ").Replace(line)
}
