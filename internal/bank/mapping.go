package bank

import (
	"cmp"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// mapping fills a struct from a mapping: every key known and there once, every
// required one there.
func (s *source) mapping(at, n *yaml.Node, v reflect.Value, p *path) {
	if n.Kind != yaml.MappingNode {
		s.wrong(at, n, p, expectedOf(v.Type()))
		return
	}
	fields := fieldsOf(v.Type())
	seen := s.keys(n, p, func(key, value *yaml.Node) {
		f := find(fields, key.Value)
		if f == nil {
			s.add(key.Line, key.Column, p.key(key.Value), "unknown key %q%s", key.Value, didYouMean(key.Value, namesOf(fields)))
			return
		}
		s.value(value, v.FieldByIndex(f.index), p.key(f.name))
	})
	for _, f := range fields {
		if f.required && seen[f.name] == nil {
			missing := p.key(f.name)
			s.broken[missing.String()] = true
			s.breaks(cmp.Or(missingRules[f.name], RuleFormat), at.Line, at.Column, missing, "the key %q is missing", f.name)
		}
	}
}

// keys calls do for every key of a mapping that is a plain one and stands there
// for the first time, and reports the others.
func (s *source) keys(n *yaml.Node, p *path, do func(key, value *yaml.Node)) map[string]*yaml.Node {
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		at := n.Content[i]
		key := resolve(at)
		first := seen[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode:
			s.add(at.Line, at.Column, p, "expected a key, found %s", describe(key))
		case key.Tag == "!!merge":
			s.add(at.Line, at.Column, p, "merge keys (<<) are not supported; write the keys out, or use an alias for a whole value")
		case first != nil:
			s.add(at.Line, at.Column, p.key(key.Value), "the key %q is here twice; the first is in line %d", key.Value, first.Line)
		default:
			seen[key.Value] = at
			do(placed(key, at), n.Content[i+1])
		}
	}
	return seen
}

// dictionary fills a map, whose keys are the author's: levels or ids.
func (s *source) dictionary(at, n *yaml.Node, v reflect.Value, p *path) {
	if n.Kind != yaml.MappingNode {
		s.wrong(at, n, p, expectedOf(v.Type()))
		return
	}
	t := v.Type()
	v.Set(reflect.MakeMapWithSize(t, len(n.Content)/2))
	s.keys(n, p, func(key, value *yaml.Node) {
		k := reflect.New(t.Key()).Elem()
		switch level, err := strconv.Atoi(key.Value); {
		case k.Kind() == reflect.String:
			k.SetString(key.Value)
		case err != nil || strconv.Itoa(level) != key.Value:
			s.wrong(key, key, p.key(key.Value), "a level from 0 to 5")
			return
		default:
			k.SetInt(int64(level))
		}
		e := reflect.New(t.Elem()).Elem()
		s.value(value, e, p.key(key.Value))
		v.SetMapIndex(k, e)
	})
}
