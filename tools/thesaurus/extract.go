package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

const (
	maxFile       = 6 << 20 // bytes read of one document
	leastProse    = 40      // bytes of a paragraph
	mostlyLetters = 0.75    // share of letters and spaces in prose
	maxParagraph  = 20_000  // bytes
)

var (
	document = regexp.MustCompile(`\.(html?|xhtml|txt|rst|md|xml|tex|texi|dict)(\.gz|\.dz)?$`)
	manual   = regexp.MustCompile(`/man/man\d/`)
	unread   = regexp.MustCompile(`(?is)<script\b.*?</script>|<style\b.*?</style>|<head\b.*?</head>`)
	block    = regexp.MustCompile(`(?i)</?(p|div|li|h\d|tr|td|dt|dd|pre|br)\b[^>]*>`)
	tag      = regexp.MustCompile(`(?s)<[^>]*>`)
	inWord   = regexp.MustCompile(`\\f.|\\-|\\\(..`)
	fonts    = regexp.MustCompile(`(?m)^\.(B|I|BR|IR|RB|RI|BI|IB|Nm|Ar|Fl|Xr|Pa|Va|Em|Sy)\s+`)
	macros   = regexp.MustCompile(`(?m)^[.'].*$`)
	blank    = regexp.MustCompile(`\n\s*\n`)
)

// eachParagraph reads the prose of all documents beneath a folder, in the order of their names.
func eachParagraph(dir string, read func(paragraph string)) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !document.MatchString(path) && !manual.MatchString(path) {
			return err
		}
		b, err := readDocument(path)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		for _, p := range blank.Split(plainText(path, string(b)), -1) {
			if p = strings.Join(strings.Fields(p), " "); isProse(p) {
				read(p[:min(len(p), maxParagraph)])
			}
		}
		return nil
	})
}

func readDocument(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") || strings.HasSuffix(path, ".dz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	b, err := io.ReadAll(io.LimitReader(in, maxFile))
	return bytes.ToValidUTF8(b, nil), err
}

// plainText takes the markup out; the ends of its blocks become blank lines.
func plainText(path, s string) string {
	if manual.MatchString(path) {
		s = inWord.ReplaceAllString(s, "")
		s = fonts.ReplaceAllString(s, "")
		return macros.ReplaceAllString(s, "\n")
	}
	if !strings.Contains(s[:min(len(s), 2000)], "<") {
		return s
	}
	s = unread.ReplaceAllString(s, " ")
	s = block.ReplaceAllString(s, "\n\n")
	return html.UnescapeString(tag.ReplaceAllString(s, " "))
}

// isProse tells a paragraph from headings, tables and code.
func isProse(p string) bool {
	letters := 0
	for _, c := range p {
		if c == ' ' || unicode.IsLetter(c) {
			letters++
		}
	}
	return len(p) >= leastProse && float64(letters) >= mostlyLetters*float64(len(p))
}
