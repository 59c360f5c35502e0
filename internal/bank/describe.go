package bank

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/elios/elios/internal/rubric"
)

var (
	boundType    = reflect.TypeFor[rubric.Bound]()
	durationType = reflect.TypeFor[rubric.Duration]()
)

// shownValue is how many characters of a value a message repeats.
const shownValue = 40

// expectedOf says in words what a type takes.
func expectedOf(t reflect.Type) string {
	switch t {
	case boundType:
		return `a bound like ">=80", "<=25", "55..80" or 0`
	case durationType:
		return "a time span like 90s or 5m"
	}
	switch t.Kind() {
	case reflect.Struct:
		return "a mapping with the keys " + strings.Join(namesOf(fieldsOf(t)), ", ")
	case reflect.Map:
		return "a mapping"
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "a text"
}

// describe says in words what stands in the file.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.Tag {
	case "!!null":
		return "nothing"
	case "!!bool":
		return n.Value
	case "!!int", "!!float":
		return "the number " + shorten(n.Value)
	case "!!str":
		return fmt.Sprintf("the text %q", shorten(n.Value))
	}
	return fmt.Sprintf("%q with the tag %s", shorten(n.Value), shorten(n.Tag))
}

// quoting is the advice for a text that YAML takes for something else.
func quoting(n *yaml.Node, expected string) string {
	if expected != "a text" || n.Kind != yaml.ScalarNode || n.Value == "" || strings.HasPrefix(n.Tag, "!!s") {
		return ""
	}
	return fmt.Sprintf("; if it is a text, put it in quotes: %q", shorten(n.Value))
}

func shorten(s string) string {
	if r := []rune(s); len(r) > shownValue {
		return string(r[:shownValue]) + "…"
	}
	return s
}

// placed is a key with the place where it is used, which for an alias is not
// where it is written.
func placed(key, at *yaml.Node) *yaml.Node {
	if key == at {
		return key
	}
	out := *key
	out.Line, out.Column = at.Line, at.Column
	return &out
}
