package builtin

import "github.com/elios/elios/internal/rubric"

// dimension is one side of a behavioral answer.
type dimension struct {
	id   string
	kind kind
	target
}

// fullTheme is the share of a dimension's own words in a sentence from which its theme is told in full.
const fullTheme = 0.8

// denied is the share of a sentence that says the opposite of a dimension's own words.
const denied = -1

// told is a sentence that may be evidence for a dimension.
type told struct {
	window
	cues
	follows bool      // comes after something that the candidate did
	undone  bool      // says what was not done
	shares  []float64 // of each dimension's own words; denied when the sentence says the opposite
}

// levels judges the dimensions, each 0 to 5.
func (j *judging) levels() []rubric.Verdict {
	if len(j.dims) == 0 {
		return nil
	}
	if j.foreign() {
		return j.foreignLevels()
	}
	sentences, all := j.tell()
	out := make([]rubric.Verdict, len(j.dims))
	for i := range j.dims {
		out[i] = j.dims[i].verdict(i, sentences, all)
	}
	return out
}

func (j *judging) foreignLevels() []rubric.Verdict {
	var all []rubric.Criterion
	for _, d := range j.dims {
		all = append(all, rubric.Criterion{ID: d.id})
	}
	return otherLanguage(all)
}

// tell reads the cues of all sentences that tell something.
func (j *judging) tell() (out []told, all story) {
	for _, d := range j.docs {
		for _, s := range d.sentences {
			w := d.window(s)
			if s.role != asserts || len(w.evidence()) == 0 || d.saysBack(s) {
				continue
			}
			t := told{window: w, cues: cuesOf(d, s), follows: all.acts > 0, undone: w.mostlyNegated(), shares: make([]float64, len(j.dims))}
			j.scratch.fill(w)
			for i := range j.dims {
				if al := j.scratch.align(j.lexicon, w, &j.dims[i].target); al.share < fullTheme || !al.turned() {
					t.shares[i] = al.share
				} else {
					t.shares[i] = denied
				}
			}
			out = append(out, t)
			all.count(t)
		}
	}
	return out, all
}

// mostlyAsked is the share of the question's words in a sentence from which it only says the question back.
const mostlyAsked = 0.6

// saysBack tells whether a sentence is the question over again.
func (d *doc) saysBack(s sentence) bool {
	content, back := 0, 0
	for _, t := range d.tokens[s.lo:s.hi] {
		if t.stop {
			continue
		}
		content++
		if d.asked.stems[t.stem] {
			back++
		}
	}
	return float64(back) >= mostlyAsked*float64(content)
}

// mostlyNegated tells whether a sentence says what was not done.
func (w window) mostlyNegated() bool {
	content, negated := 0, 0
	for i := w.lo; i < w.hi; i++ {
		if w.tokens[i].stop || w.tokens[i].negator {
			continue
		}
		content++
		if g := w.tokens[i].governor; g >= 0 && !w.softly(i) {
			negated++
		}
	}
	return 2*negated >= content && negated > 0
}

// verdict gives the level of the best sentence, raised by what the story as a whole shows.
func (m *dimension) verdict(i int, sentences []told, all story) rubric.Verdict {
	level, clarity, at := 0, 0, -1
	for n, t := range sentences {
		if t.shares[i] == denied {
			continue
		}
		l := m.level(t, all)
		if t.shares[i] >= fullTheme && !t.supposed && all.own > 0 {
			l = max(l, rubric.MaxLevel-1)
		}
		if c := m.clarity(t); l > level || l == level && l > 0 && c > clarity {
			level, clarity, at = l, c, n
		}
	}
	v := rubric.Verdict{Point: m.id, Status: rubric.StatusOf(level), Level: &level, Confidence: rubric.Low}
	if at >= 0 {
		v.Evidence = sentences[at].evidence()
	}
	return v
}
