package bank

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// syntax reports what the parser could not read. The parser names a line at
// best, often the one where the surrounding block begins; how far it had read
// when it gave up is the better place.
func (s *source) syntax(err error) {
	message, named := cutLine(strings.TrimPrefix(err.Error(), "yaml: "))
	line, column := s.place(message, named, s.readUntilError())
	s.add(line, column, nil, "this is not YAML: %s", message)
}

// place is the line and column of a syntax error. read is how much of the file
// the parser saw, which is a few bytes too many.
func (s *source) place(message string, named int, read []byte) (line, column int) {
	start := bytes.LastIndexByte(read, '\n') + 1
	line = bytes.Count(read, []byte("\n")) + 1
	last := read[start:]
	switch {
	case strings.Contains(message, "unexpected end of stream") && named > 0:
		// a quote was never closed: the line where it was opened helps more
		text := s.lineText(named)
		return named, max(1, bytes.IndexAny(text, `"'`)+1)
	case strings.Contains(message, "expected key"), strings.Contains(message, "expected '-'"):
		// the line is indented in a way that fits nothing
		return line, indent(last)
	case strings.Contains(message, "cannot start any token"):
		if at := bytes.LastIndexAny(last, "\t@`%"); at >= 0 {
			return line, utf8.RuneCount(last[:at]) + 1
		}
	}
	return line, max(1, utf8.RuneCount(last))
}

// cutLine splits "line 3: what" into what and 3.
func cutLine(message string) (what string, line int) {
	rest, ok := strings.CutPrefix(message, "line ")
	if !ok {
		return message, 0
	}
	for i, r := range rest {
		if r < '0' || r > '9' {
			return strings.TrimPrefix(rest[i:], ": "), line
		}
		line = line*10 + int(r-'0')
	}
	return message, 0
}

// readUntilError parses again from a reader that hands out one byte at a time
// and gives what the parser had read when it stopped.
func (s *source) readUntilError() []byte {
	r := &counter{data: s.data}
	d := yaml.NewDecoder(r)
	for d.Decode(new(yaml.Node)) == nil {
	}
	return bytes.TrimRight(s.data[:r.n], " \r\n")
}

// lineText is a line of the file without its end.
func (s *source) lineText(line int) []byte {
	lines := bytes.SplitN(s.data, []byte("\n"), line+1)
	if line > len(lines) {
		return nil
	}
	return lines[line-1]
}

// indent is the column of the first character of a line.
func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) + 1 }

// counter reads a byte at a time and remembers how many.
type counter struct {
	data []byte
	n    int
}

func (c *counter) Read(p []byte) (int, error) {
	if c.n == len(c.data) {
		return 0, io.EOF
	}
	p[0] = c.data[c.n]
	c.n++
	return 1, nil
}
