package cases

import (
	"encoding/json"
	"io"
)

// Format is what the key elios of a report in JSON says.
const Format = "bank-test/v1"

// WriteJSON writes the whole report as one JSON object; docs/bank-test.md
// describes it.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Elios  string `json:"elios"`
		Counts Counts `json:"counts"`
		*Report
	}{Format, r.Counts(), r})
}
