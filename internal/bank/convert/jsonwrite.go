package convert

import (
	"encoding/json"
	"io"
)

// writeJSON writes an array of questions.
func writeJSON(w io.Writer, list []entry) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(list)
}
