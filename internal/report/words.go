package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// Disclaimer stands in every report.
const Disclaimer = "Practice feedback, not a hiring decision."

// Mark is the sign of a verdict: ✓ ◐ ✗ ! ?
func Mark(s rubric.Status) string {
	switch s {
	case rubric.Met:
		return "✓"
	case rubric.Partial:
		return "◐"
	case rubric.Missed:
		return "✗"
	case rubric.Contradicted:
		return "!"
	}
	return "?"
}

// MarkASCII is Mark for terminals without UTF-8: + ~ x ! ?
func MarkASCII(s rubric.Status) string {
	switch s {
	case rubric.Met:
		return "+"
	case rubric.Partial:
		return "~"
	case rubric.Missed:
		return "x"
	}
	return Mark(s)
}

// Word is the word of a verdict: met, partial, missed, contradicted or cannot
// assess.
func Word(s rubric.Status) string {
	switch s {
	case rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted:
		return string(s)
	}
	return "cannot assess"
}

// reasons are the words for the reasons elios itself gives.
var reasons = map[string]string{
	rubric.ReasonLanguage:    "the evaluator does not read this language",
	rubric.ReasonEvidence:    "no verbatim quote supports a verdict",
	rubric.ReasonUnclear:     "the answer is on topic, but neither clearly for nor against the point",
	rubric.ReasonMissing:     "the evaluator gave no verdict",
	rubric.ReasonSkipped:     "the question was skipped",
	rubric.ReasonUnsupported: "no word of the quote has to do with the point, so look for yourself",
	withdrawn:                "a later answer withdraws it",
}

// withdrawn is the reason of a misconception that costs nothing any more.
const withdrawn = "withdrawn"

// known tells whether a reason is one of elios's own.
func known(reason string) bool { return reasons[reason] != "" }

// Reason says in words why a point got no verdict, or why it is missed. It is
// "" when there is nothing to say.
func Reason(reason string) string {
	if known(reason) {
		return reasons[reason]
	}
	return Line(reason)
}

// OutcomeText says how an interview ended, or that it is still open.
func OutcomeText(o session.Outcome) string {
	switch o {
	case session.Finished:
		return "finished"
	case session.Ended:
		return "ended early"
	case session.Expired:
		return "expired after days without a command"
	}
	return "not finished yet"
}

// Line is text as one line: cleaned, and all white space folded.
func Line(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }

// Block is text as it was written, cleaned and without blank lines around it.
func Block(s string) string {
	return strings.TrimRight(strings.TrimLeft(text.Clean(s), "\n"), " \t\n")
}

// EvaluatorText names an evaluator, cleaned.
func EvaluatorText(e session.EvaluatorInfo) string { return Line(e.String()) }

// TheEvaluator names an evaluator within a sentence: "the built-in evaluator", "gemma3:4b".
func TheEvaluator(e session.EvaluatorInfo) string {
	if e.Name == session.Builtin || e.Name == "" {
		return "the " + EvaluatorText(e)
	}
	return EvaluatorText(e)
}

// Capital is s with its first letter in upper case.
func Capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}
