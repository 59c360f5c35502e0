package convert

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// Limits on what is imported.
const (
	MaxFile  = 16 << 20 // bytes of one file
	MaxTotal = 64 << 20 // bytes of all files
	MaxFiles = 5000
)

// Format is a form in which lists of questions are kept.
type Format struct {
	Name   string
	Exts   []string // of files, with the dot
	decode func(file string, data string) (List, error)
}

// Formats lists the formats that Decode reads.
func Formats() []Format {
	return []Format{
		{"markdown", []string{".md", ".markdown", ".mdx"}, decodeMarkdown},
		{"csv", []string{".csv", ".tsv"}, decodeCSV},
		{"json", []string{".json"}, decodeJSON},
		{"gift", []string{".gift"}, decodeGIFT},
		{"anki", []string{".txt"}, decodeAnki},
	}
}

// Names lists the formats' names.
func Names() []string {
	var out []string
	for _, f := range Formats() {
		out = append(out, f.Name)
	}
	return out
}

// FormatOf finds a format by its name; md is short for markdown.
func FormatOf(name string) (Format, bool) {
	name = strings.ToLower(name)
	if name == "md" {
		name = "markdown"
	}
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

// Reads tells whether a file's name is one of the format.
func (f Format) Reads(name string) bool {
	return slices.Contains(f.Exts, strings.ToLower(filepath.Ext(name)))
}

// Decode reads the bytes of a file. The error says where it is no file of the
// format, or too large.
func (f Format) Decode(file string, data []byte) (List, error) {
	if len(data) > MaxFile {
		return List{}, fmt.Errorf("%s is larger than %d MiB; split it", file, MaxFile>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	broken := invalidBytes(data)
	list, err := f.decode(file, text.Clean(string(data)))
	if err != nil {
		return List{}, fmt.Errorf("%s: %w", file, err)
	}
	if broken > 0 {
		list.leave(NotUTF8, file, 1, broken, "")
	}
	return list, nil
}

// invalidBytes counts the bytes that are no text.
func invalidBytes(data []byte) int {
	n := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size < 2 {
			n++
		}
		data = data[size:]
	}
	return n
}
