package report

import (
	"regexp"
	"strings"
)

// piece is a stretch of Markdown: prose, or the inside of a fence.
type piece struct {
	text, lang string
	code       bool
}

// fenceLine is a line that opens or closes a fence, with its language.
var fenceLine = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})\\s*([A-Za-z0-9+#-]*)\\s*$")

// splitCode takes Markdown apart at its fences. One that stays open reaches to
// the end.
func splitCode(s string) []piece {
	var out []piece
	var lines []string
	cut := func(lang string, code bool) {
		if body := strings.Trim(strings.Join(lines, "\n"), "\n"); body != "" {
			out = append(out, piece{body, lang, code})
		}
		lines = nil
	}
	open, lang := "", ""
	for _, l := range strings.Split(s, "\n") {
		m := fenceLine.FindStringSubmatch(l)
		switch {
		case m != nil && open == "":
			cut("", false)
			open, lang = m[1], m[2]
		case m != nil && m[2] == "" && strings.HasPrefix(m[1], open):
			cut(lang, true)
			open = ""
		default:
			lines = append(lines, l)
		}
	}
	cut(lang, open != "")
	return out
}
