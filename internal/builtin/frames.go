package builtin

import "strings"

// leastFrames is how many sentences of one frame make a list: "I know about a, b. I know about c, d."
const leastFrames = 4

// markFrames finds the sentences of an answer that are one and the same frame with other words of
// the rubric put in.
func (d *doc) markFrames() {
	if len(d.sentences) < leastFrames {
		return
	}
	of, count, seen := make([]string, len(d.sentences)), make(map[string]int), make(map[string]bool)
	for i, s := range d.sentences {
		of[i] = d.frame(s)
		if said := d.Text[s.start:s.end]; !seen[said] { // the same sentence again is no other one
			seen[said] = true
			count[of[i]]++
		}
	}
	for i, f := range of {
		if count[f] >= leastFrames && strings.Contains(f, slot) {
			d.mark(i, i+1, lists)
		}
	}
}

// slot stands in a frame for words of the rubric.
const slot = "* "

// mostFrame bounds the words of a frame.
const mostFrame = 16

// frame gives a sentence with its words of the rubric left out, "" for a long one.
func (d *doc) frame(s sentence) string {
	if s.hi-s.lo > mostFrame {
		return ""
	}
	var b strings.Builder
	in := false
	for i := s.lo; i < s.hi; i++ {
		if t := &d.tokens[i]; (t.stop || len(t.like) == 0) && !t.piece && !t.negator {
			b.WriteString(t.text + " ")
			in = false
			continue
		}
		if !in {
			b.WriteString(slot)
		}
		in = true
	}
	return b.String()
}
