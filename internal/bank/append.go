package bank

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// AppendQuestion gives a file of the loaded bank with the skeleton of a new
// question at the end of its questions, and every other byte as it was. Invalid
// when the id or type is none, or the file's questions stand in brackets;
// Conflict when the bank has the question; NotFound when file is none of the
// bank's.
func (p *Places) AppendQuestion(b *Bank, file, id string, t rubric.Type) ([]byte, error) {
	at := slices.IndexFunc(p.sources, func(s *source) bool { return s.name == file })
	switch {
	case at < 0:
		return nil, session.Errorf(session.NotFound, "the bank has no file %s", printable(file))
	case !IsID(id):
		return nil, session.Errorf(session.Invalid, "%q is no id: small letters, digits and single hyphens between them, at most %d", shorten(id), MaxID)
	case !slices.Contains(types, string(t)):
		return nil, session.Errorf(session.Invalid, "there is no type %q%s", shorten(string(t)), didYouMean(string(t), types))
	case b.Question(id) != nil:
		return nil, session.Errorf(session.Conflict, "the bank %s has a question %s already", b.ID, id)
	}
	s := p.sources[at]
	where, indent, ok := s.endOfQuestions()
	if !ok {
		return nil, session.Errorf(session.Invalid, "the questions of %s stand in brackets; write them one below the other first", printable(file))
	}
	fresh := slices.Concat(s.data[:where], s.fit(skeleton(id, t, b.Topics[0].ID), where, indent), s.data[where:])
	return fresh, p.confirm(b, at, fresh, id)
}

// endOfQuestions finds the byte after the last question and how far questions
// are indented, 0 for a file that has none yet. It is not ok when they, or all
// of the file, stand in brackets.
func (s *source) endOfQuestions() (where, indent int, ok bool) {
	if s.root.Style&yaml.FlowStyle != 0 {
		return 0, 0, false
	}
	list, _ := lookup(s.root, (*path)(nil).key("questions"))
	if list == nil {
		return s.endOfLines(bytes.Count(s.data, []byte("\n")) + 1), 0, true
	}
	if list.Kind != yaml.SequenceNode || list.Style&yaml.FlowStyle != 0 {
		return 0, 0, false
	}
	last := bytes.Count(s.data, []byte("\n")) + 1
	for i := 0; i < len(s.root.Content); i += 2 {
		if key := s.root.Content[i]; key.Line > list.Line && key.Line <= last {
			last = key.Line - 1
		}
	}
	return s.endOfLines(last), list.Column, true
}

// endOfLines is the byte after the last line up to the given one that is
// neither empty, nor a comment of what follows, nor the end of the document.
func (s *source) endOfLines(line int) int {
	lines := bytes.SplitAfter(s.data, []byte("\n"))
	final := line == len(lines)
	for line > 1 {
		body := bytes.TrimRight(lines[line-1], " \t\r\n")
		if len(body) > 0 && !bytes.Equal(body, []byte("...")) && (final || body[0] != '#') {
			break
		}
		line--
	}
	where := 0
	for _, l := range lines[:line] {
		where += len(l)
	}
	return where
}

// fit indents a skeleton and sets it apart from what is before it, with the
// file's kind of line ends. indent is the column of the list, 0 for a new one.
func (s *source) fit(body string, where, indent int) []byte {
	out := "\n"
	if where > 0 && s.data[where-1] != '\n' {
		out += "\n"
	}
	if indent == 0 {
		out += "questions:\n"
		indent = 3
	}
	for line := range strings.Lines(body) {
		out += strings.Repeat(" ", indent-1) + line
	}
	if bytes.Contains(s.data, []byte("\r\n")) {
		out = strings.ReplaceAll(out, "\n", "\r\n")
	}
	return []byte(out)
}

// confirm loads the bank with the new file: it must hold what it held, and the
// question.
func (p *Places) confirm(b *Bank, at int, fresh []byte, id string) error {
	sources := make([]*source, len(p.sources))
	for i, s := range p.sources {
		sources[i] = newSource(s.name, s.data)
	}
	sources[at] = newSource(p.sources[at].name, fresh)
	again, err := assemble(sources)
	if err != nil {
		return session.Errorf(session.Invalid, "a question cannot be appended here:\n%w", err)
	}
	kept := slices.DeleteFunc(again.Questions, func(q Question) bool { return q.ID == id })
	if len(kept) != len(b.Questions) || !reflect.DeepEqual(kept, b.Questions) {
		return session.Errorf(session.Invalid, "a question cannot be appended to %s without a change to the others; write it by hand", printable(p.sources[at].name))
	}
	return nil
}
