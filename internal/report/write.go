package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/elios/elios/internal/session"
)

// Formats lists what Write can render.
func Formats() []string { return []string{"md", "json", "txt"} }

// Write renders a report in a format: md, json or txt. Another one is an error
// of kind Invalid that names them; else it is the writer's.
func Write(w io.Writer, r session.Report, format string) error {
	switch format {
	case "md":
		return Markdown(w, r)
	case "json":
		return JSON(w, r)
	case "txt":
		return Text(w, r)
	}
	return session.Errorf(session.Invalid, "there is no report format %q; choose md, json or txt", format)
}

// JSON writes the report's data, indented. It is the whole data: what a
// terminal should not see is escaped rather than taken out, so that the offsets
// of the evidence stay true.
func JSON(w io.Writer, r session.Report) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
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
