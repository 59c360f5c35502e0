package bank

import (
	"bytes"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// Place is where in a bank's files something stands.
type Place struct {
	File   string // as it was named when the bank was loaded
	Line   int    // from 1
	Column int    // from 1, in characters
	Path   string // such as "questions[2].key_points[0].say"
}

// Places finds where the parts of a loaded bank stand in its files.
type Places struct {
	sources []*source
	first   []int // the number of the first question of each file

	embedded bool // the files are in the program
}

// OnDisk tells whether the bank's files can be written.
func (p *Places) OnDisk() bool { return !p.embedded }

// Node is a part of a bank's file. Parts that are not there can be named too:
// their place is that of the nearest part around them.
type Node struct{ c check }

// LoadPlaced is Load that also tells where everything stands. Places are nil
// only when no file could be read.
func LoadPlaced(path string) (*Bank, *Places, error) { return located(load(path)) }

// ParsePlaced is Parse that also tells where everything stands.
func ParsePlaced(name string, data []byte) (*Bank, *Places, error) {
	sources := []*source{newSource(name, data)}
	b, err := assemble(sources)
	return located(b, sources, err)
}

// LoadFSPlaced is LoadFS, for one file, that also tells where everything stands.
func LoadFSPlaced(fsys fs.FS, path string) (*Bank, *Places, error) {
	data, err := readFile(fsys, path)
	if err != nil {
		return nil, nil, err
	}
	return ParsePlaced(path, data)
}

// located counts the questions of each file.
func located(b *Bank, sources []*source, err error) (*Bank, *Places, error) {
	if len(sources) == 0 {
		return b, nil, err
	}
	p := &Places{sources: sources}
	total := 0
	for _, s := range sources {
		p.first = append(p.first, total)
		if s.root == nil {
			continue
		}
		if list, _ := lookup(s.root, (*path)(nil).key("questions")); list != nil {
			total += len(resolve(list).Content)
		}
	}
	return b, p, err
}

// Files lists the files the bank was read from, the header first.
func (p *Places) Files() []string {
	out := make([]string, len(p.sources))
	for i, s := range p.sources {
		out[i] = s.name
	}
	return out
}

// Data is a file as it was read, nil when the bank has none of that name.
func (p *Places) Data(file string) []byte {
	for _, s := range p.sources {
		if s.name == file {
			return s.data
		}
	}
	return nil
}

// Blocks tells of each line of a file whether it is inside a text of several
// lines (after | or >), where white space is part of the text.
func (p *Places) Blocks(file string) func(line int) bool {
	inside := map[int]bool{}
	var block *yaml.Node
	end := func(line int) {
		if block == nil {
			return
		}
		for n := block.Line + 1; n < line; n++ {
			inside[n] = true
		}
	}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			end(n.Line)
			block = nil
			if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
				block = n
			}
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	for _, s := range p.sources {
		if s.name == file && s.root != nil {
			walk(s.root)
			end(bytes.Count(s.data, []byte("\n")) + 2)
		}
	}
	return func(line int) bool { return inside[line] }
}

// Bank is the top of the bank, in its header.
func (p *Places) Bank() Node { return Node{check{src: p.sources[0]}} }

// Question is the question of that number in Bank.Questions.
func (p *Places) Question(i int) Node {
	file := 0
	for n, first := range p.first {
		if first <= i {
			file = n
		}
	}
	return Node{check{src: p.sources[file]}.key("questions").index(i - p.first[file])}
}

// Key is the value under a key of this mapping.
func (n Node) Key(name string) Node { return Node{n.c.key(name)} }

// Index is an item of this list.
func (n Node) Index(i int) Node { return Node{n.c.index(i)} }

// Place is where the part stands, or the nearest one around it.
func (n Node) Place() Place {
	out := Place{File: printable(n.c.src.name), Line: 1, Column: 1, Path: n.c.p.String()}
	if n.c.src.root != nil {
		_, near := lookup(n.c.src.root, n.c.p)
		out.Line, out.Column = near.Line, near.Column
	}
	return out
}
