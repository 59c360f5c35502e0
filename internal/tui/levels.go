package tui

import (
	"fmt"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func levelWords(level int) string { return fmt.Sprintf("level %d of %d", level, rubric.MaxLevel) }

// pointName is a point's words. A dimension has none but what its levels look
// like, so it goes by its id.
func pointName(id, text string, dimension bool) string {
	name := report.Line(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if !dimension || name == "" {
		return report.Line(text)
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// anchorLines say what the level of a dimension means, and what the next one
// would take; of one that could not be assessed, what the best looks like.
func (k *look) anchorLines(p session.RevealedPoint, w int) []string {
	var out []string
	line := func(lead string, level int) {
		if level >= 0 {
			s := fmt.Sprintf(lead, level)
			out = append(out, indent("    ", wrap(w-4, span{s, &k.mutedStyle}, span{report.Line(p.Anchors[level]), nil}))...)
		}
	}
	level := rubric.MaxLevel
	if v := p.Verdict; v.Level != nil && v.Status != rubric.CannotAssess {
		level = *v.Level
	}
	here, next := anchorsAround(p.Anchors, level)
	line("level %d: ", here)
	line("for level %d: ", next)
	return out
}

// anchorsAround are the highest anchor up to a level and the next worth aiming
// at: the lowest above it that is no gap. -1 for none.
func anchorsAround(anchors map[int]string, level int) (here, next int) {
	here, next = -1, -1
	for l := range anchors {
		switch {
		case l <= level:
			here = max(here, l)
		case l >= rubric.GapLevel && (next < 0 || l < next):
			next = l
		}
	}
	return here, next
}
