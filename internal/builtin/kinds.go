package builtin

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// kind is which side of a story a dimension looks at.
type kind int

// The sides, after the STAR scheme.
const (
	situation kind = iota
	action
	result
	reflection
)

// kindWords are the words by which the kind of a dimension is guessed.
var kindWords = [...]map[string]bool{
	situation: stemSet("situation context stakes project deadline role background task problem setting challenge scope goal"),
	action: stemSet(`action actions personally decisions decision trade-offs considered told approach steps did
communication ownership conflict initiative`),
	result:     stemSet("result results outcome outcomes measure measured impact effect numbers delivered"),
	reflection: stemSet("reflection lesson lessons learned learning learnt differently since change growth retrospective behaviour"),
}

// kindOf guesses the kind of a dimension: by its id, else by its anchors and its probe.
func kindOf(d rubric.Dimension) kind {
	texts := []string{d.Probe}
	for level := range rubric.MaxLevel + 1 {
		texts = append(texts, d.Anchors[level])
	}
	if k, ok := mostLike(stemSet(d.ID)); ok {
		return k
	}
	if k, ok := mostLike(stemSet(strings.Join(texts, " "))); ok {
		return k
	}
	return action
}

func mostLike(stems map[string]bool) (kind, bool) {
	best, at := 0, action
	for k, set := range kindWords {
		n := 0
		for s := range stems {
			if set[s] {
				n++
			}
		}
		if n > best {
			best, at = n, kind(k)
		}
	}
	return at, best > 0
}
