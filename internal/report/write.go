package report

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/elios/elios/internal/session"
)

// formats are the forms of a report, the one for people at a terminal first.
var formats = []struct {
	name       string
	extensions []string
	write      func(io.Writer, session.Report, About) error
}{
	{"txt", []string{".txt"}, Text},
	{"md", []string{".md", ".markdown"}, Markdown},
	{"html", []string{".html", ".htm"}, HTML},
	{"json", []string{".json"}, JSON},
	{"csv", []string{".csv"}, CSV},
}

// Formats lists what Write can render.
func Formats() []string {
	out := make([]string, len(formats))
	for i, f := range formats {
		out[i] = f.name
	}
	return out
}

// FormatOf is the format a file's name stands for, "" for none.
func FormatOf(file string) string {
	extension := strings.ToLower(filepath.Ext(file))
	for _, f := range formats {
		for _, e := range f.extensions {
			if e == extension {
				return f.name
			}
		}
	}
	return ""
}

// Write renders a report in one of Formats. Another one is an error of kind
// Invalid that names them; else it is the writer's. Of a redacted report the
// bank's authors, who may be its candidate, are left out too.
func Write(w io.Writer, r session.Report, about About, format string) error {
	if r.Redacted {
		about.Authors = nil
	}
	for _, f := range formats {
		if f.name == format {
			return f.write(w, r, about)
		}
	}
	return session.Errorf(session.Invalid, "there is no report format %q; choose one of %s", format, strings.Join(Formats(), ", "))
}
