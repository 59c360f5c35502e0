package bank

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/text"
)

// shownProblems is how many problems the text of an Error lists.
const shownProblems = 20

// Problem is one thing wrong with a bank, and where.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`           // from 1; 0 when the file as a whole is meant
	Column  int    `json:"column"`         // from 1, in characters
	Path    string `json:"path,omitempty"` // such as "questions[2].key_points[0].weight"
	Message string `json:"message"`
}

// String writes "file:line:column: message".
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Error is everything wrong with a bank. It has at least one problem.
type Error struct {
	Problems []Problem // by file, line and column
}

// Error lists the problems, one a line.
func (e *Error) Error() string {
	var lines []string
	for i, p := range e.Problems {
		if i == shownProblems {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Problems)-i))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// fileError is an Error about a file as a whole.
func fileError(file, format string, args ...any) *Error {
	return &Error{Problems: []Problem{newProblem(file, 0, 0, "", format, args...)}}
}

// newProblem makes a problem whose texts can be printed: names of files and
// what they hold come from strangers.
func newProblem(file string, line, column int, path, format string, args ...any) Problem {
	return Problem{
		File: printable(file), Line: line, Column: column, Path: path,
		Message: printable(fmt.Sprintf(format, args...)),
	}
}

// printable keeps a problem on one line.
func printable(s string) string { return strings.ReplaceAll(text.Clean(s), "\n", " ") }

// errorOf gathers the problems of several files, nil when there are none.
func errorOf(sources []*source) error {
	var all []Problem
	for _, s := range sources {
		slices.SortStableFunc(s.problems, func(a, b Problem) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		all = append(all, s.problems...)
	}
	if len(all) == 0 {
		return nil
	}
	return &Error{Problems: all}
}
