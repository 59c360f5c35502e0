package rubric

import (
	"slices"
	"unicode/utf8"

	"github.com/elios/elios/internal/text"
)

// MinQuoteWords is how many words a quote has at least, unless it is the whole
// answer.
const MinQuoteWords = 3

// Verify checks what an evaluator said against the answers, and gives exactly
// one verdict for each criterion, in their order. Evidence is looked for in
// the answers and its offsets set; a verdict that earns something without a
// verbatim quote becomes cannot_assess. So no evaluator, and nothing written
// in an answer, can award a point the candidate's own words do not show.
func Verify(criteria []Criterion, verdicts []Verdict, answers []Answer) []Verdict {
	out := make([]Verdict, 0, len(criteria))
	for _, c := range criteria {
		v, ok := Find(verdicts, c.ID)
		if !ok {
			v = Verdict{Point: c.ID, Status: CannotAssess, Reason: ReasonMissing}
		}
		out = append(out, verify(c, v, answers))
	}
	return out
}

func verify(c Criterion, v Verdict, answers []Answer) Verdict {
	v = sane(c, v)
	if v.Status == Missed || v.Status == CannotAssess {
		v.Evidence = nil
		return v
	}
	v.Evidence = Locate(v.Evidence, answers)
	if len(v.Evidence) == 0 && v.Status != Contradicted {
		return Verdict{Point: v.Point, Status: CannotAssess, Reason: ReasonEvidence}
	}
	return v
}

// sane makes status and level agree and drops what does not exist: a key point
// has no level, and a dimension without one is not judged.
func sane(c Criterion, v Verdict) Verdict {
	switch {
	case v.Status == CannotAssess:
	case !c.Leveled:
		v.Level = nil
	case v.Level == nil:
		v.Status = ""
	default:
		level := max(0, min(MaxLevel, *v.Level))
		v.Level, v.Status = &level, StatusOf(level)
	}
	v.Reason = text.Clean(v.Reason)
	switch v.Confidence {
	case High, Medium, Low:
	default:
		v.Confidence = ""
	}
	switch v.Status {
	case Met, Partial, Missed, Contradicted:
	case CannotAssess:
		v.Level = nil
		if v.Reason == "" {
			v.Reason = ReasonUnclear
		}
	default:
		v = Verdict{Point: v.Point, Status: CannotAssess, Reason: ReasonMissing}
	}
	return v
}

// Locate keeps the evidence that really stands in an answer, with its offsets
// and quote set. A bare quote (Start and End 0) is searched for in every answer,
// the named one first.
func Locate(evidence []Evidence, answers []Answer) []Evidence {
	var out []Evidence
	for _, e := range evidence {
		if found, ok := locate(e, answers); ok {
			out = append(out, found)
		}
	}
	return out
}

func locate(e Evidence, answers []Answer) (Evidence, bool) {
	if e.End > 0 {
		for _, a := range answers {
			if a.Turn == e.Answer && spans(e, a.Text) {
				e.Quote = a.Text[e.Start:e.End]
				return e, sound(e, a, answers)
			}
		}
		return e, false
	}
	for _, a := range namedFirst(e.Answer, answers) {
		start, end, ok := text.FindQuote(a.Text, e.Quote)
		if !ok {
			continue
		}
		found := Evidence{Answer: a.Turn, Start: start, End: end, Quote: a.Text[start:end]}
		if sound(found, a, answers) {
			return found, true
		}
	}
	return e, false
}

func namedFirst(turn int, answers []Answer) []Answer {
	for i, a := range answers {
		if a.Turn == turn {
			return append([]Answer{a}, append(append([]Answer(nil), answers[:i]...), answers[i+1:]...)...)
		}
	}
	return answers
}

// spans tells whether the offsets cut the answer at whole characters.
func spans(e Evidence, answer string) bool {
	if e.Start < 0 || e.Start >= e.End || e.End > len(answer) {
		return false
	}
	return utf8.RuneStart(answer[e.Start]) && (e.End == len(answer) || utf8.RuneStart(answer[e.End]))
}

// sound tells whether a quote says something: three words or the whole answer,
// and not merely words of what was asked so far. What a program prints, and a changed line of it, may
// be made of what stands in its source, and are new by the order of their numbers and operators.
func sound(e Evidence, a Answer, answers []Answer) bool {
	if text.Words(e.Quote) < MinQuoteWords && text.Words(a.Text[:e.Start])+text.Words(a.Text[e.End:]) > 0 {
		return false
	}
	said := text.Content(text.Tokens(e.Quote))
	asked := askedBefore(a, answers)
	for i, s := range said {
		if !stands(asked, s) || i > 0 && (isSign(said[i-1]) || isSign(s)) && !beside(asked, said[i-1], s) {
			return true
		}
	}
	// Words of another script have no stems; there is nothing to compare.
	return len(said) == 0
}

// isSign tells a number or an operator from a word.
func isSign(stem string) bool { return stem[0] < 'a' || stem[0] > 'z' }

// askedBefore are the stems of what was asked up to an answer: its own question, and
// those before.
func askedBefore(a Answer, answers []Answer) (asked [][]string) {
	for _, other := range answers {
		if other.Turn <= a.Turn {
			asked = append(asked, text.Written(other.Ask))
		}
	}
	return asked
}

// stands tells whether a stem is in one of the texts.
func stands(texts [][]string, stem string) bool {
	return slices.ContainsFunc(texts, func(stems []string) bool { return slices.Contains(stems, stem) })
}

// beside tells whether two stems stand one after the other in one of the texts.
func beside(texts [][]string, first, second string) bool {
	return slices.ContainsFunc(texts, func(stems []string) bool {
		for i := 1; i < len(stems); i++ {
			if stems[i-1] == first && stems[i] == second {
				return true
			}
		}
		return false
	})
}
