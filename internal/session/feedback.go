package session

import (
	"strings"
	"unicode"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// safeFeedback drops the sentences that would tell what is still open: those
// with a word of an open point that neither the question nor the candidate
// has used. All of it is shown when the question is over.
func safeFeedback(iv *Interview, q *rubric.Question, e Evaluation) string {
	if e.Feedback == "" {
		return "" // not every evaluator has something to say
	}
	spans := text.Sentences(e.Feedback)
	said := make([][]string, len(spans))
	telling := map[string]bool{} // of the words of the feedback, those that tell too much
	for i, span := range spans {
		said[i] = stems(e.Feedback[span.Start:span.End])
		for _, stem := range said[i] {
			telling[stem] = false
		}
	}
	markSecret(telling, q, e)
	clearKnown(telling, iv, q, e)
	var kept []string
	for i, span := range spans {
		if s := e.Feedback[span.Start:span.End]; readable(s) && !anyIn(said[i], telling) {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

// mark notes something of those words of a list that matter.
func mark(words map[string]bool, list []string, as bool) {
	for _, stem := range list {
		if _, ok := words[stem]; ok {
			words[stem] = as
		}
	}
}

// clearKnown clears the words that give nothing away.
func clearKnown(words map[string]bool, iv *Interview, q *rubric.Question, e Evaluation) {
	t := iv.TurnN(e.Turn)
	mark(words, text.Written(q.Ask), false)
	for _, a := range answersUpTo(iv, t) {
		mark(words, text.Written(a.Ask), false)
		mark(words, stems(a.Text), false)
	}
	for _, c := range q.Criteria() {
		if told(c, e) {
			mark(words, text.Written(c.Text), false)
		}
	}
}

// markSecret marks the words of open points, of the ideal answer and of
// misconceptions.
func markSecret(words map[string]bool, q *rubric.Question, e Evaluation) {
	add := func(s string) { mark(words, text.Written(s), true) }
	for _, c := range q.Criteria() {
		if !told(c, e) {
			addCriterion(add, c)
		}
	}
	for i := range q.FollowUps {
		for _, c := range q.FollowUps[i].Criteria() {
			addCriterion(add, c)
		}
	}
	for _, m := range q.Misconceptions {
		add(m.Point)
	}
	add(q.Ideal)
}

// told tells whether the words of a point are known, since it is met.
func told(c rubric.Criterion, e Evaluation) bool {
	v, ok := rubric.Find(e.Verdicts, c.ID)
	return ok && v.Status == rubric.Met && v.Level == nil
}

func addCriterion(add func(string), c rubric.Criterion) {
	add(c.ID)
	add(c.Text)
	add(c.Say)
	add(c.Probe)
}

// readable tells whether a sentence is in letters that have stems to compare;
// of any other nobody can say what it gives away.
func readable(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

func stems(s string) []string { return text.Content(text.Tokens(s)) }

func anyIn(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}
