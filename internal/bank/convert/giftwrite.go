package convert

import (
	"io"
	"strings"
)

// escapeGIFT writes what has a meaning in GIFT with a backslash before it.
var escapeGIFT = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

// writeGIFT writes essay questions: the ideal answer and the key points are the
// general feedback.
func writeGIFT(w io.Writer, list []entry) error {
	var s strings.Builder
	topic := ""
	for _, e := range list {
		if e.Topic != topic {
			topic = e.Topic
			s.WriteString("$CATEGORY: " + strings.ReplaceAll(oneLine(topic), "/", "//") + "\n\n")
		}
		tags := ""
		for _, t := range e.Tags {
			tags += " [tag:" + strings.NewReplacer("[", "(", "]", ")").Replace(oneLine(t)) + "]"
		}
		s.WriteString("// level: " + itoa(e.Level) + tags + "\n")
		s.WriteString("::" + escapeGIFT.Replace(e.ID) + "::[markdown]" + escapeGIFT.Replace(e.Question) + "{")
		if feedback := feedbackOf(e); feedback != "" {
			s.WriteString("####" + escapeGIFT.Replace(feedback))
		}
		s.WriteString("}\n\n")
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func feedbackOf(e entry) string {
	if len(e.KeyPoints) == 0 {
		return e.Answer
	}
	return e.Answer + keyPointsLine + "- " + strings.Join(e.KeyPoints, "\n- ")
}
