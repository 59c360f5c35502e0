package report

import (
	"strconv"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// row is one verdict with all it belongs to.
type row struct {
	r    *session.Report
	q    *session.QuestionReport
	kind string
	p    session.RevealedPoint
}

// columns are the columns of a CSV report, with what stands in each.
var columns = []struct {
	name, about string
	value       func(row) string
}{
	{"interview", "the interview's id", func(x row) string { return x.r.Interview.ID }},
	{"created_at", "when it was made, RFC 3339, UTC", func(x row) string { return x.r.Interview.CreatedAt.UTC().Format("2006-01-02T15:04:05Z07:00") }},
	{"bank", "the bank's id", func(x row) string { return x.r.Interview.Bank.ID }},
	{"bank_version", "the bank's version", func(x row) string { return x.r.Interview.Bank.Version }},
	{"mode", "practice or exam", func(x row) string { return string(x.r.Interview.Mode) }},
	{"question", "the question's number in the interview", func(x row) string { return strconv.Itoa(x.q.Number) }},
	{"question_id", "its id in the bank", func(x row) string { return x.q.ID }},
	{"topic", "its topic", func(x row) string { return x.q.Topic }},
	{"level", "its level, 1 to 5", func(x row) string { return strconv.Itoa(x.q.Level) }},
	{"result", "judged, skipped or unassessed", func(x row) string { return resultWord(x.q.Result) }},
	{"score", "the question's score after probing, 0 to 100; empty without one", func(x row) string { return scoreCell(x.q.Result.Final, x.q.Result.Final.Value) }},
	{"upper", "the same if all that could not be assessed were met", func(x row) string { return scoreCell(x.q.Result.Final, x.q.Result.Final.Upper) }},
	{"unprompted", "the score of the main answer alone", func(x row) string { return scoreCell(x.q.Result.Unprompted, x.q.Result.Unprompted.Value) }},
	{"hints", "hints used on the question", func(x row) string { return strconv.Itoa(len(hintsOf(*x.q))) }},
	{"seconds", "time taken for its answers", func(x row) string { return strconv.FormatFloat(tookOf(*x.q).Seconds(), 'f', -1, 64) }},
	{"evaluator", "who judged it", func(x row) string { return judgedBy(*x.q) }},
	{"kind", "key_point, dimension, own_point (of a follow-up, not in the score) or misconception", func(x row) string { return x.kind }},
	{"point", "the point's id", func(x row) string { return x.p.ID }},
	{"text", "the point in the rubric's words", func(x row) string { return x.p.Text }},
	{"weight", "its weight; of a misconception the points it costs", func(x row) string { return strconv.FormatFloat(x.p.Weight, 'f', -1, 64) }},
	{"must", "true when the score is capped without it", func(x row) string { return strconv.FormatBool(x.p.Must) }},
	{"verdict", "met, partial, missed, contradicted or cannot_assess; of a misconception held or withdrawn", verdictCell},
	{"verdict_level", "of a dimension, 0 to 5", func(x row) string { return levelCell(x.p.Verdict.Level) }},
	{"confidence", "of the evaluator: high, medium, low or empty", func(x row) string { return string(x.p.Verdict.Confidence) }},
	{"reason", "why there is no verdict, or why it is missed", func(x row) string { return x.p.Verdict.Reason }},
	{"evidence", "the candidate's words; several quotes are parted by a vertical bar", evidenceCell},
	{"self_mark", "the candidate's own last mark: met, partial, missed or empty", selfMarkCell},
	{"dispute", "why the candidate disputes the verdict", disputeCell},
}

const misconception = "misconception"

func resultWord(res session.Result) string {
	switch {
	case res.Skipped:
		return "skipped"
	case res.Unassessed, !res.Final.Judged:
		return "unassessed"
	}
	return "judged"
}

func scoreCell(s rubric.Score, value float64) string {
	if !s.Judged {
		return ""
	}
	return strconv.FormatFloat(value, 'f', 1, 64)
}

func verdictCell(x row) string {
	switch {
	case x.kind == misconception && x.p.Verdict.Status == rubric.Contradicted:
		return "held"
	case x.kind == misconception:
		return withdrawn
	}
	return string(x.p.Verdict.Status)
}

func levelCell(level *int) string {
	if level == nil {
		return ""
	}
	return strconv.Itoa(*level)
}

func evidenceCell(x row) string {
	var quotes []string
	for _, e := range x.p.Verdict.Evidence {
		quotes = append(quotes, Line(e.Quote))
	}
	return strings.Join(quotes, " | ")
}

func selfMarkCell(x row) (mark string) {
	if x.kind == misconception || x.kind == "own_point" {
		return ""
	}
	for _, m := range x.q.Marks {
		if m.Point == x.p.ID {
			mark = string(m.Status)
		}
	}
	return mark
}

func disputeCell(x row) string {
	if x.kind == misconception || x.kind == "own_point" {
		return ""
	}
	var reasons []string
	for _, d := range x.q.Disputes {
		if d.Point == x.p.ID {
			reasons = append(reasons, Line(d.Reason))
		}
	}
	return strings.Join(reasons, " | ")
}
