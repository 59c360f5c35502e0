package builtin

import (
	"math"

	"github.com/elios/elios/internal/text"
)

// Parts is M3, the raw similarity of an answer to a reference, with what it is made of. All
// values run from 0 to 1.
type Parts struct {
	Score     float64   // 0.5·√AlignF1·New20 + 0.25·√Char3 + 0.25·√KeyPoints
	AlignF1   float64   // idf-weighted F1 of the alignment of stems
	New20     float64   // how much the answer adds to the question's own words; 1 from 20 new stems on
	Char3     float64   // share of the reference's character 3-grams that the answer has
	KeyPoints float64   // mean of PerPoint
	PerPoint  []float64 // share of each clause of the reference (Reference.Clauses) that was said
}

// Reference is a question with one reference answer, analysed once for any number of answers.
// It is safe for concurrent use.
type Reference struct {
	stems    []string       // distinct, in the order of the reference
	index    map[string]int // the place of each in stems
	weights  []float64      // idf of each
	total    float64        // sum of weights
	question map[string]bool
	demote   bool // whether stems of the question do not count as new
	fuzzy    fuzzyIndex
	chars    charGrams
	clauses  []Clause
	points   []point
}

// Prepare analyses a question and a reference answer to it.
func Prepare(question, reference string) *Reference {
	all := text.Content(text.Tokens(reference))
	r := &Reference{
		question: make(map[string]bool),
		stems:    distinct(all),
		chars:    newCharGrams(all),
		clauses:  Clauses(reference),
	}
	for _, s := range text.Content(text.Tokens(question)) {
		r.question[s] = true
	}
	r.weights, r.total = idf().weightsOf(r.stems)
	r.index = make(map[string]int, len(r.stems))
	for i, s := range r.stems {
		r.index[s] = i
		r.demote = r.demote || !r.question[s]
	}
	r.fuzzy = newFuzzyIndex(r.stems)
	r.points = r.newPoints()
	return r
}

// Clauses gives the clauses of the reference, to which Parts.PerPoint belongs.
func (r *Reference) Clauses() []Clause { return r.clauses }

// Parts compares an answer to the reference.
func (r *Reference) Parts(answer string) Parts { return r.parts(newAnswer(answer)) }

func (r *Reference) parts(a *answer) Parts {
	f1, hits := r.align(a)
	p := Parts{AlignF1: f1, New20: r.new20(a), Char3: r.chars.containment(a.stems), PerPoint: r.covered(hits)}
	for _, c := range p.PerPoint {
		p.KeyPoints += c / float64(len(p.PerPoint))
	}
	p.KeyPoints = min(1, p.KeyPoints)
	p.Score = 0.5*math.Sqrt(p.AlignF1)*p.New20 + 0.25*math.Sqrt(p.Char3) + 0.25*math.Sqrt(p.KeyPoints)
	return p
}

// new20 grows with the number of distinct stems that the question does not have, up to 20. If the
// reference itself has none, all stems count.
func (r *Reference) new20(a *answer) float64 {
	n := 0
	for _, s := range a.distinct {
		if !r.demote || !r.question[s] {
			n++
		}
	}
	return min(1, math.Log1p(float64(n))/math.Log1p(20))
}

// answer is the analysis of an answer, which any reference can be compared with.
type answer struct {
	stems    []string // of all content words, in order
	distinct []string
	weights  []float64 // idf of the distinct stems
	total    float64   // sum of weights
}

func newAnswer(s string) *answer {
	a := &answer{stems: text.Content(text.Tokens(s))}
	a.distinct = distinct(a.stems)
	a.weights, a.total = idf().weightsOf(a.distinct)
	return a
}

// distinct gives each stem once, in the order of first appearance.
func distinct(stems []string) []string {
	seen := make(map[string]bool, len(stems))
	out := make([]string, 0, len(stems))
	for _, s := range stems {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
