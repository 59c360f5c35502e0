package builtin

import (
	"slices"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

// pager asks about code that a right answer changes in one place.
func pager() rubric.Question {
	q := open("pager", "Why does this skip a row, and what do you write instead?\n\n```go\nfrom := page * size + 1\nto := from + size\nrows := all[from:to]\n```",
		said("first", 2, "The first index must be page * size.", "It begins one too late; the slice has to begin at page * size.", anyOf("page * size: to, begin page, from = page * size rows, one too late, size + 0")),
		said("end", 1, "The end must not pass the length: min(from+size, len(all)).", "Near the end the slice would pass the length, so I take the smaller of both.", anyOf("min(from + size, length, size min, too long")))
	q.Type = rubric.CodeReading
	return q
}

// A changed line of code is an answer, though each of its words stands in the question.
func TestChangedLine(t *testing.T) {
	q := pager()
	for _, c := range []struct {
		answer, point string
		want          rubric.Status
	}{
		{"to := min(from + size, len(all))", "end", rubric.Met},
		{"from := page * size + 0", "first", rubric.Met},
		{"from := page * size + 1", "first", rubric.Missed}, // as it stands there
		{"to := from + size", "end", rubric.Missed},
	} {
		verdicts, _ := asker{t, New()}.ask(&q, c.answer)
		if v, _ := rubric.Find(verdicts, c.point); v.Status != c.want {
			t.Errorf("%s: %s is %s, want %s", c.answer, c.point, v.Status, c.want)
		}
	}
}

// The expressions that the built-in banks' questions about code ask for.
func TestExpressions(t *testing.T) {
	a, all := asker{t, New()}, openQuestions(t)
	for _, c := range []struct{ question, point, answer string }{
		{"slice-aliasing", "fix", "I pass base[:2:2]."},
		{"slice-aliasing", "fix", "base[:2:2]"},
		{"slice-aliasing", "fix", "a := base[0:2:2]"},
		{"slice-aliasing", "fix", "b := append([]int(nil), a...)"},
		{"slice-aliasing", "in-place", "the append to b writes 99 into base[2]"},
		{"slice-aliasing", "in-place", "base[2] becomes 99"},
		{"slice-aliasing", "output", "[1 2 99 4] 2 4 and [1 2 99] [7 2 99 5 6]"},
		{"nil-interface", "fix", "I write return nil at the end."},
		{"binary-search", "endless", "lo = mid + 1"},
		{"binary-search", "range", "hi := len(a)"},
		{"binary-search", "overflow", "mid := lo + (hi-lo)/2"},
		{"lost-update", "conditional", "SET stock = stock - 1"},
		{"composite-index", "range", "created_at >= '2026-03-01' AND created_at < '2026-03-02'"},
		{"retry-loop", "backoff", "delay *= 2"},
		{"retry-loop", "jitter", "time.Sleep(rand.N(d))"},
		{"sql-injection", "parameters", "I write name = $1 and hand name over to Query."},
	} {
		i := slices.IndexFunc(all, func(q rubric.Question) bool { return q.ID == c.question })
		verdicts, _ := a.ask(&all[i], c.answer)
		if v, _ := rubric.Find(verdicts, c.point); v.Status != rubric.Met {
			t.Errorf("%s: %s is %s %s after %q", c.question, c.point, v.Status, v.Reason, c.answer)
		}
	}
}
