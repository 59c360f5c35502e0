package session

import (
	"strings"
	"sync"
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
	known := knownStems(iv, q, e)
	secret := secretStems(q, e, known)
	var kept []string
	for _, span := range text.Sentences(e.Feedback) {
		s := e.Feedback[span.Start:span.End]
		if readable(s) && !anyIn(stems(s), secret) {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

// knownStems are the words that give nothing away.
func knownStems(iv *Interview, q *rubric.Question, e Evaluation) map[string]bool {
	known := make(map[string]bool)
	add := func(list []string) {
		for _, stem := range list {
			known[stem] = true
		}
	}
	t := iv.TurnN(e.Turn)
	add(writtenStems(q.Ask))
	for _, a := range answersUpTo(iv, t) {
		add(writtenStems(a.Ask))
		add(stems(a.Text))
	}
	for _, c := range q.Criteria() {
		if v, ok := rubric.Find(e.Verdicts, c.ID); ok && v.Status == rubric.Met && v.Level == nil {
			add(writtenStems(c.Text))
		}
	}
	return known
}

// secretStems are the words of open points, of the ideal answer and of
// misconceptions that are not known.
func secretStems(q *rubric.Question, e Evaluation, known map[string]bool) map[string]bool {
	secret := make(map[string]bool)
	add := func(s string) {
		for _, stem := range writtenStems(s) {
			if !known[stem] {
				secret[stem] = true
			}
		}
	}
	for _, c := range q.Criteria() {
		if v, ok := rubric.Find(e.Verdicts, c.ID); ok && v.Status == rubric.Met && v.Level == nil {
			continue
		}
		addCriterion(add, c)
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
	return secret
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

// written remembers the stems of what stands in banks: it is the same for every
// answer, and making them was a tenth of all that an answer cost a server.
var written = struct {
	sync.RWMutex
	stems map[string][]string
}{stems: map[string][]string{}}

// mostWritten is how many texts are remembered: those of about 500 questions.
const mostWritten = 8192

// writtenStems is stems of a text that is asked for again and again.
func writtenStems(s string) []string {
	written.RLock()
	known, ok := written.stems[s]
	written.RUnlock()
	if ok {
		return known
	}
	made := stems(s)
	written.Lock()
	defer written.Unlock()
	if len(written.stems) >= mostWritten {
		clear(written.stems)
	}
	written.stems[s] = made
	return made
}

func anyIn(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}
