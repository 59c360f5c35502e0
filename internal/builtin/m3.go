package builtin

import (
	"math"

	"github.com/elios/elios/internal/builtin/thesaurus"
	"github.com/elios/elios/internal/text"
)

// Chosen on graded answers with whole questions and whole sets held out; docs/decisions.md has the
// figures.
const (
	alignWeight = 0.6
	charWeight  = 0.25
	pointWeight = 0.15
	beta        = 1.5  // how much more recall counts than precision
	enough      = 30   // new stems from which on more add nothing
	leastTopic  = 0.3  // share of the topic's words that an answer to the question has at least
	topicPower  = 0.25 // how much an answer with fewer loses
)

// Parts is the raw similarity of an answer to a reference, with what it is made of. All values but
// New run from 0 to 1.
type Parts struct {
	Score             float64   // Topic·(0.6·√F1.5·novelty(New) + 0.25·√Char3 + 0.15·√KeyPoints), F1.5 of Recall and Precision
	Recall, Precision float64   // of the idf-weighted alignment of stems
	New               int       // distinct stems of the answer that the question does not have
	Char3             float64   // share of the reference's character 3-grams that the answer has
	KeyPoints         float64   // mean of PerPoint
	Topic             float64   // whether the answer has any words of the question or new ones of the reference
	PerPoint          []float64 // share of each clause of the reference (Reference.Clauses) that was said
}

// Reference is a question with one reference answer, analysed once for any number of answers.
// It is safe for concurrent use.
type Reference struct {
	stems    []string       // distinct, in the order of the reference
	index    map[string]int // the place of each in stems
	weights  []float64      // idf of each
	total    float64        // sum of weights
	question map[string]bool
	asked    float64 // sum of the idf of the question's stems
	demote   bool    // whether stems of the question do not count as new
	fuzzy    fuzzyIndex
	related  map[string][]neighbour // by words of an answer
	chars    charGrams
	clauses  []Clause
	points   []point
}

// Prepare analyses a question and a reference answer to it.
func Prepare(question, reference string) *Reference {
	return prepareWith(thesaurus.Default(), question, reference)
}

// prepareWith is Prepare with a table of related words, or none.
func prepareWith(table *thesaurus.Table, question, reference string) *Reference {
	all := text.Content(text.Tokens(reference))
	r := &Reference{
		question: make(map[string]bool),
		stems:    distinct(all),
		chars:    newCharGrams(all),
		clauses:  Clauses(reference),
	}
	for _, s := range text.Content(text.Tokens(question)) {
		if !r.question[s] {
			r.question[s] = true
			r.asked += idf().weight(s)
		}
	}
	r.weights, r.total = idf().weightsOf(r.stems)
	r.index = make(map[string]int, len(r.stems))
	for i, s := range r.stems {
		r.index[s] = i
		r.demote = r.demote || !r.question[s]
	}
	r.fuzzy = newFuzzyIndex(r.stems)
	r.related = relatedOf(r.stems, table)
	r.points = r.newPoints()
	return r
}

// Clauses gives the clauses of the reference, to which Parts.PerPoint belongs.
func (r *Reference) Clauses() []Clause { return r.clauses }

// Parts compares an answer to the reference.
func (r *Reference) Parts(answer string) Parts { return r.parts(newAnswer(answer)) }

func (r *Reference) parts(a *answer) Parts {
	al := r.align(a)
	p := Parts{Recall: al.recall, Precision: al.precision, New: r.newStems(a), Char3: r.chars.containment(a.stems), PerPoint: r.covered(al.hits)}
	for _, c := range p.PerPoint {
		p.KeyPoints += c / float64(len(p.PerPoint))
	}
	p.KeyPoints = min(1, p.KeyPoints)
	p.Topic = r.topic(a, al.hits)
	p.Score = p.Topic * (alignWeight*math.Sqrt(al.f(beta))*novelty(p.New) + charWeight*math.Sqrt(p.Char3) + pointWeight*math.Sqrt(p.KeyPoints))
	return p
}

// newStems counts the distinct stems that the question does not have. If the reference itself has
// none, all stems count.
func (r *Reference) newStems(a *answer) int {
	n := 0
	for _, s := range a.distinct {
		if !r.demote || !r.question[s] {
			n++
		}
	}
	return n
}

// topic tells answers to another question by what they lack: the question's own words, and those that
// the reference adds to them.
func (r *Reference) topic(a *answer, hits []float64) float64 {
	if !r.demote {
		return 1
	}
	met, all := 0.0, 0.0
	for i, s := range r.stems {
		if !r.question[s] {
			met += r.weights[i] * hits[i]
			all += r.weights[i]
		}
	}
	near := met / all
	if r.asked > 0 {
		asked := 0.0
		for i, s := range a.distinct {
			if r.question[s] {
				asked += a.weights[i]
			}
		}
		near += asked / r.asked
	}
	return math.Pow(min(1, near/leastTopic), topicPower)
}

// novelty grows from 0 to 1 with the number of stems that the question does not have.
func novelty(n int) float64 { return min(1, math.Log1p(float64(n))/math.Log1p(enough)) }

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
