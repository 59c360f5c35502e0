package session

import (
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// next is a follow-up to ask.
type next struct {
	ask     string
	origin  Origin
	id      string // of an author's follow-up
	targets []string
	stretch bool
	lvl     int
}

func (n next) level(q *rubric.Question) int {
	if n.lvl > 0 {
		return n.lvl
	}
	return q.Level
}

// chooseNext says which follow-up comes after an evaluation, or none. The
// order of its five rules is the design's.
func chooseNext(iv *Interview, q *rubric.Question, question int, e Evaluation) (next, bool) {
	if iv.followUpsAsked(question) >= iv.maxFollowUps(q) {
		return next{}, false
	}
	p := newProbes(iv, q, question, e)
	if n, ok := p.author(true); ok {
		return n, true
	}
	if e.Similarity >= similarEnough && !rubric.MustOpen(q, e.Verdicts) ||
		rubric.OpenPoints(e.Verdicts) == 0 || p.dontKnows() >= 2 {
		return next{}, false
	}
	if n, ok := p.author(false); ok {
		return n, true
	}
	return p.written()
}

// probes is what has been asked on a question, and what is open.
type probes struct {
	iv       *Interview
	q        *rubric.Question
	question int
	e        Evaluation
	asked    map[string]bool // follow-up ids
	texts    map[string]bool // folded texts put to the candidate
	probed   map[string]bool // points aimed at
}

func newProbes(iv *Interview, q *rubric.Question, question int, e Evaluation) *probes {
	p := &probes{
		iv: iv, q: q, question: question, e: e,
		asked: map[string]bool{}, texts: map[string]bool{}, probed: map[string]bool{},
	}
	for _, t := range iv.TurnsOf(question) {
		p.asked[t.FollowUp] = true
		p.texts[folded(t.Ask)] = true
		for _, target := range t.Targets {
			p.probed[target] = true
		}
	}
	return p
}

// author finds the first of the author's follow-ups whose condition holds:
// stretches, which need no gap, or the others.
func (p *probes) author(stretch bool) (next, bool) {
	for i := range p.q.FollowUps {
		f := &p.q.FollowUps[i]
		if f.Stretch() != stretch || p.asked[f.ID] || p.texts[folded(f.Ask)] || !f.When.Holds(p.e.Verdicts, p.e.Score) {
			continue
		}
		if !stretch && !slices.ContainsFunc(f.Targets(), p.open) && len(f.Targets()) > 0 {
			continue // everything it aims at is met by now, or was probed
		}
		return next{ask: f.Ask, origin: FromAuthor, id: f.ID, targets: f.Targets(), stretch: stretch, lvl: f.Level}, true
	}
	return next{}, false
}

// open tells whether a point is a gap that may be probed: a partial one only
// once.
func (p *probes) open(point string) bool {
	v, ok := rubric.Find(p.e.Verdicts, point)
	if !ok || !v.Gap() {
		return false
	}
	return !p.probed[point] || v.Status != rubric.Partial
}

// written takes the evaluator's own follow-up for the heaviest gap not yet
// probed, else that point's probe.
func (p *probes) written() (next, bool) {
	gaps := p.gaps()
	if len(gaps) == 0 {
		return next{}, false
	}
	c := gaps[0]
	if s := p.e.FollowUp; s != nil && s.Target == c.ID && !p.repeats(s.Ask) && !p.tells(s.Ask) {
		return next{ask: s.Ask, origin: FromModel, targets: []string{c.ID}}, true
	}
	if c.Probe != "" && !p.repeats(c.Probe) {
		return next{ask: c.Probe, origin: FromProbe, targets: []string{c.ID}}, true
	}
	return next{}, false
}

// gaps lists the open points not yet probed, the heaviest first.
func (p *probes) gaps() []rubric.Criterion {
	var out []rubric.Criterion
	for _, c := range p.q.Criteria() {
		if v, ok := rubric.Find(p.e.Verdicts, c.ID); ok && v.Gap() && !p.probed[c.ID] {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b rubric.Criterion) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	return out
}

func (p *probes) repeats(ask string) bool { return p.texts[folded(ask)] }

// dontKnows counts the answers on the question that say nothing.
func (p *probes) dontKnows() int {
	n := 0
	for _, a := range p.iv.AnswersOf(p.question) {
		if text.DontKnow(a.Text) {
			n++
		}
	}
	return n
}

// tells tells whether a written follow-up gives an open point away: it holds
// more than half of the point's words that the candidate has neither read nor
// used.
func (p *probes) tells(ask string) bool {
	words := make(map[string]bool)
	for _, s := range stems(ask) {
		words[s] = true
	}
	known := p.q.Ask
	for _, a := range p.iv.AnswersOf(p.question) {
		known += "\n" + a.Ask + "\n" + a.Text
	}
	for _, c := range p.q.Criteria() {
		v, ok := rubric.Find(p.e.Verdicts, c.ID)
		if ok && v.Gap() && (mostly(newWords(c.Text, known), words) || mostly(newWords(c.Say, known), words)) {
			return true
		}
	}
	return false
}

// mostly tells whether more than half of the words are in a set.
func mostly(list []string, set map[string]bool) bool {
	hits := 0
	for _, s := range list {
		if set[s] {
			hits++
		}
	}
	return 2*hits > len(list)
}

// newWords are the distinct stems of a text that do not stand in another.
func newWords(s, without string) []string {
	seen := make(map[string]bool)
	for _, w := range stems(without) {
		seen[w] = true
	}
	var out []string
	for _, w := range stems(s) {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

func folded(s string) string { return strings.Join(text.Tokens(s), " ") }
