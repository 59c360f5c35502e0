package bank

import (
	"encoding"
	"math"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// decode fills v, a pointer, from the file. It goes on after a problem so that
// the author sees all of them at once.
func (s *source) decode(v any) { s.value(s.root, reflect.ValueOf(v).Elem(), nil) }

// value fills one value from a node by what the value's type takes.
func (s *source) value(at *yaml.Node, v reflect.Value, p *path) {
	n := resolve(at)
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		s.special(at, n, u, v.Type(), p)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		s.mapping(at, n, v, p)
	case reflect.Map:
		s.dictionary(at, n, v, p)
	case reflect.Slice:
		s.sequence(at, n, v, p)
	default:
		s.scalar(at, n, v, p)
	}
}

// wrong reports a value of the wrong type and remembers that the path has no
// value, so that nothing else is said about it.
func (s *source) wrong(at, n *yaml.Node, p *path, expected string) {
	s.broken[p.String()] = true
	s.breaks(ruleAt(p), at.Line, at.Column, p, "expected %s, found %s%s", expected, describe(n), quoting(n, expected))
}

// sequence fills a list. An empty one is not nil: "missed: []" says something.
func (s *source) sequence(at, n *yaml.Node, v reflect.Value, p *path) {
	if n.Kind != yaml.SequenceNode {
		s.wrong(at, n, p, expectedOf(v.Type()))
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, c := range n.Content {
		s.value(c, out.Index(i), p.index(i))
	}
	v.Set(out)
}

// scalar fills a text, number or truth value.
func (s *source) scalar(at, n *yaml.Node, v reflect.Value, p *path) {
	if n.Kind != yaml.ScalarNode || !fill(n, v) {
		s.wrong(at, n, p, expectedOf(v.Type()))
		return
	}
	if v.Kind() == reflect.String && v.Len() == 0 {
		s.broken[p.String()] = true
		s.add(at.Line, at.Column, p, "this text is empty")
	}
}

// fill sets v from a scalar of the fitting type, or tells that it is none.
func fill(n *yaml.Node, v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		if n.Tag != "!!str" && n.Tag != "!!timestamp" {
			return false
		}
		v.SetString(strings.TrimRight(strings.TrimLeft(n.Value, "\n"), " \t\n"))
	case reflect.Bool:
		b, err := strconv.ParseBool(n.Value)
		if n.Tag != "!!bool" || err != nil {
			return false
		}
		v.SetBool(b)
	case reflect.Int:
		i, ok := integer(n)
		if !ok {
			return false
		}
		v.SetInt(i)
	default:
		f, ok := float(n)
		if !ok {
			return false
		}
		v.SetFloat(f)
	}
	return true
}

func integer(n *yaml.Node) (int64, bool) {
	var i int32 // nothing in a bank comes near
	if n.Tag != "!!int" || n.Decode(&i) != nil {
		return 0, false
	}
	return int64(i), true
}

func float(n *yaml.Node) (float64, bool) {
	var f float64
	if n.Tag != "!!int" && n.Tag != "!!float" || n.Decode(&f) != nil {
		return 0, false
	}
	return f, !math.IsNaN(f) && !math.IsInf(f, 0)
}

// special fills a value that reads itself from a text: a bound, a time span.
func (s *source) special(at, n *yaml.Node, u encoding.TextUnmarshaler, t reflect.Type, p *path) {
	_, number := float(n)
	textual := n.Kind == yaml.ScalarNode && n.Tag == "!!str" && strings.TrimSpace(n.Value) != ""
	if !textual && !(number && t == boundType) {
		s.wrong(at, n, p, expectedOf(t))
		return
	}
	if err := u.UnmarshalText([]byte(strings.TrimSpace(n.Value))); err != nil {
		s.broken[p.String()] = true
		s.add(at.Line, at.Column, p, "%s", err)
	}
}
