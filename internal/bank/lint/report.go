package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Report is what linting some banks came to, as --format json prints it.
type Report struct {
	Banks    int       `json:"banks"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Findings []Finding `json:"findings"`
}

// NewReport counts the findings of so many banks.
func NewReport(banks int, list []Finding) Report {
	r := Report{Banks: banks, Findings: list}
	if list == nil {
		r.Findings = []Finding{}
	}
	r.Errors, r.Warnings = Count(list)
	return r
}

// Formats are the forms a report can be written in.
var Formats = []string{"text", "json", "sarif", "github"}

// Write writes a report in one of the Formats.
func (r Report) Write(w io.Writer, format string) error {
	var b strings.Builder
	switch format {
	case "text":
		r.text(&b)
	case "github":
		r.github(&b)
	case "json":
		writeJSON(&b, r)
	case "sarif":
		writeJSON(&b, r.sarif())
	default:
		return fmt.Errorf("there is no format %q; there is %s", format, strings.Join(Formats, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeJSON(w io.Writer, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // texts and numbers, into memory
}

// text writes each finding with how to mend it beneath, and a last line that
// counts.
func (r Report) text(w io.Writer) {
	for _, f := range r.Findings {
		fmt.Fprintf(w, "%s: %s: %s [%s]\n    %s\n", f.where(), f.Severity, f.Message, f.Rule, f.Mend)
	}
	if len(r.Findings) == 0 {
		fmt.Fprintf(w, "Clean: %s.\n", count(r.Banks, "bank"))
		return
	}
	fmt.Fprintf(w, "%s, %s in %s.\n", count(r.Errors, "error"), count(r.Warnings, "warning"), count(r.Banks, "bank"))
}

// where is file:line:column, or the file alone.
func (f Finding) where() string {
	if f.Line == 0 {
		return f.File
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// github writes workflow commands, which GitHub shows beside the lines.
func (r Report) github(w io.Writer) {
	for _, f := range r.Findings {
		place := "file=" + escapeProperty(f.File)
		if f.Line > 0 {
			place += fmt.Sprintf(",line=%d,col=%d", f.Line, f.Column)
		}
		fmt.Fprintf(w, "::%s %s,title=%s::%s\n", f.Severity, place, escapeProperty(f.Rule), escapeData(f.Message+"\n"+f.Mend))
	}
}

// escapeData escapes what a workflow command would take for its end.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeProperty also escapes what would end a property.
func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
