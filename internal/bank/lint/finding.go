package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/text"
)

// Finding is one thing a bank has that a good one has not.
type Finding struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`           // from 1; 0 when the file as a whole is meant
	Column   int      `json:"column"`         // from 1, in characters
	Path     string   `json:"path,omitempty"` // such as "questions[2].key_points[0].say"
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // what is wrong
	Mend     string   `json:"mend"`    // how to mend it
	Fixable  bool     `json:"fixable"` // Fix mends it

	edit *edit
}

// shownText is how much of a bank's text a message repeats, in characters.
const shownText = 60

// newFinding makes a finding whose message can be printed on one line.
func newFinding(rule string, at bank.Place, format string, args ...any) Finding {
	r := ruleOf(rule)
	return Finding{
		File: at.File, Line: at.Line, Column: at.Column, Path: at.Path, Rule: r.ID, Severity: r.Severity, Mend: r.Mend,
		Message: oneLine(fmt.Sprintf(format, args...)),
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }

// quoted is the beginning of a bank's text, in quotes.
func quoted(s string) string {
	r := []rune(oneLine(s))
	if len(r) > shownText {
		return `"` + string(r[:shownText-1]) + `…"`
	}
	return `"` + string(r) + `"`
}

// Broken lists what kept a bank from being loaded; at may be nil.
func Broken(e *bank.Error, at *bank.Places) []Finding {
	out := make([]Finding, len(e.Problems))
	for i, p := range e.Problems {
		out[i] = newFinding(p.Rule, bank.Place{File: p.File, Line: p.Line, Column: p.Column, Path: p.Path}, "%s", p.Message)
		if edit, ok := wholeVersion(p, at); ok {
			out[i].mends(edit)
		}
	}
	return out
}

// IsBroken gives the *bank.Error in an error of loading, nil when it is
// another.
func IsBroken(err error) *bank.Error {
	var broken *bank.Error
	if errors.As(err, &broken) {
		return broken
	}
	return nil
}

// Count tells how many findings are errors and warnings.
func Count(list []Finding) (failures, warnings int) {
	for _, f := range list {
		if f.Severity == Error {
			failures++
		} else {
			warnings++
		}
	}
	return failures, warnings
}

// inOrder sorts by file, line and column.
func inOrder(list []Finding, files []string) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(files, a.File), slices.Index(files, b.File)),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		)
	})
	return list
}
