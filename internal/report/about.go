package report

import "strings"

// About is what the caller knows of where a report comes from and the report's
// data does not say. Every field may be empty.
type About struct {
	Elios   string   `json:"elios_version,omitempty"` // the version of the program
	Authors []string `json:"bank_authors,omitempty"`
	License string   `json:"bank_license,omitempty"` // SPDX id
	// Calibration says how far each evaluator's judgements have been held against people's.
	Calibration []string `json:"calibration,omitempty"`
}

// facts lists what is known.
func (a About) facts() []fact {
	var out []fact
	add := func(label, value string) {
		if value = Line(value); value != "" {
			out = append(out, fact{label, value})
		}
	}
	for _, c := range a.Calibration {
		add("Calibration", c)
	}
	add("Bank's authors", strings.Join(a.Authors, ", "))
	add("Bank's licence", a.License)
	add("elios", a.Elios)
	return out
}
