package bank

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// path is where in a file something stands. It is a chain from the inside out
// so that going one step deeper costs nothing but the step; nil is the top.
type path struct {
	parent *path
	name   string // of a key; "" for an item of a list
	item   int
}

func (p *path) key(name string) *path { return &path{parent: p, name: name} }

func (p *path) index(i int) *path { return &path{parent: p, item: i} }

// steps lists the chain from the top.
func (p *path) steps() []*path {
	var out []*path
	for ; p != nil; p = p.parent {
		out = append(out, p)
	}
	slices.Reverse(out)
	return out
}

// String writes "questions[2].key_points[0].weight".
func (p *path) String() string {
	var b strings.Builder
	for _, s := range p.steps() {
		switch {
		case s.name == "":
			b.WriteString("[" + strconv.Itoa(s.item) + "]")
		case b.Len() == 0:
			b.WriteString(s.name)
		default:
			b.WriteString("." + s.name)
		}
	}
	return b.String()
}

// lookup finds the node at a path, nil when it names something that is not
// there, and the nearest node around it.
func lookup(n *yaml.Node, p *path) (exact, near *yaml.Node) {
	for _, s := range p.steps() {
		next := step(resolve(n), s)
		if next == nil {
			return nil, n
		}
		n = next
	}
	return n, n
}

// step goes from a node to a part of it, nil when there is no such part.
func step(n *yaml.Node, s *path) *yaml.Node {
	if s.name == "" {
		if n.Kind == yaml.SequenceNode && s.item < len(n.Content) {
			return n.Content[s.item]
		}
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if resolve(n.Content[i]).Value == s.name {
			return n.Content[i+1]
		}
	}
	return nil
}

// resolve follows an alias to what it stands for. Cycles are refused before
// anything is resolved (see limits.go), and an alias never names an alias.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
