package builtin

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// prepared is a question analysed once for any number of answers. It is not changed afterwards.
type prepared struct {
	*lexicon
	ask       string
	asked     *asked
	points    []aim
	dims      []dimension
	wrong     []wrong
	good      int32           // how many entries come before those of the misconceptions
	names     map[string]bool // function words that are names in the question's code
	wording   wording
	single    map[int32]bool // function words that a match asks for by themselves
	together  wording        // which words stand beside each other in the terms of matches
	reference *Reference     // what similarity is measured against, nil for nothing
}

// aim is a key point as answers are judged against it.
type aim struct {
	id string
	pattern
	target
}

// wrong is a misconception as answers are searched for it.
type wrong struct {
	rubric.Misconception
	pattern
	claim   target // what it says, for one without a match
	opposes int    // the place of the point that it goes against, -1 for none
}

// prepare analyses a question.
func prepare(q *rubric.Question) *prepared {
	p := &prepared{lexicon: newLexicon(), ask: q.Ask, asked: newAsked(q.Ask), names: namesIn(q.Ask)}
	says := make([]string, 0, len(q.KeyPoints)+len(q.Dimensions))
	for _, k := range q.KeyPoints {
		say := k.Say
		if say == "" {
			say = k.Point
		}
		says = append(says, say)
		p.points = append(p.points, aim{id: k.ID, pattern: newPattern(p.lexicon, k.Match), target: newTarget(p.lexicon, say)})
	}
	for _, d := range q.Dimensions {
		p.dims = append(p.dims, dimension{id: d.ID, kind: kindOf(d), target: newTarget(p.lexicon, d.Say)})
	}
	p.wording, p.single, p.together = newWording(p.lexicon, q), p.singleTerms(), p.termPairs()
	p.good = int32(len(p.entries))
	for _, m := range q.Misconceptions {
		w := wrong{Misconception: m, pattern: newPattern(p.lexicon, m.Match), claim: newTarget(p.lexicon, claimOf(m.Point))}
		w.stale = true
		p.wrong = append(p.wrong, w)
	}
	p.seal()
	r := p.newReader()
	for i := range p.points {
		a := &p.points[i]
		a.study(r, says[i], q.KeyPoints[i].Point)
		a.leave.terms = a.words()
	}
	for i := range p.dims {
		p.dims[i].study(r, q.Dimensions[i].Say)
	}
	for i := range p.wrong {
		p.wrong[i].opposes = p.opposed(&p.wrong[i])
		p.wrong[i].claim.study(r, claimOf(p.wrong[i].Point))
	}
	if ideal := idealOf(q); ideal != "" {
		p.reference = Prepare(q.Ask, ideal)
	}
	return p
}

// idealOf is the text that similarity is measured against: the ideal answer, else (and for
// behavioral questions always) the joined say sentences.
func idealOf(q *rubric.Question) string {
	if q.Ideal != "" && q.Type != rubric.Behavioral {
		return q.Ideal
	}
	var said []string
	for _, c := range q.Criteria() {
		if c.Say != "" {
			said = append(said, c.Say)
		}
	}
	return strings.Join(said, " ")
}

// speaks tells whether a phrase stands in the rubric or the question, so that it may be part of an
// answer.
func (p *prepared) speaks(phrase []string) bool {
	last := int32(-1)
	for i, w := range phrase {
		stem := text.Stem(w)
		id, known := p.ids[stem]
		if !known && !p.asked.stems[stem] || i > 0 && !p.wording[[2]int32{last, id}] {
			return false
		}
		last = id
	}
	return true
}

// singleTerms are the words that some match asks for by themselves.
func (p *prepared) singleTerms() map[int32]bool {
	out := make(map[int32]bool)
	for _, a := range p.points {
		for _, g := range a.groups {
			for _, t := range g {
				if len(t) == 1 {
					out[t[0]] = true
				}
			}
		}
	}
	return out
}

// termPairs are the pairs of words of the terms of all matches.
func (p *prepared) termPairs() wording {
	out := make(wording)
	for _, a := range p.points {
		for _, g := range a.groups {
			for _, t := range g {
				for i := 1; i < len(t); i++ {
					out[[2]int32{t[i-1], t[i]}] = true
				}
			}
		}
	}
	return out
}
