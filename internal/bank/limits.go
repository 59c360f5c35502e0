package bank

import (
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/elios/elios/internal/text"
)

// Limits on banks. They are far above what a person writes and far below what
// hurts a machine.
const (
	MaxFileSize   = 1 << 20  // bytes of one file
	MaxFolderSize = 16 << 20 // bytes of all files of a folder
	MaxFiles      = 500      // files of a folder
	MaxQuestions  = 5000     // questions of a bank
	MaxDepth      = 40       // lists and mappings within one another
	MaxText       = 20_000   // characters of one text
	MaxAliasNodes = 100_000  // values that aliases (*name) stand for, in all
	MaxAliasBytes = 4 << 20  // bytes of the texts that aliases stand for, in all
)

// limit cleans every text of the file and refuses what is over the limits,
// before anything walks the document with aliases followed.
func (s *source) limit() {
	s.clean(s.root)
	l := limiter{src: s}
	l.walk(s.root, s.root, 1, false)
}

// clean cleans the texts of a node in place. It does not follow aliases, so
// that each is cleaned once however often it is used.
func (s *source) clean(n *yaml.Node) {
	n.Value = text.Clean(n.Value)
	if size := utf8.RuneCountInString(n.Value); size > MaxText {
		s.add(n.Line, n.Column, nil, "this text has %d characters, more than %d", size, MaxText)
	}
	for _, c := range n.Content {
		s.clean(c)
	}
}

// limiter walks a document with its aliases followed, up to a budget.
type limiter struct {
	src          *source
	nodes, bytes int
}

// walk visits n and what is in it; top is the node in the file itself that led
// there. It tells whether to go on.
func (l *limiter) walk(n, top *yaml.Node, depth int, aliased bool) bool {
	if aliased {
		l.nodes++
		l.bytes += len(n.Value)
	}
	if message := l.over(depth); message != "" {
		l.src.add(top.Line, top.Column, nil, "%s", message)
		return false
	}
	if n.Kind == yaml.AliasNode {
		return l.walk(n.Alias, top, depth+1, true)
	}
	for _, c := range n.Content {
		in := top
		if !aliased {
			in = c
		}
		if !l.walk(c, in, depth+1, aliased) {
			return false
		}
	}
	return true
}

// over names the limit that is passed, "" when none is.
func (l *limiter) over(depth int) string {
	switch {
	case depth > MaxDepth:
		return "this is nested too deeply, or an alias holds itself"
	case l.nodes > MaxAliasNodes:
		return "the aliases of this file stand for too many values"
	case l.bytes > MaxAliasBytes:
		return "the aliases of this file stand for too much text"
	}
	return ""
}
