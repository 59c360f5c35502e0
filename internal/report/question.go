package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// questionTitle is "Question 2 (concurrency, level 3)".
func questionTitle(q session.QuestionReport) string {
	return fmt.Sprintf("Question %d (%s, level %d)", q.Number, Line(q.Topic), q.Level)
}

// questionResult says what a question came to.
func questionResult(q session.QuestionReport, s style) []fact {
	out := []fact{{"Score", QuestionScore(q.Result, s.score)}}
	if took := tookOf(q); took > 0 {
		out = append(out, fact{"Time", s.length(took)})
	}
	if hints := hintsOf(q); len(hints) > 0 {
		out = append(out, fact{"Hints used", fmt.Sprint(len(hints))})
	}
	if by := judgedBy(q); by != "" {
		out = append(out, fact{"Evaluator", by})
	}
	return append(append(out, doubts(q)...), regrades(q, s)...)
}

// QuestionScore says in words what a question came to; score is Score or
// SpokenScore.
func QuestionScore(res session.Result, score func(value, upper float64) string) string {
	switch {
	case !res.Over:
		return "none yet, the question is open"
	case res.Skipped:
		return "0, skipped"
	case res.Unassessed:
		return "none, the interview ended before an answer was judged"
	case !res.Final.Judged:
		return "none, nothing could be assessed"
	}
	s := Whole(res.Unprompted.Value) + " unprompted, " + score(res.Final.Value, res.Final.Upper) + " after probing"
	if !res.Unprompted.Judged {
		s = score(res.Final.Value, res.Final.Upper) + " after probing"
	}
	if band := res.Final.Band(); band != rubric.NoBand {
		s += ", " + string(band)
	}
	if res.Final.Capped {
		s += "; a must point is open"
	}
	return s
}

func tookOf(q session.QuestionReport) (took time.Duration) {
	for _, t := range q.Turns {
		took += t.Took
	}
	return took
}

func hintsOf(q session.QuestionReport) (hints []string) {
	for _, t := range q.Turns {
		hints = append(hints, t.HintsGiven...)
	}
	return hints
}

// judgedBy names the evaluator of a question; where they changed on the way, the one of each answer.
func judgedBy(q session.QuestionReport) string {
	var names, each []string
	titles := turnTitles(q)
	for i, t := range q.Turns {
		if t.Evaluation == nil {
			continue
		}
		name := EvaluatorText(t.Evaluation.By)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		each = append(each, name+" ("+titles[i]+")")
	}
	if len(names) > 1 {
		names = each
	}
	return strings.Join(names, ", ")
}

// turnTitles names the turns of a question: "Answer", "Follow-up 1 of 3".
func turnTitles(q session.QuestionReport) []string {
	out, n := make([]string, len(q.Turns)), 0
	for i, t := range q.Turns {
		out[i] = "Question"
		if t.Asked.Kind != session.FollowUpTurn {
			continue
		}
		n++
		out[i] = fmt.Sprintf("Follow-up %d of %d", n, max(n, t.Asked.Max))
		if t.Asked.Stretch {
			out[i] += ", beyond the question"
		}
	}
	return out
}

// turnNote says how long an answer took, or why there is none.
func turnNote(t session.TurnReport, s style) string {
	switch {
	case t.Skipped && t.TimedOut:
		return "The time ran out before you wrote anything"
	case t.Skipped:
		return "You skipped it"
	case !t.Answered:
		return "You have not answered it yet"
	case t.TimedOut:
		return "Your answer when the time ran out, after " + s.length(t.Took)
	}
	return "Your answer, after " + s.length(t.Took)
}

// evidenceIn lists the evidence that stands in the answer of a turn.
func evidenceIn(q session.QuestionReport, turn int) []rubric.Evidence {
	if q.Reveal == nil {
		return nil
	}
	var out []rubric.Evidence
	for _, list := range [][]session.RevealedPoint{q.Reveal.Points, q.Reveal.Own} {
		for _, p := range list {
			for _, e := range p.Verdict.Evidence {
				if e.Answer == turn {
					out = append(out, e)
				}
			}
		}
	}
	return out
}
