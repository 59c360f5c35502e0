package builtin

const (
	leastList    = 6    // tokens from which words can be called a list
	fewFunctions = 0.12 // share of function words below which a stretch has no grammar
	mostlyRubric = 0.7  // share of rubric words from which such a stretch is a list of them
	shortPiece   = 3    // tokens of a piece between commas, on average, in a list
	leastPieces  = 4    // pieces of a list at least
	shortLine    = 6    // tokens below which a sentence is judged with those around it
)

// markLists finds keywords put one after the other: in one sentence, or one on each line. They
// show that somebody knows the words, not what they mean.
func (d *doc) markLists(x *lexicon) {
	for i := 0; i < len(d.sentences); {
		end := i + 1
		if d.short(i) {
			for end < len(d.sentences) && d.short(end) {
				end++
			}
		}
		if d.isList(d.sentences[i].lo, d.sentences[end-1].hi, end-i, x) {
			d.mark(i, end, lists)
		}
		i = end
	}
}

func (d *doc) short(i int) bool { return d.sentences[i].hi-d.sentences[i].lo < shortLine }

func (d *doc) mark(from, to int, r role) {
	for i := from; i < to; i++ {
		if d.sentences[i].role == asserts {
			d.sentences[i].role = r
		}
	}
}

// isList judges a stretch of tokens that holds a number of sentences.
func (d *doc) isList(lo, hi, sentences int, x *lexicon) bool {
	n := hi - lo
	if n < leastList {
		return false
	}
	function, known, pieces := 0, 0, sentences
	for i := lo; i < hi; i++ {
		t := &d.tokens[i]
		id, isKnown := x.ids[t.stem]
		if isKnown {
			known++
		}
		if t.stop && !(isKnown && x.entries[id].term) {
			function++
		}
		if i > lo && d.cutBefore(i) {
			pieces++
		}
	}
	if float64(function) >= fewFunctions*float64(n) {
		return false
	}
	return float64(known) >= mostlyRubric*float64(n) || pieces >= leastPieces && n <= shortPiece*pieces
}
