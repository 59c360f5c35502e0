package bank

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/text"
)

// ruleAt is the rule that a value breaks which is not even of the right type.
func ruleAt(p *path) string {
	if p == nil || p.name == "expect" {
		return RuleFormat
	}
	return cmp.Or(missingRules[p.name], RuleFormat)
}

// shownProblems is how many problems the text of an Error lists.
const shownProblems = 20

// Problem is one thing wrong with a bank, and where.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`           // from 1; 0 when the file as a whole is meant
	Column  int    `json:"column"`         // from 1, in characters
	Path    string `json:"path,omitempty"` // such as "questions[2].key_points[0].weight"
	Rule    string `json:"rule"`           // the rule of elios bank lint it breaks, such as RuleFormat
	Message string `json:"message"`
}

// Rules that loading holds; elios bank lint names its findings by them.
const (
	RuleFormat    = "format"         // not as docs/bank-format.md has it
	RuleVersion   = "version"        // no semver
	RuleLevel     = "level"          // a question without a level from 1 to 5
	RuleDuplicate = "duplicate-id"   // an id or a reference is there twice
	RuleDangling  = "dangling-id"    // an id that names nothing
	RuleCovers    = "unknown-cover"  // a follow-up covers a point there is not
	RuleCriteria  = "no-criteria"    // neither key points nor dimensions, or the wrong ones
	RuleWeight    = "weight"         // no weight above 0
	RuleExpect    = "no-expectation" // a case that expects nothing
)

// missingRules are the rules that a missing key breaks; for others it is
// RuleFormat.
var missingRules = map[string]string{
	"version": RuleVersion, "level": RuleLevel, "weight": RuleWeight, "expect": RuleExpect,
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
	return &Error{Problems: []Problem{newProblem(RuleFormat, file, 0, 0, "", format, args...)}}
}

// newProblem makes a problem whose texts can be printed: names of files and
// what they hold come from strangers.
func newProblem(rule, file string, line, column int, path, format string, args ...any) Problem {
	return Problem{
		File: printable(file), Line: line, Column: column, Path: path, Rule: rule,
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
