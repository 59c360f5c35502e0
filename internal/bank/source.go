package bank

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxProblems is where collecting stops: nobody reads on, and a hostile file
// must not make elios write a novel.
const maxProblems = 1000

// source is one file of a bank.
type source struct {
	name     string // as problems name it
	data     []byte
	root     *yaml.Node // the top of its document
	problems []Problem
	broken   map[string]bool // paths that could not be decoded
}

// newSource parses a file into nodes, refusing what is too large, too deep or
// no YAML. Its problems say whether root can be used.
func newSource(name string, data []byte) *source {
	s := &source{name: name, data: data, broken: map[string]bool{}}
	if len(data) > MaxFileSize {
		s.add(0, 0, nil, "the file is larger than %d KiB", MaxFileSize>>10)
		return s
	}
	if s.readable() && s.parse() {
		s.limit()
	}
	return s
}

// ok tells whether nothing is wrong so far.
func (s *source) ok() bool { return len(s.problems) == 0 }

// add reports that the file is not as the format has it.
func (s *source) add(line, column int, p *path, format string, args ...any) {
	s.breaks(RuleFormat, line, column, p, format, args...)
}

// breaks reports what breaks a rule.
func (s *source) breaks(rule string, line, column int, p *path, format string, args ...any) {
	if len(s.problems) < maxProblems {
		s.problems = append(s.problems, newProblem(rule, s.name, line, column, p.String(), format, args...))
	}
}

// readable refuses bytes that are no text, at their place, before the parser
// can say it in its own way.
func (s *source) readable() bool {
	line, column := 1, 1
	data := bytes.TrimPrefix(s.data, []byte("\ufeff"))
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n < 2 {
			s.add(line, column, nil, "the byte %#02x is not valid UTF-8", data[0])
			return false
		}
		if !yamlRune(r) {
			s.add(line, column, nil, "the character %U cannot stand in YAML", r)
			return false
		}
		data = data[n:]
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return true
}

// yamlRune tells whether YAML allows a character.
func yamlRune(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == 0x85:
		return true
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfeff, r == 0xfffe, r == 0xffff:
		return false
	}
	return true
}

// parse sets root to the file's only document.
func (s *source) parse() bool {
	var doc, second yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(s.data))
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		s.add(1, 1, nil, "the file is empty")
		return false
	case err != nil:
		s.syntax(err)
		return false
	}
	switch err := d.Decode(&second); {
	case err == nil:
		s.add(second.Line, second.Column, nil, "a second document starts here; a bank's file holds one")
	case !errors.Is(err, io.EOF):
		s.syntax(err)
	}
	s.root = doc.Content[0]
	return s.ok()
}
