package report

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/elios/elios/internal/session"
)

//go:generate go test -run TestSchemaIsCurrent . -update

//go:embed schema/report-v1.schema.json
var schemaFS embed.FS

// Schema is the JSON Schema (draft 2020-12) of a Document. It is made from the
// Go types by a test, so that the generator is no part of the program.
func Schema() ([]byte, error) { return schemaFS.ReadFile("schema/report-v1.schema.json") }

// Version is what the key elios of a Document says. Keys may be added to it;
// whatever else changes makes a new version.
const Version = "report/v1"

// Document is a report as JSON.
type Document struct {
	// The format: report/v1.
	Elios string `json:"elios"`
	// Where the report comes from.
	About About `json:"about"`
	session.Report
}

// JSON writes the report's data, indented. It is the whole data: what a
// terminal should not see is escaped rather than taken out, so that the offsets
// of the evidence stay true.
func JSON(w io.Writer, r session.Report, about About) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(Document{Version, about, withoutNulls(r)}); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}

// escapeControls writes control and format characters beyond ASCII as \uXXXX.
// They occur in JSON only inside strings, where that means the same; those of
// ASCII are escaped already.
func escapeControls(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		c, n := utf8.DecodeRune(b)
		switch {
		case n == 1 || !unicode.IsControl(c) && !unicode.Is(unicode.Cf, c):
			out = append(out, b[:n]...)
		default:
			for _, unit := range utf16.Encode([]rune{c}) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		}
		b = b[n:]
	}
	return out
}

// withoutNulls is a report in which every list is there, if only empty.
func withoutNulls(r session.Report) session.Report {
	r.Topics, r.Learn, r.Evaluators = list(r.Topics), list(r.Learn), list(r.Evaluators)
	r.Questions = list(slices.Clone(r.Questions))
	for i := range r.Questions {
		q := &r.Questions[i]
		q.Turns = list(slices.Clone(q.Turns))
		if q.Reveal != nil {
			reveal := *q.Reveal
			reveal.Points = list(reveal.Points)
			q.Reveal = &reveal
		}
		for j := range q.Turns {
			q.Turns[j].Evaluation = withEvidence(q.Turns[j].Evaluation)
		}
	}
	return r
}

// withEvidence is an evaluation in which every met point has a list of evidence.
func withEvidence(e *session.Judged) *session.Judged {
	if e == nil {
		return nil
	}
	out := *e
	out.Met = slices.Clone(e.Met)
	for i := range out.Met {
		out.Met[i].Evidence = list(out.Met[i].Evidence)
	}
	return &out
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
