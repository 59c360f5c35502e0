package builtin

import "strings"

const (
	leastList    = 6    // tokens from which words without marks between them can be called a list
	fewFunctions = 0.12 // share of function words below which a stretch has no grammar
	mostlyRubric = 0.7  // share of rubric words from which such a stretch is a list of them
	shortPiece   = 3    // words of a piece between commas in a list
	leastPieces  = 3    // pieces of a list that has no function word
	leastBare    = 4    // pieces without function words in a list that has some
	mostlyBare   = 0.5  // share of the words in such pieces
	recited      = 0.8  // share of pairs that are the rubric's, in its own sentences
	shortLine    = 6    // tokens below which a sentence is judged with those around it
)

// markLists finds what is no prose: keywords put one after the other, in one sentence or one on
// each line, with or without function words between them, and shuffled words. They show that
// somebody knows the words, not what they mean.
func (d *doc) markLists(p *prepared) {
	n := len(d.sentences)
	if s := d.survey(p, 0, len(d.tokens)); s.shuffled() {
		d.mark(0, n, lists)
		return
	}
	d.markFrames()
	for i := 0; i < n; {
		end := i + 1
		if d.short(i) {
			for end < n && d.short(end) {
				end++
			}
		}
		if s := d.survey(p, d.sentences[i].lo, d.sentences[end-1].hi); s.isList() || s.shuffled() {
			d.mark(i, end, lists)
		}
		i = end
	}
}

func (d *doc) short(i int) bool { return d.sentences[i].hi-d.sentences[i].lo < shortLine }

func (d *doc) mark(from, to int, r role) {
	for i := from; i < to; i++ {
		if said := d.sentences[i].role; said == asserts || said == denies {
			d.sentences[i].role = r
		}
	}
}

// isList judges a stretch by how little grammar stands between its words.
func (s *survey) isList() bool {
	switch {
	case s.familiar >= recited*s.pairs && s.pairs > 0:
		return false
	case s.bare >= leastBare && s.bareWords >= mostlyBare*s.words:
		return true
	case s.functions == 0 && s.pieces >= leastPieces && s.words <= shortPiece*s.pieces:
		return true
	}
	few := s.functions < fewFunctions*s.words || 3*s.padding >= s.words
	return s.words >= leastList && few && s.content > 0 && s.known >= mostlyRubric*s.content
}

// parted tells whether a mark of a list stands between a token and the one before it.
func (d *doc) parted(i int) bool {
	t, before := &d.tokens[i], &d.tokens[i-1]
	if t.first || before.text == "->" || before.text == "=>" || d.cutBefore(i) {
		return true
	}
	gap := d.Text[before.end:t.start]
	return len(gap) > 1 && strings.ContainsAny(gap, "/|\n") && !strings.HasPrefix(gap, "\n")
}
