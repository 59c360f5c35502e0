package bank

import (
	_ "embed" // for the templates
	"strconv"
	"strings"

	"github.com/elios/elios/internal/rubric"
)

//go:embed template/bank.yaml
var bankTemplate string

//go:embed template/open.yaml
var openTemplate string

//go:embed template/behavioral.yaml
var behavioralTemplate string

// Template is the file of a new bank that shows the format. The id is to be
// one that IsID accepts.
func Template(id string) []byte {
	title := strings.ReplaceAll(id, "-", " ")
	title = strings.ToUpper(title[:1]) + title[1:]
	return []byte(strings.NewReplacer("{{id}}", textOf(id), "{{title}}", textOf(title)).Replace(bankTemplate))
}

// IsID tells whether a text can be the id of a bank, a question or a point.
func IsID(s string) bool { return slugs.MatchString(s) && len(s) <= MaxID }

// skeleton is a question that is still to be written.
func skeleton(id string, t rubric.Type, topic string) string {
	s := openTemplate
	if t == rubric.Behavioral {
		s = behavioralTemplate
	}
	return strings.NewReplacer("{{id}}", textOf(id), "{{type}}", string(t), "{{topic}}", textOf(topic)).Replace(s)
}

// textOf writes an id or title so that YAML reads a text: 404 and no would be
// something else.
func textOf(s string) string {
	switch lower := strings.ToLower(s); {
	case lower[0] < 'a' || lower[0] > 'z',
		lower == "true", lower == "false", lower == "null", lower == "yes", lower == "no", lower == "on", lower == "off", lower == "y", lower == "n":
		return strconv.Quote(s)
	}
	return s
}
