package convert

import (
	"fmt"
	"io"
	"strings"

	"github.com/elios/elios/internal/bank"
)

// Exports lists the formats that Export writes.
func Exports() []string { return []string{"md", "csv", "json", "anki", "gift"} }

// Export writes the questions of a bank as a list in one of the formats Exports
// names. What a list has no place for stays behind: weights, match, follow-ups
// and cases. Importing it gives the same questions, points and ideal answers.
// The errors are the writer's, and one for an unknown format.
func Export(w io.Writer, format string, b *bank.Bank) error {
	list := entries(b)
	switch format {
	case "md", "markdown":
		return writeMarkdown(w, b, list)
	case "csv":
		return writeCSV(w, list)
	case "json":
		return writeJSON(w, list)
	case "anki":
		return writeAnki(w, list)
	case "gift":
		return writeGIFT(w, list)
	}
	return fmt.Errorf("there is no format %q; there is %s", format, strings.Join(Exports(), ", "))
}

// entry is a question as a list has it.
type entry struct {
	ID        string   `json:"id"`
	Topic     string   `json:"topic"`
	Level     int      `json:"level"`
	Tags      []string `json:"tags,omitempty"`
	Question  string   `json:"question"`
	Answer    string   `json:"answer,omitempty"`
	KeyPoints []string `json:"key_points,omitempty"`
}

// entries lists a bank's questions. The point of a draft is no text of anybody's
// and stays behind; of a dimension the text is that of its highest level.
func entries(b *bank.Bank) []entry {
	out := make([]entry, len(b.Questions))
	for i := range b.Questions {
		q := &b.Questions[i]
		out[i] = entry{
			ID: q.ID, Topic: q.TopicTitle, Level: q.Level, Tags: q.Tags,
			Question: strings.TrimSpace(q.Ask), Answer: strings.TrimSpace(q.Ideal),
		}
		for _, c := range q.Criteria() {
			if !strings.HasPrefix(c.Text, "TODO") {
				out[i].KeyPoints = append(out[i].KeyPoints, oneLine(c.Text))
			}
		}
	}
	return out
}
